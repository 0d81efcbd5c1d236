import { Temporal } from 'temporal-polyfill/implementation';
import { type Calendar, WEEKDAYS } from '../../engine/calendars/index.js';

/** A calendar of one zone; what is not given is empty. */
export const calendar = (tz: string, parts: Partial<Calendar>): Calendar => ({
  tz,
  version: 1,
  validFrom: '2020-01-01T00:00:00Z',
  weekly: {},
  dateOverrides: {},
  holidays: [],
  ...parts,
});

/** The same windows on every weekday that is named. */
export const weekly = (days: string, ...windows: [string, string][]): Calendar['weekly'] =>
  Object.fromEntries(days.split(' ').map((day) => [day, windows]));

/**
 * Whether an instant counts, by looking at its wall time alone: an oracle that shares nothing with the engine. It is
 * right where no window begins or ends in an hour that clocks repeat.
 */
export function isOpenAt({ tz, weekly, dateOverrides, holidays }: Calendar, ms: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(tz);
  const date = local.toPlainDate();
  if (holidays.includes(date.toString())) return false;
  const time = local.hour * 60 + local.minute;
  const windowsOn = (day: Temporal.PlainDate): readonly (readonly [number, number])[] => {
    const name = WEEKDAYS[day.dayOfWeek - 1];
    const windows = dateOverrides[day.toString()] ?? (name && weekly[name]) ?? [];
    return windows.map(([from, to]) => [minutesOf(from), minutesOf(to)] as const);
  };
  const today = windowsOn(date).some(([from, to]) => time >= from && (to <= from || time < to));
  const sinceYesterday = windowsOn(date.subtract({ days: 1 })).some(
    ([from, to]) => to <= from && time < to,
  );
  return today || sinceYesterday;
}

const minutesOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
};
