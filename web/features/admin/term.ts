/** Durations of retention in words. Class: pure. */

const UNITS: readonly (readonly [letter: RegExp, unit: string])[] = [
  [/^P[^T]*?(\d+)Y/, 'year'],
  [/^P[^T]*?(\d+)M/, 'month'],
  [/^P[^T]*?(\d+)W/, 'week'],
  [/^P[^T]*?(\d+)D/, 'day'],
  [/T.*?(\d+)H/, 'hour'],
  [/T.*?(\d+)M/, 'minute'],
  [/T.*?(\d+)S/, 'second'],
];

/** `P1Y6M` as `1 year and 6 months`. @param term - ISO 8601 duration */
export function termText(term: string, locale: string): string {
  const parts = UNITS.flatMap(([letter, unit]) => {
    const count = letter.exec(term)?.[1];
    if (count === undefined) return [];
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
    return [format.format(Number(count))];
  });
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts);
}
