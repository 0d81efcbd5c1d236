import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkTimer, nextTimer, overdue } from '../../../engine/triggers/timer/index.js';
import { arm, dues, local } from './support.js';

/** Given the pattern armed at the local time, then the local dues. */
const patterns: readonly [text: string, zone: string, armedAt: string, dues: string[]][] = [
  // given 0 0 9 * * MON-FRI in Europe/Madrid, when DST starts, then the next is 09:00 local
  [
    '0 0 9 * * MON-FRI',
    'Europe/Madrid',
    '2026-03-27T00:00:00+01:00',
    ['2026-03-27T09:00+01:00', '2026-03-30T09:00+02:00', '2026-03-31T09:00+02:00'],
  ],
  [
    '30 2 * * *',
    'Europe/Madrid',
    '2026-03-28T00:00:00+01:00',
    ['2026-03-28T02:30+01:00', '2026-03-29T03:00+02:00', '2026-03-30T02:30+02:00'],
  ],
  [
    '30 2 * * *',
    'Europe/Madrid',
    '2026-10-24T12:00:00+02:00',
    ['2026-10-25T02:30+02:00', '2026-10-26T02:30+01:00'],
  ],
  [
    '*/30 * * * *',
    'Europe/Madrid',
    '2026-03-29T01:00:00+01:00',
    ['2026-03-29T01:30+01:00', '2026-03-29T03:00+02:00', '2026-03-29T03:30+02:00'],
  ],
  [
    '*/30 * * * *',
    'Europe/Madrid',
    '2026-10-25T02:00:00+02:00',
    ['2026-10-25T02:30+02:00', '2026-10-25T03:00+01:00', '2026-10-25T03:30+01:00'],
  ],
  [
    '*/30 * * * *',
    'Europe/Madrid',
    '2026-10-25T02:10:00+01:00', // in the second pass of the hour
    ['2026-10-25T03:00+01:00', '2026-10-25T03:30+01:00'],
  ],
  [
    '15 0 * * *',
    'America/Santiago',
    '2026-09-05T12:00:00-04:00',
    ['2026-09-06T01:00-03:00', '2026-09-07T00:15-03:00'],
  ],
  [
    '10 2 * * *',
    'Australia/Lord_Howe',
    '2026-10-03T12:00:00+10:30',
    ['2026-10-04T02:30+11:00', '2026-10-05T02:10+11:00'],
  ],
  ['0 9 * * *', 'Asia/Kolkata', '2026-01-01T09:00:00+05:30', ['2026-01-02T09:00+05:30']],
  ['0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
  ['0 0 ? * MON', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-05T00:00Z', '2026-01-12T00:00Z']],
  ['0 0 12 1/15 * ?', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-01T12:00Z', '2026-01-16T12:00Z']],
  ['0 0 L * *', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-31T00:00Z', '2026-02-28T00:00Z']],
  ['0 0 LW * *', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-30T00:00Z', '2026-02-27T00:00Z']],
  ['0 0 15W * *', 'UTC', '2026-02-01T00:00:00Z', ['2026-02-16T00:00Z', '2026-03-16T00:00Z']],
  ['0 0 * * FRI#2', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-09T00:00Z', '2026-02-13T00:00Z']],
  ['0 0 * * FRIL', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-30T00:00Z', '2026-02-27T00:00Z']],
  ['0 0 1 JAN,JUL *', 'UTC', '2026-01-01T00:00:00Z', ['2026-07-01T00:00Z', '2027-01-01T00:00Z']],
  ['0 8-10/2 * * *', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-01T08:00Z', '2026-01-01T10:00Z']],
  ['@hourly', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-01T01:00Z', '2026-01-01T02:00Z']],
  ['@daily', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-02T00:00Z', '2026-01-03T00:00Z']],
  ['@weekly', 'UTC', '2026-01-01T00:00:00Z', ['2026-01-04T00:00Z', '2026-01-11T00:00Z']],
  ['@monthly', 'UTC', '2026-01-01T00:00:00Z', ['2026-02-01T00:00Z', '2026-03-01T00:00Z']],
  ['@yearly', 'UTC', '2026-01-01T00:00:00Z', ['2027-01-01T00:00Z', '2028-01-01T00:00Z']],
];

describe('cron', () => {
  afterEach(() => vi.unstubAllGlobals());

  test.each(patterns)('%s in %s from %s', (text, zone, armedAt, expected) => {
    const series = arm('cycle', text, armedAt, zone);
    expect(series.remaining).toBeNull();
    const found = dues(series, expected.length);
    expect(found.map((instant) => local(instant, zone))).toEqual(expected);
    expect(checkTimer('cycle', text)).toBeNull();
  });

  test('six fields start with seconds, and a part of a second does not swallow a firing', () => {
    const series = arm('cycle', '*/10 * * * * *', '2026-01-01T00:00:09.500Z');
    expect(dues(series, 2)).toEqual(['2026-01-01T00:00:10.000Z', '2026-01-01T00:00:20.000Z']);
  });

  test.each([
    ['* * * *', 'four fields'],
    ['* * * * * * *', 'seven fields'],
    ['61 * * * *', 'a minute that does not exist'],
    ['0 0 30 2 *', 'a day that never comes'],
    ['0 0 31 4,6 *', 'days that never come'],
    ['0 22-2 * * *', 'a range that goes back'],
    ['@reboot', 'a macro without a time'],
    ['@fortnightly', 'an unknown macro'],
    ['0 9 * * FOO', 'an unknown name'],
    ['every day', 'prose'],
  ])('refuses %s: %s', (text) => {
    expect(checkTimer('cycle', text)?.code).toBe('TIMER_INVALID');
  });

  test('reads no clock and starts no timer', () => {
    const RealDate = Date;
    const forbidden = (): never => {
      throw new Error('the clock was touched');
    };
    class NoClock extends RealDate {
      constructor(...given: [] | [number | string]) {
        if (given.length === 0) forbidden();
        super(given[0] as number);
      }
      static override now = forbidden;
    }
    vi.stubGlobal('Date', NoClock);
    vi.stubGlobal('setTimeout', forbidden);
    const zone = 'Europe/Paris';
    for (const text of ['17 2 * * *', 'R/2026-03-20T02:17/P1D', '@hourly']) {
      const series = arm('cycle', text, '2026-03-20T00:00:00.000Z', zone);
      expect(dues(series, 300)).toHaveLength(300);
      expect(overdue(series, '2026-12-01T00:00:00.000Z').skipped).toBeGreaterThan(200);
      expect(nextTimer(series, '2026-12-01T00:00:00.000Z').next).not.toBeNull();
    }
    expect(arm('date', '2026-03-29T02:17', '2026-03-20T00:00:00.000Z', zone).dueAt).toBe(
      '2026-03-29T01:00:00.000Z',
    );
  });
});
