/**
 * Durations of a fixed length: time-outs, back-off and times to live, which no calendar and no zone stretches.
 * Class: pure. Source: ISO 8601-2:2019 §4.4 without years and months.
 */

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const SHAPE = new RegExp(
  `^P(?=.)(?:${NUMBER}W)?(?:${NUMBER}D)?(?:T(?=.)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`,
);
/** ISO 8601 lets the last part alone have a fraction. */
const FRACTION_WITHIN = /[.,]\d+[WDHM]T?.*\d/;
const UNITS_MS = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000];

/** A hundred years: what lies further ahead has no date that every part can write. */
const MOST_MS = 36_525 * 86_400_000;

/** Milliseconds of a duration of weeks, days, hours, minutes and seconds; null when it is none, or above 100 years. */
export function fixedDurationMs(text: string): number | null {
  const match = SHAPE.exec(text);
  if (!match || FRACTION_WITHIN.test(text)) return null;
  const parts = match.slice(1).map((part) => Number((part ?? '0').replace(',', '.')));
  const ms = Math.round(parts.reduce((sum, part, index) => sum + part * (UNITS_MS[index] ?? 0), 0));
  return ms <= MOST_MS ? ms : null;
}
