/** Numbers of reports as people read them. Class: pure. */
import type { ClockFigures, ElementFigures, InstanceFigures } from '../contracts/reports.js';
import type { ReportLocale } from './words.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNITS = [
  { ms: DAY_MS, short: 'd' },
  { ms: HOUR_MS, short: 'h' },
  { ms: MINUTE_MS, short: 'min' },
  { ms: SECOND_MS, short: 's' },
] as const;

/** A length of time by its two largest units: `3 d 4 h`, `2 min`, `850 ms`. Days are of 24 hours. */
export function durationText(ms: number): string {
  const index = UNITS.findIndex((unit) => ms >= unit.ms);
  const unit = UNITS[index];
  if (!unit) return `${Math.round(ms)} ms`;
  const next = UNITS[index + 1];
  const whole = Math.floor(ms / unit.ms);
  const rest = next ? Math.floor((ms % unit.ms) / next.ms) : 0;
  return next && rest > 0
    ? `${whole} ${unit.short} ${rest} ${next.short}`
    : `${whole} ${unit.short}`;
}

const DURATIONS: readonly string[] = ['median', 'p90', 'p95', 'mean', 'clockMedian'];

/** Whether a figure is a length of time. */
export const isDuration = (name: string): boolean => DURATIONS.includes(name);

/** A figure; a dash where there is nothing to tell. */
export function figureText(
  name: keyof InstanceFigures | keyof ElementFigures | keyof ClockFigures,
  value: number | null,
  locale: ReportLocale,
): string {
  if (value === null) return '–';
  if (isDuration(name)) return durationText(value);
  const format =
    name === 'attainment' || name === 'clockAttainment'
      ? new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
      : new Intl.NumberFormat(locale);
  return format.format(value);
}

const STEPS = [
  ...[1, 2, 5, 10, 30].map((n) => n * SECOND_MS),
  ...[1, 2, 5, 10, 30].map((n) => n * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR_MS),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY_MS),
];
const MOST_STEPS = 6;

/** How far apart lines of an axis of durations are, so that they are of whole units; null: below a second any will do. */
export function durationStep(most: number): number | null {
  if (most < SECOND_MS) return null;
  return STEPS.find((step) => most / step <= MOST_STEPS) ?? Math.ceil(most / MOST_STEPS);
}
