import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Calendar, WEEKDAYS } from '../../../engine/model/index.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { CALENDAR_TEXTS } from './calendar-texts.js';
import './calendar.css';

const DAY_MS = 86_400_000;

/** A year in months: which days are holidays, which have other hours, and which are closed every week. */
export function CalendarYear({
  calendar,
  names,
  year,
}: {
  readonly calendar: Calendar;
  readonly names: Readonly<Record<string, string>>;
  readonly year: number;
}): ReactNode {
  const say = useTexts(CALENDAR_TEXTS);
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {say('legend')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3, lg: 4 }} spacing="md">
        {Array.from({ length: 12 }, (_, month) => (
          <Month key={String(month)} {...{ calendar, names, year, month }} />
        ))}
      </SimpleGrid>
    </>
  );
}

function Month({
  calendar,
  names,
  year,
  month,
}: {
  readonly calendar: Calendar;
  readonly names: Readonly<Record<string, string>>;
  readonly year: number;
  readonly month: number;
}): ReactNode {
  const say = useTexts(CALENDAR_TEXTS);
  const locale = useLocale();
  const title = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return (
    <table className="admin-month">
      <caption>{title.format(Date.UTC(year, month, 1))}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col" abbr={say(day)}>
              {say(day).slice(0, 1).toUpperCase()}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week) => (
          <tr key={week.find((date) => date !== null) ?? ''}>
            {week.map((date, index) => {
              if (date === null) return <td key={WEEKDAYS[index]} />;
              const kind = kindOf(calendar, date, index);
              const says = kind === 'holiday' ? (names[date] ?? say('holiday')) : say('other');
              return (
                <td key={date} className={kind === null ? undefined : `admin-day-${kind}`}>
                  {kind === 'holiday' || kind === 'other' ? (
                    <abbr title={says}>{Number(date.slice(8))}</abbr>
                  ) : (
                    Number(date.slice(8))
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Weeks of a month from Monday on; what is of another month is null. Class: pure. */
function weeksOf(year: number, month: number): readonly (readonly (string | null)[])[] {
  const first = Date.UTC(year, month, 1);
  const before = (new Date(first).getUTCDay() + 6) % 7;
  return Array.from({ length: 6 }, (_, week) =>
    WEEKDAYS.map((_day, index) => {
      const at = new Date(first + (week * 7 + index - before) * DAY_MS);
      return at.getUTCMonth() === month ? at.toISOString().slice(0, 10) : null;
    }),
  ).filter((week) => week.some((date) => date !== null));
}

/** What a date is; null: a day as each week has it. Class: pure. */
function kindOf(
  { weekly, holidays, dateOverrides }: Calendar,
  date: string,
  weekday: number,
): 'holiday' | 'other' | 'closed' | null {
  if (holidays.includes(date)) return 'holiday';
  if (dateOverrides[date] !== undefined) return 'other';
  const day = WEEKDAYS[weekday];
  return day === undefined || (weekly[day] ?? []).length === 0 ? 'closed' : null;
}
