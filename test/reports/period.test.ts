import { describe, expect, test } from 'vitest';
import type { PeriodKind } from '../../contracts/report-names.js';
import { dayAt, instantsOf, MOST_PERIODS, periodsOf, spanOf } from '../../reports/period.js';

const HOUR_MS = 3_600_000;
const hours = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / HOUR_MS;

describe('the day that it is', () => {
  const days: readonly (readonly [at: string, zone: string, day: string])[] = [
    ['2026-03-01T02:59:59.999Z', 'America/Sao_Paulo', '2026-02-28'],
    ['2026-03-01T03:00:00.000Z', 'America/Sao_Paulo', '2026-03-01'],
    ['2026-12-31T11:00:00.000Z', 'Pacific/Auckland', '2027-01-01'],
    ['1969-12-31T23:00:00.000Z', 'UTC', '1969-12-31'],
  ];
  test.each(days)('at %s in %s is %s', (at, zone, day) => {
    expect(dayAt(at, zone)).toBe(day);
  });
});

describe('days of a zone', () => {
  const lengths: readonly (readonly [day: string, zone: string, hours: number])[] = [
    ['2026-03-29', 'Europe/Berlin', 23],
    ['2026-10-25', 'Europe/Berlin', 25],
    ['2026-03-30', 'Europe/Berlin', 24],
    // Clocks went from 00:00 to 01:00: the day began an hour late.
    ['2018-11-04', 'America/Sao_Paulo', 23],
  ];
  test.each(lengths)('%s in %s has %i hours', (day, zone, expected) => {
    expect(hours(...instantsOf({ from: day, to: day, zone }))).toBe(expected);
  });

  test('meet without gaps: each ends where the next begins', () => {
    const span = { from: '2026-03-20', to: '2026-04-10', zone: 'Europe/Berlin' };
    const periods = periodsOf(span, 'day') ?? [];
    expect(periods).toHaveLength(22);
    for (const [index, { to }] of periods.entries()) {
      expect(to).toBe(periods[index + 1]?.from ?? instantsOf(span)[1]);
    }
  });
});

describe('periods', () => {
  const shapes: readonly (readonly [PeriodKind, string, string, readonly string[]])[] = [
    ['week', '2026-03-04', '2026-03-16', ['2026-03-04', '2026-03-09', '2026-03-16']],
    ['week', '2026-03-02', '2026-03-08', ['2026-03-02']],
    ['week', '1969-12-28', '1969-12-29', ['1969-12-28', '1969-12-29']],
    ['month', '2026-01-31', '2026-03-01', ['2026-01-31', '2026-02-01', '2026-03-01']],
    ['day', '2028-02-28', '2028-03-01', ['2028-02-28', '2028-02-29', '2028-03-01']],
  ];
  test.each(shapes)('by %s from %s to %s begin on %j', (by, from, to, days) => {
    expect(periodsOf({ from, to, zone: 'UTC' }, by)?.map(({ day }) => day)).toEqual(days);
  });

  test('are none where it ends before it begins, or where they are too many', () => {
    const of = (to: string) => periodsOf({ from: '2026-01-01', to, zone: 'UTC' }, 'day');
    expect(of('2025-12-31')).toBeNull();
    expect(of('2026-07-19')).toHaveLength(MOST_PERIODS);
    expect(of('2026-07-20')).toBeNull();
  });

  test('are of thirty days up to today where nobody says', () => {
    const at = '2026-03-01T02:00:00.000Z';
    expect(spanOf({ zone: 'America/Sao_Paulo' }, at)).toMatchObject({
      ...{ from: '2026-01-30', to: '2026-02-28' },
    });
    expect(spanOf({ to: '2026-03-30', zone: 'UTC' }, at)).toMatchObject({ from: '2026-03-01' });
  });
});
