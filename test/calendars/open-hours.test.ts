import { describe, expect, test } from 'vitest';
import {
  businessDaysAfter,
  businessMsIn,
  businessTimeAfter,
  type Calendar,
  explainInterval,
} from '../../engine/calendars/index.js';
import { calendar, isOpenAt, weekly } from './support.js';

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const WORK = 'mon tue wed thu fri';
const ALL = `${WORK} sat sun`;
const hours = (of: Calendar, from: string, to: string): number =>
  businessMsIn([of], { from: Date.parse(from), to: Date.parse(to) }) / HOUR;
const reached = (of: readonly Calendar[], from: string, amount: number): string | null => {
  const at = businessTimeAfter(of, Date.parse(from), amount * HOUR);
  return at === null ? null : new Date(at).toISOString();
};

describe('windows', () => {
  const lisbon = 'Europe/Lisbon';
  test.each<[string, Calendar, string, string, number]>([
    [
      'overlaps count once',
      calendar(lisbon, {
        weekly: weekly('mon', ['09:00', '12:00'], ['10:00', '11:00'], ['11:30', '13:00']),
      }),
      '2026-03-02T00:00:00Z',
      '2026-03-03T00:00:00Z',
      4,
    ],
    [
      '24:00 is the start of the next date',
      calendar(lisbon, { weekly: weekly('fri', ['14:00', '24:00']) }),
      '2026-03-06T00:00:00Z',
      '2026-03-08T00:00:00Z',
      10,
    ],
    [
      'one that ends before it begins ends on the next date',
      calendar(lisbon, { weekly: weekly('sat', ['22:00', '06:00']) }),
      '2026-03-07T00:00:00Z',
      '2026-03-09T00:00:00Z',
      8,
    ],
    [
      'one that ends as it begins lasts a day',
      calendar(lisbon, { weekly: weekly('sat', ['08:00', '08:00']) }),
      '2026-03-07T00:00:00Z',
      '2026-03-10T00:00:00Z',
      24,
    ],
    [
      'an override replaces what begins on its date, not the night before',
      calendar(lisbon, {
        weekly: weekly(ALL, ['22:00', '02:00']),
        dateOverrides: { '2026-03-04': [['09:00', '10:00']] },
      }),
      '2026-03-04T00:00:00Z',
      '2026-03-05T00:00:00Z',
      3,
    ],
    [
      'an empty override closes what begins on its date',
      calendar(lisbon, {
        weekly: weekly(WORK, ['09:00', '17:00']),
        dateOverrides: { '2026-03-04': [] },
      }),
      '2026-03-02T00:00:00Z',
      '2026-03-07T00:00:00Z',
      32,
    ],
    [
      'a holiday takes its civil date from a night; what is past midnight of the next date stays',
      calendar(lisbon, { weekly: weekly(ALL, ['22:00', '06:00']), holidays: ['2026-03-04'] }),
      '2026-03-03T20:00:00Z',
      '2026-03-05T12:00:00Z',
      2 + 6 + 2 - 2,
    ],
    [
      'a holiday beats an override',
      calendar(lisbon, {
        dateOverrides: { '2026-12-25': [['09:00', '12:00']] },
        holidays: ['2026-12-25'],
      }),
      '2026-12-25T00:00:00Z',
      '2026-12-26T00:00:00Z',
      0,
    ],
    [
      'a wall time that is skipped is the first instant after the gap',
      calendar('America/New_York', { weekly: weekly('sun', ['02:30', '04:00']) }),
      '2026-03-08T00:00:00-05:00',
      '2026-03-09T00:00:00-04:00',
      1,
    ],
    [
      'a wall time that is repeated is its first occurrence',
      calendar('America/New_York', { weekly: weekly('sun', ['01:30', '03:00']) }),
      '2026-11-01T00:00:00-04:00',
      '2026-11-02T00:00:00-05:00',
      2.5,
    ],
    [
      'a day without a midnight begins when it does',
      calendar('America/Sao_Paulo', { weekly: weekly('sun', ['00:00', '03:00']) }),
      '2018-11-03T12:00:00-03:00',
      '2018-11-04T12:00:00-02:00',
      2,
    ],
    [
      'a window that lies in a gap is none',
      calendar('America/New_York', { weekly: weekly('sun', ['02:10', '02:50']) }),
      '2026-03-08T00:00:00-05:00',
      '2026-03-09T00:00:00-04:00',
      0,
    ],
  ])('%s', (_, of, from, to, expected) => {
    expect(hours(of, from, to)).toBe(expected);
  });
});

