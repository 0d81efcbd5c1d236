/** Business calendars of a draft, as its `process.yaml` has them. */
import type { Calendar, Calendars } from '../../../engine/calendars/index.js';

/** Calendars by name; those that cannot be read are left out: they are told among the problems. */
export async function calendarsIn(
  texts: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, Calendars>>> {
  const { parse } = await import('yaml');
  const described: { readonly calendars?: unknown } | null = parse(texts['process.yaml'] ?? '');
  const all = Object.entries(Object(described?.calendars)).flatMap(([name, given]) => {
    const one = { ...ABSENT, ...Object(given) } as Calendar;
    return isSound(one) ? [[name, [one]] as const] : [];
  });
  return Object.fromEntries(all);
}

/** What a calendar has that does not say it. */
const ABSENT = {
  ...{ version: 1, validFrom: '1970-01-01T00:00:00Z' },
  ...{ weekly: {}, dateOverrides: {}, holidays: [] },
} as const;

/** The schema of packages says more, but makes code of itself, which no page of ours may. */
function isSound({ tz, weekly, dateOverrides, holidays }: Calendar): boolean {
  const days = [...Object.values(Object(weekly)), ...Object.values(Object(dateOverrides))];
  return isZone(tz) && days.every(areWindows) && Array.isArray(holidays) && holidays.every(isText);
}

const isText = (one: unknown): boolean => typeof one === 'string';

const areWindows = (day: unknown): boolean =>
  Array.isArray(day) &&
  day.every((one) => Array.isArray(one) && one.length === 2 && one.every(isTimeOfDay));

const isTimeOfDay = (one: unknown): boolean =>
  typeof one === 'string' && /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(one);

function isZone(name: unknown): boolean {
  try {
    return isText(name) && new Intl.DateTimeFormat('en', { timeZone: String(name) }) !== null;
  } catch {
    return false;
  }
}
