/** Days on the calendar: LocalDates such as `2026-03-02`, added to without any zone. Class: pure. */

const DAY_MS = 86_400_000;

const msOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day of an instant, UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** So many days later; negative: earlier. */
export const addDays = (day: string, days: number): string => dayOf(msOf(day) + days * DAY_MS);

/** Whole days from one to the other. */
export const daysBetween = (from: string, to: string): number => (msOf(to) - msOf(from)) / DAY_MS;

/** The same day so many months later; the last of the month where it has no such day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return dayOf(last.getTime());
}

/** Months that begin between two days, in whole calendar months. */
export function monthsBetween(from: string, to: string): number {
  const [y1 = 0, m1 = 0] = from.split('-').map(Number);
  const [y2 = 0, m2 = 0] = to.split('-').map(Number);
  return (y2 - y1) * 12 + m2 - m1;
}

/** The day that it is at an instant in a zone. */
export function dayIn(ms: number, tz: string): string {
  // the Swedish way of writing a day is that of ISO 8601
  return new Intl.DateTimeFormat('sv-SE', { timeZone: tz }).format(ms);
}