describe('business time after', () => {
  const desk = calendar('Europe/Lisbon', {
    weekly: weekly(WORK, ['09:00', '13:00'], ['14:00', '18:00']),
  });
  test.each<[string, string, number, string | null]>([
    ['within a window', '2026-03-02T09:30:00Z', 1, '2026-03-02T10:30:00.000Z'],
    [
      'reached at closing, the closing instant',
      '2026-03-02T12:00:00Z',
      1,
      '2026-03-02T13:00:00.000Z',
    ],
    ['over lunch', '2026-03-02T12:30:00Z', 1, '2026-03-02T14:30:00.000Z'],
    ['over a weekend, from closed hours', '2026-03-06T20:00:00Z', 8, '2026-03-09T18:00:00.000Z'],
    ['nothing at once', '2026-03-07T20:00:00Z', 0, '2026-03-07T20:00:00.000Z'],
  ])('%s', (_, from, amount, expected) => {
    expect(reached([desk], from, amount)).toBe(expected);
  });

  test('a calendar that never opens is never reached', () => {
    expect(reached([calendar('UTC', {})], '2026-03-02T00:00:00Z', 1)).toBeNull();
  });

  test('one that closes for good is not reached either', () => {
    const once = calendar('UTC', { dateOverrides: { '2026-03-02': [['09:00', '10:00']] } });
    expect(reached([once], '2026-03-02T00:00:00Z', 2)).toBeNull();
  });

  test('the past keeps the version that it had', () => {
    const before = calendar('UTC', { weekly: weekly(ALL, ['09:00', '17:00']) });
    const later = calendar('UTC', {
      version: 2,
      validFrom: '2026-03-03T12:00:00Z',
      weekly: weekly(ALL, ['13:00', '14:00']),
    });
    expect(reached([before, later], '2026-03-03T09:00:00Z', 4)).toBe('2026-03-03T14:00:00.000Z');
    expect(reached([before, later], '2026-03-02T09:00:00Z', 4)).toBe('2026-03-02T13:00:00.000Z');
    expect(reached([before, later], '2026-03-03T11:00:00Z', 3)).toBe('2026-03-04T14:00:00.000Z');
  });
});

test('every part of a time has its reason', () => {
  const desk = calendar('UTC', {
    weekly: weekly(WORK, ['09:00', '17:00']),
    dateOverrides: { '2026-03-03': [['10:00', '11:00']] },
    holidays: ['2026-03-04'],
  });
  const interval = {
    from: Date.parse('2026-03-02T16:00:00Z'),
    to: Date.parse('2026-03-05T09:30:00Z'),
  };
  const told = explainInterval([desk], interval).map(
    ({ to, reason }) => `${reason} ${new Date(to).toISOString().slice(5, 16)}`,
  );
  expect(told).toEqual([
    'weekly 03-02T17:00',
    'closed 03-03T10:00',
    'override 03-03T11:00',
    'closed 03-04T00:00',
    'holiday 03-05T00:00',
    'closed 03-05T09:00',
    'weekly 03-05T09:30',
  ]);
});

describe('against an oracle that looks at each quarter of an hour', () => {
  /** Deterministic numbers from 0 to below 1. */
  const numbers = (seed: number) => () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return seed / 4_294_967_296;
  };
  const ZONES = ['Europe/Lisbon', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kathmandu', 'UTC'];

  test.each(Array.from({ length: 40 }, (_, index) => index))('calendar %i', (index) => {
    const next = numbers(index + 1);
    const whole = (below: number): number => Math.floor(next() * below);
    const time = (): string =>
      // not within the hours that clocks skip or repeat, where wall times alone do not tell instants
      `${String(4 + whole(20)).padStart(2, '0')}:${String(whole(4) * 15).padStart(2, '0')}`;
    const windows = (): [string, string][] =>
      Array.from({ length: whole(3) }, () => [time(), next() < 0.2 ? '24:00' : time()]);
    const days = ALL.split(' ').map((day) => [day, windows()] as const);
    const of = calendar(ZONES[index % ZONES.length] ?? 'UTC', {
      weekly: Object.fromEntries(days),
      dateOverrides: { '2026-10-25': windows(), '2026-03-08': windows() },
      holidays: ['2026-03-29', '2026-11-02'],
    });
    for (const begin of ['2026-03-05T07:15:00Z', '2026-10-23T22:00:00Z']) {
      const from = Date.parse(begin);
      const to = from + 12 * 24 * HOUR;
      let minutes = 0;
      for (let at = from; at < to; at += QUARTER) if (isOpenAt(of, at)) minutes += 15;
      expect(businessMsIn([of], { from, to }) / 60_000).toBe(minutes);
      if (minutes === 0) continue;
      const due = businessTimeAfter([of], from, minutes * 60_000) ?? 0;
      expect(businessMsIn([of], { from, to: due }) / 60_000).toBe(minutes);
      expect(isOpenAt(of, due - QUARTER)).toBe(true);
    }
  });
});

describe('business days after', () => {
  const desk = calendar('America/Sao_Paulo', {
    weekly: weekly(WORK, ['09:00', '12:00'], ['13:00', '18:00']),
    dateOverrides: { '2026-03-05': [['09:00', '11:00']] },
    holidays: ['2026-03-04'],
  });
  test.each<[string, string, number, string]>([
    ['the next day at the same time', '2026-03-02T10:00:00-03:00', 1, '2026-03-03T13:00:00.000Z'],
    [
      'not on a holiday, and not after closing',
      '2026-03-03T15:00:00-03:00',
      1,
      '2026-03-05T14:00:00.000Z',
    ],
    ['over a weekend', '2026-03-06T10:00:00-03:00', 2, '2026-03-10T13:00:00.000Z'],
    [
      'from closed hours it begins when it opens',
      '2026-03-07T10:00:00-03:00',
      1,
      '2026-03-10T12:00:00.000Z',
    ],
    ['none is the next opening', '2026-03-07T10:00:00-03:00', 0, '2026-03-09T12:00:00.000Z'],
    [
      'in a lunch break, when that is over',
      '2026-03-02T12:00:00-03:00',
      1,
      '2026-03-03T16:00:00.000Z',
    ],
  ])('%s', (_, from, days, expected) => {
    const at = businessDaysAfter([desk], Date.parse(from), days);
    expect(at === null ? null : new Date(at).toISOString()).toBe(expected);
  });

  test('a calendar that never opens has none', () => {
    expect(businessDaysAfter([calendar('UTC', {})], 0, 1)).toBeNull();
  });
});
