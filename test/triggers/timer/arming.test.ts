import { describe, expect, test } from 'vitest';
import {
  armTimer,
  checkTimer,
  nextTimer,
  shiftTimer,
  type TimerKind,
} from '../../../engine/triggers/timer/index.js';
import { arm, dues } from './support.js';

const at = '2026-01-01T00:00:00.000Z';

/** Given the text and the zone of the process, when armed at the start of 2026 UTC, then due at. */
const once: readonly [kind: TimerKind, text: string, zone: string, dueAt: string, then: string][] =
  [
    ['date', '2026-05-01T09:00:00Z', 'Europe/Berlin', '2026-05-01T09:00:00.000Z', 'UTC'],
    ['date', '2026-05-01T09:00:00.250Z', 'UTC', '2026-05-01T09:00:00.250Z', 'a fraction'],
    ['date', '2026-05-01T09:00+02:00', 'UTC', '2026-05-01T07:00:00.000Z', 'an offset'],
    ['date', '2026-05-01T09:00-0330', 'UTC', '2026-05-01T12:30:00.000Z', 'a basic offset'],
    [
      'date',
      '2026-05-01T09:00',
      'Europe/Berlin',
      '2026-05-01T07:00:00.000Z',
      'local to the process',
    ],
    ['date', '2026-05-01T09:00[Asia/Kolkata]', 'UTC', '2026-05-01T03:30:00.000Z', 'half-hour zone'],
    [
      'date',
      '2026-05-01T09:00@Asia/Kolkata',
      'UTC',
      '2026-05-01T03:30:00.000Z',
      'zone as FEEL has it',
    ],
    ['date', '2026-05-01', 'Europe/Berlin', '2026-04-30T22:00:00.000Z', 'the start of the day'],
    [
      'date',
      '2026-09-06',
      'America/Santiago',
      '2026-09-06T04:00:00.000Z',
      'a day without midnight',
    ],
    ['date', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z', 'gap: its end'],
    [
      'date',
      '2026-10-04T02:10',
      'Australia/Lord_Howe',
      '2026-10-03T15:30:00.000Z',
      'half-hour gap',
    ],
    ['date', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', 'fold: the first'],
    ['date', '2026-04-04T23:30', 'America/Santiago', '2026-04-05T02:30:00.000Z', 'fold: the first'],
    [
      'date',
      '2026-10-25T02:30+01:00[Europe/Berlin]',
      'UTC',
      '2026-10-25T01:30:00.000Z',
      'the second',
    ],
    ['date', '2028-02-29T12:00', 'UTC', '2028-02-29T12:00:00.000Z', '29 February'],
    ['date', '2020-01-01T00:00Z', 'UTC', '2020-01-01T00:00:00.000Z', 'past: as given'],
    ['duration', 'PT1H', 'UTC', '2026-01-01T01:00:00.000Z', 'an hour'],
    ['duration', 'PT0S', 'UTC', at, 'at once'],
    ['duration', '-PT5M', 'UTC', '2025-12-31T23:55:00.000Z', 'a computed one that is over'],
    ['duration', 'PT1.5S', 'UTC', '2026-01-01T00:00:01.500Z', 'a fraction'],
    ['duration', 'PT0,25S', 'UTC', '2026-01-01T00:00:00.250Z', 'a fraction with a comma'],
    ['duration', 'PT0.0001S', 'UTC', '2026-01-01T00:00:00.001Z', 'never early'],
    ['duration', 'P2W', 'UTC', '2026-01-15T00:00:00.000Z', 'weeks'],
    ['duration', 'P1M2W3DT4H', 'UTC', '2026-02-18T04:00:00.000Z', 'weeks combined'],
    ['duration', 'P3M', 'Europe/Berlin', '2026-03-31T23:00:00.000Z', 'the wall clock moves'],
    ['duration', 'PT2160H', 'Europe/Berlin', '2026-04-01T00:00:00.000Z', 'exact time does not'],
  ];

describe('arming', () => {
  test.each(once)('%s %s in %s is due %s: %s', (kind, text, zone, dueAt) => {
    const series = arm(kind, text, at, zone);
    expect(series).toMatchObject({ kind, text, dueAt, remaining: 1, occurrence: 1 });
    expect(nextTimer(series, dueAt)).toEqual({ next: null, skipped: 0 });
    expect(checkTimer(kind, text)).toBeNull();
  });

  const cycles: readonly [text: string, armedAt: string, dues: string[]][] = [
    ['R2/PT1H', at, ['2026-01-01T01:00', '2026-01-01T02:00']],
    ['R2/P1W', at, ['2026-01-08T00:00', '2026-01-15T00:00']],
    ['R/PT1H', at, ['2026-01-01T01:00', '2026-01-01T02:00', '2026-01-01T03:00']],
    ['R-1/PT1H', at, ['2026-01-01T01:00', '2026-01-01T02:00', '2026-01-01T03:00']],
    // given R2/2026-01-01T00:00Z/P1D, when armed before, then firings on 1 and 2 January only
    ['R2/2026-01-01T00:00Z/P1D', '2025-12-01T00:00:00Z', ['2026-01-01T00:00', '2026-01-02T00:00']],
    ['R/P1D/2026-01-03T00:00Z', at, ['2026-01-02T00:00', '2026-01-03T00:00']],
    ['R1/P1D/2026-01-03T00:00Z', at, ['2026-01-02T00:00']],
    ['R2/2026-02-01T00:00Z/2026-02-01T06:00Z', at, ['2026-02-01T00:00', '2026-02-01T06:00']],
    ['R2/2026-02-01T00:00@Asia/Kolkata/P1D', at, ['2026-01-31T18:30', '2026-02-01T18:30']],
    ['R2/2026-02-01T00:00[Asia/Kolkata]/P1D', at, ['2026-01-31T18:30', '2026-02-01T18:30']],
    ['R2/2026-03-28T02:30/P1D', at, ['2026-03-28T02:30', '2026-03-29T02:30']],
  ];
  test.each(cycles)('%s armed at %s', (text, armedAt, expected) => {
    const found = dues(arm('cycle', text, armedAt), 3);
    expect(found).toEqual(expected.map((instant) => `${instant}:00.000Z`));
    expect(checkTimer('cycle', text)).toBeNull();
  });

  test('start/end repeats by local days, so an hour of summer time does not move it', () => {
    const text = 'R3/2026-03-27T09:00/2026-03-28T09:00';
    expect(dues(arm('cycle', text, at, 'Europe/Berlin'), 9)).toEqual([
      '2026-03-27T08:00:00.000Z',
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
    ]);
  });

  test('a series is evaluated once: it lives in its own zone, not in the process zone', () => {
    expect(arm('cycle', 'R/2026-01-31T00:00+01:00/P1M', at, 'Asia/Tokyo').zone).toBe('+01:00');
    expect(arm('cycle', 'R/P1M', at, 'europe/berlin').zone).toBe('Europe/Berlin');
  });

  test('shift: given 10 minutes left, when resumed after a day, then it fires 10 minutes later', () => {
    const series = arm('duration', 'PT1H', at);
    const [suspendedAt, resumedAt] = ['2026-01-01T00:50:00.000Z', '2026-01-02T00:50:00.000Z'];
    const shifted = shiftTimer(series, Date.parse(resumedAt) - Date.parse(suspendedAt));
    expect(shifted.dueAt).toBe('2026-01-02T01:00:00.000Z');
  });

  test('shift: the rest of a cycle follows from the moved anchor', () => {
    const second = nextTimer(arm('cycle', 'R3/PT1H', at), '2026-01-01T01:00:00.000Z').next;
    expect(second && dues(shiftTimer(second, 600_000), 9)).toEqual([
      '2026-01-01T02:10:00.000Z',
      '2026-01-01T03:10:00.000Z',
    ]);
  });
});

/** Given the text, when checked as a literal, then refused with the code. */
const refused: readonly [kind: TimerKind, text: string, code: string][] = [
  ['cycle', 'R0/PT1H', 'TIMER_INVALID'],
  ['cycle', 'R-2/PT1H', 'TIMER_INVALID'],
  ['cycle', 'R/-PT1H', 'TIMER_INVALID'],
  ['cycle', 'R/2026-01-02T00:00Z/2026-01-01T00:00Z', 'TIMER_INVALID'],
  ['cycle', 'R/P', 'TIMER_INVALID'],
  ['cycle', 'R/PT', 'TIMER_INVALID'],
  ['cycle', 'R5', 'TIMER_INVALID'],
  ['cycle', 'R//PT1H', 'TIMER_INVALID'],
  ['cycle', 'R/2026-01-01', 'TIMER_INVALID'],
  ['cycle', 'R/PT1H/PT1H', 'TIMER_INVALID'],
  ['cycle', 'R/2026-01-01/P1D/2026-02-01', 'TIMER_INVALID'],
  ['cycle', 'PT1H', 'TIMER_INVALID'],
  ['cycle', 'R/PT0S', 'TIMER_OUT_OF_RANGE'],
  ['cycle', 'R/P0D', 'TIMER_OUT_OF_RANGE'],
  ['cycle', 'R/PT0.999S', 'TIMER_OUT_OF_RANGE'],
  ['cycle', 'R1000000/PT1S', 'TIMER_OUT_OF_RANGE'],
  ['cycle', 'R/P101Y', 'TIMER_OUT_OF_RANGE'],
  ['cycle', 'R/2026-01-01@Nowhere/X/P1D', 'TIMER_ZONE_UNKNOWN'],
  ['duration', 'P1.5D', 'TIMER_INVALID'],
  ['duration', 'pt1h', 'TIMER_INVALID'],
  ['duration', 'R/PT1H', 'TIMER_INVALID'],
  ['duration', '1 hour', 'TIMER_INVALID'],
  ['duration', 'P101Y', 'TIMER_OUT_OF_RANGE'],
  ['duration', 'P99999999999999Y', 'TIMER_OUT_OF_RANGE'],
  ['date', '', 'TIMER_INVALID'],
  ['date', '12:00', 'TIMER_INVALID'],
  ['date', '2026-02-29', 'TIMER_INVALID'],
  ['date', 'PT1H', 'TIMER_INVALID'],
  ['date', '2026-03-29T02:30+01:00[Europe/Berlin]', 'TIMER_INVALID'],
  ['date', '2026-03-29T02:30[Europe/Berlin', 'TIMER_INVALID'],
  ['date', `2026-03-29${'0'.repeat(300)}`, 'TIMER_INVALID'],
  ['date', '99999-01-01T00:00Z', 'TIMER_OUT_OF_RANGE'],
  ['date', '2026-03-29T02:30[Europe/Atlantis]', 'TIMER_ZONE_UNKNOWN'],
];

describe('refusing', () => {
  test.each(refused)('%s %s: %s', (kind, text, code) => {
    const armed = armTimer(kind, text, { at, zone: 'UTC' });
    expect(armed).toMatchObject({ ok: false, fault: { code } });
    expect(checkTimer(kind, text)?.code).toBe(code);
  });

  test.each([
    ['date', '2126-06-01T00:00Z', 'UTC', 'TIMER_OUT_OF_RANGE'],
    ['cycle', 'R/2126-06-01T00:00Z/P1D', 'UTC', 'TIMER_OUT_OF_RANGE'],
    ['cycle', 'R/P1D/2025-12-31T00:00Z', 'UTC', 'TIMER_ENDED'],
    ['duration', 'PT1H', 'Mars/Olympus', 'TIMER_ZONE_UNKNOWN'],
  ] as const)('when armed: %s %s in %s: %s', (kind, text, zone, code) => {
    expect(armTimer(kind, text, { at, zone })).toMatchObject({ ok: false, fault: { code } });
    expect(checkTimer(kind, text)).toBeNull();
  });

  test('the message says what was expected, what it got and what to do', () => {
    expect(checkTimer('cycle', 'R0/PT1H')?.message).toBe(
      "Expected an ISO 8601 repetition or a cron pattern as cycle of a timer, but 'R0/PT1H' repeats less than once; correct the value.",
    );
  });
});
