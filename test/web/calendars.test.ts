/** Calendars are changed in their file line by line, and what people type is held against what there is. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  instantIn,
  inYear,
  isDate,
  isZone,
  windowsIn,
  windowsText,
} from '../../web/features/admin/calendar-words.js';
import { holidayNames, withCalendar } from '../../web/features/admin/calendar-yaml.js';

const SOURCE = `# Who answers
key: desk   # its folder
title: { en: Desk, pt-BR: Balcão }
calendars:
  # hours of the house
  office:
    tz: America/Sao_Paulo
    weekly:
      mon: [["09:00", "18:00"]]   # Monday
      tue: [["09:00", "18:00"]]
    holidays: [2026-12-25, 2026-01-01]
sla:
  - { element: a, target: PT4H, calendar: office, title: { en: "A, b", pt-BR: A } }
`;
const MON = [['09:00', '18:00']] as const;

describe('a calendar that is edited', () => {
  test('stays as it was but for its version when nothing is changed', () => {
    const holidays = ['2026-01-01', '2026-12-25'].map((date) => ({ date, name: '' }));
    const text = withCalendar(
      SOURCE.replace('2026-12-25, 2026-01-01', '2026-01-01, 2026-12-25'),
      'office',
      {
        ...{ tz: 'America/Sao_Paulo', weekly: { mon: MON, tue: MON } as never, holidays },
      },
    );
    const changed = text.split('\n').filter((line) => !SOURCE.split('\n').includes(line));
    expect(changed).toEqual(
      ['    holidays: [2026-01-01, 2026-12-25]', '    version: 2'].toSorted(),
    );
  });

  test('gets its hours, days and names; every other line and comment stays', () => {
    const text = withCalendar(SOURCE, 'office', {
      tz: 'Europe/Lisbon',
      weekly: {
        mon: MON,
        wed: [
          ['10:00', '12:30'],
          ['14:00', '24:00'],
        ],
      },
      holidays: [
        { date: '2027-12-25', name: 'Christmas: "Day" #1' },
        { date: '2026-12-25', name: 'Christmas' },
      ],
    });
    expect(parse(text).calendars.office).toEqual({
      ...{ tz: 'Europe/Lisbon', version: 2 },
      weekly: {
        mon: [['09:00', '18:00']],
        wed: [
          ['10:00', '12:30'],
          ['14:00', '24:00'],
        ],
      },
      holidays: ['2026-12-25', '2027-12-25'],
    });
    expect(holidayNames(text, 'office')).toEqual({
      ...{ '2026-12-25': 'Christmas', '2027-12-25': 'Christmas: "Day" #1' },
    });
    for (const line of [
      ...['# Who answers', 'key: desk   # its folder', '  # hours of the house'],
      ...['      mon: [["09:00", "18:00"]]   # Monday', SOURCE.split('\n').at(-2) ?? ''],
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    // Once more: names stay with their dates, and go with them.
    const again = withCalendar(text, 'office', {
      ...{ tz: 'Europe/Lisbon', weekly: {}, holidays: [{ date: '2026-12-25', name: 'Christmas' }] },
    });
    expect(parse(again).calendars.office).toMatchObject({ version: 3, holidays: ['2026-12-25'] });
    expect(holidayNames(again, 'office')).toEqual({ '2026-12-25': 'Christmas' });
  });

  test.each(
    readdirSync('definitions')
      .filter((key) => /^[a-z]/.test(key))
      .flatMap((key) => {
        const source = readFileSync(`definitions/${key}/process.yaml`, 'utf8');
        return source.includes('\n  office:\n') ? [[key, source] as const] : [];
      }),
  )('of %s changes few lines', (_key, source) => {
    const { office } = parse(source).calendars;
    const holidays = [...office.holidays, '2030-01-01'].map((date: string) => ({ date, name: '' }));
    const text = withCalendar(source, 'office', { tz: office.tz, weekly: office.weekly, holidays });
    const before = new Set(source.split('\n'));
    expect(text.split('\n').filter((line) => !before.has(line)).length).toBeLessThanOrEqual(3);
    const wanted = parse(source);
    wanted.calendars.office = {
      ...office,
      version: (office.version ?? 1) + 1,
      holidays: [...office.holidays, '2030-01-01'].toSorted(),
    };
    expect(parse(text)).toEqual(wanted);
  });
});

test.each([
  ['09:00-18:00', [['09:00', '18:00']]],
  [
    ' 09:00 – 13:00 , 22:00-24:00 ',
    [
      ['09:00', '13:00'],
      ['22:00', '24:00'],
    ],
  ],
  ['', []],
  ['9-18', null],
  ['09:00-25:00', null],
  ['24:00-09:00', null],
  ['09:00-18:00,', null],
])('hours that are typed as %j', (text, windows) => {
  expect(windowsIn(text)).toEqual(windows);
  if (windows) expect(windowsIn(windowsText(windows as never))).toEqual(windows);
});

test('dates, zones and years are those that there are', () => {
  expect(['2026-02-28', '2028-02-29', '2026-02-29', '2026-13-01', '26-01-01'].map(isDate)).toEqual([
    ...[true, true, false, false, false],
  ]);
  expect(['America/Sao_Paulo', 'UTC', 'Mars/Base', '', 'EST'].map(isZone)).toEqual([
    ...[true, true, false, false, false],
  ]);
  expect(inYear('2028-02-29', 2029)).toBeNull();
  expect(inYear('2026-12-25', 2027)).toBe('2027-12-25');
  expect(new Date(instantIn('2026-03-02T10:00', 'America/Sao_Paulo')).toISOString()).toBe(
    '2026-03-02T13:00:00.000Z',
  );
});
