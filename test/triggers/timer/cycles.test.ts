import { describe, expect, test } from 'vitest';
import { nextTimer, overdue, type TimerSeries } from '../../../engine/triggers/timer/index.js';
import { arm, dues, local } from './support.js';

const at = '2026-01-01T00:00:00.000Z';
const FIVE_MINUTES = 300_000;

describe('repetition', () => {
  test('given R3/PT1H and each firing handled 5 minutes late, then dues are 1 h, 2 h, 3 h', () => {
    expect(dues(arm('cycle', 'R3/PT1H', at), 9, FIVE_MINUTES)).toEqual([
      '2026-01-01T01:00:00.000Z',
      '2026-01-01T02:00:00.000Z',
      '2026-01-01T03:00:00.000Z',
    ]);
  });

  /** Given the period from the local anchor, then the local dues. */
  const calendar: readonly [text: string, zone: string, anchor: string, dues: string[]][] = [
    [
      'R/P1M',
      'UTC',
      '2027-01-31T10:00:00Z',
      ['2027-02-28T10:00Z', '2027-03-31T10:00Z', '2027-04-30T10:00Z', '2027-05-31T10:00Z'],
    ],
    ['R/P1Y', 'UTC', '2028-02-29T10:00:00Z', ['2029-02-28T10:00Z', '2030-02-28T10:00Z']],
    ['R/P4Y', 'UTC', '2028-02-29T10:00:00Z', ['2032-02-29T10:00Z', '2036-02-29T10:00Z']],
    [
      'R/P1D',
      'Europe/Berlin',
      '2026-03-27T02:30:00+01:00',
      ['2026-03-28T02:30+01:00', '2026-03-29T03:00+02:00', '2026-03-30T02:30+02:00'],
    ],
    [
      'R/P1D',
      'Europe/Berlin',
      '2026-10-24T02:30:00+02:00',
      ['2026-10-25T02:30+02:00', '2026-10-26T02:30+01:00', '2026-10-27T02:30+01:00'],
    ],
    [
      'R/P1D',
      'America/Santiago',
      '2026-09-05T00:30:00-04:00',
      ['2026-09-06T01:00-03:00', '2026-09-07T00:30-03:00'],
    ],
    [
      'R/P1D',
      'America/Santiago',
      '2026-04-03T23:30:00-03:00',
      ['2026-04-04T23:30-03:00', '2026-04-05T23:30-04:00'],
    ],
    ['R/P1W', 'Asia/Kolkata', '2026-01-01T09:00:00+05:30', ['2026-01-08T09:00+05:30']],
    [
      'R/PT24H',
      'Europe/Berlin',
      '2026-03-28T02:30:00+01:00',
      ['2026-03-29T03:30+02:00', '2026-03-30T03:30+02:00'],
    ],
    [
      'R/P1DT12H',
      'Europe/Berlin',
      '2026-03-28T00:00:00+01:00',
      ['2026-03-29T13:00+02:00', '2026-03-31T00:00+02:00'],
    ],
  ];
  test.each(calendar)('%s in %s from %s', (text, zone, anchor, expected) => {
    const found = dues(arm('cycle', text, anchor, zone), expected.length);
    expect(found.map((instant) => local(instant, zone))).toEqual(expected);
  });

  test('a day that a zone left out is one firing, not two at the same instant', () => {
    const series = arm('cycle', 'R/P1D', '2011-12-28T10:00:00Z', 'Pacific/Apia');
    expect(dues(series, 3).map((instant) => local(instant, 'Pacific/Apia'))).toEqual([
      '2011-12-29T00:00-10:00',
      '2011-12-31T00:00+14:00',
      '2012-01-01T00:00+14:00',
    ]);
  });
});

describe('downtime', () => {
  test('given R5/PT1H and downtime from 0:30 to 3:30, then one firing now, next 4:00, last 5:00', () => {
    const resumedAt = '2026-01-01T03:30:00.000Z';
    const now = overdue(arm('cycle', 'R5/PT1H', at), resumedAt);
    expect(now.skipped).toBe(2);
    expect(now.series).toMatchObject({ dueAt: '2026-01-01T03:00:00.000Z', remaining: 3 });
    const next = nextTimer(now.series, resumedAt);
    expect(next.skipped).toBe(0);
    expect(next.next && dues(next.next, 9)).toEqual([
      '2026-01-01T04:00:00.000Z',
      '2026-01-01T05:00:00.000Z',
    ]);
  });

  test('a firing handled very late: the latest overdue one is next, the others are skipped', () => {
    const first = arm('cycle', 'R5/PT1H', at);
    const { next, skipped } = nextTimer(first, '2026-01-01T03:30:00.000Z');
    expect(next).toMatchObject({ dueAt: '2026-01-01T03:00:00.000Z', occurrence: 3, remaining: 3 });
    expect(skipped).toBe(1);
  });

  /** Given the series armed at the start of 2026, when resumed, then fires now / skipped / left. */
  const resumed: readonly [string, string, string, number, number | null][] = [
    ['R5/PT1H', '2026-06-01T00:00:00.000Z', '2026-01-01T05:00:00.000Z', 4, 1],
    ['R/PT1H/2026-01-01T02:30Z', '2026-06-01T00:00:00.000Z', '2026-01-01T02:00:00.000Z', 1, null],
    ['R/PT1S', '2036-01-01T00:00:00.500Z', '2036-01-01T00:00:00.000Z', 315532799, null],
    ['R/P1M', '2031-03-31T23:00:00.000Z', '2031-03-01T00:00:00.000Z', 61, null],
    ['R3/2020-01-01T00:00Z/P1D', at, '2020-01-03T00:00:00.000Z', 2, 1],
    ['R/2020-01-01T09:00Z/P1D', at, '2025-12-31T09:00:00.000Z', 2191, null],
    ['R/PT1H', '2026-01-01T01:00:00.000Z', '2026-01-01T01:00:00.000Z', 0, null],
    ['R/PT1H', '2026-01-01T00:10:00.000Z', '2026-01-01T01:00:00.000Z', 0, null],
    ['*/5 * * * *', '2026-01-01T01:02:00.000Z', '2026-01-01T01:00:00.000Z', 11, null],
    ['* * * * * *', '2027-03-01T00:00:00.500Z', '2027-03-01T00:00:00.000Z', 1000, null],
  ];
  test.each(resumed)('%s resumed at %s', (text, resumedAt, dueAt, skipped, remaining) => {
    const now = overdue(arm('cycle', text, at), resumedAt);
    expect(now).toMatchObject({ skipped, series: { dueAt, remaining } });
  });

  test('a date and a duration are due once, however late', () => {
    const series: TimerSeries = arm('duration', 'PT1H', at);
    expect(overdue(series, '2030-01-01T00:00:00.000Z')).toEqual({ series, skipped: 0 });
  });
});
