/** What is promised of tasks and tickets, at moments before and after. */
import { expect, test } from 'vitest';
import { clockOf, explained } from '../../api/tasks/clock.js';
import { nextOf, ticketClockOf } from '../../api/tasks/ticket-clock.js';
import type { Calendars } from '../../engine/model/index.js';
import type { SlaRowRead } from '../../store/index.js';

const HOUR_MS = 3_600_000;
const days = ['mon', 'tue', 'wed', 'thu', 'fri'];
/** Nine to five on weekdays, in UTC; Monday 9 March 2026 is a holiday. */
const office: Calendars = [
  {
    ...{ tz: 'UTC', version: 1, validFrom: '1970-01-01T00:00:00Z' },
    weekly: Object.fromEntries(days.map((day) => [day, [['09:00', '17:00']]])),
    ...{ dateOverrides: {}, holidays: ['2026-03-09'] },
  },
] as unknown as Calendars;
const promised = {
  promise: {
    ...{ target: 'PT10H', calendar: 'office', warnAt: [75, 100] },
    title: { en: 'Work', 'pt-BR': 'Trabalhar' },
  },
  calendars: office,
};

/** Opened on a Friday at three; ten hours of business later it is Tuesday, four o'clock. */
const task = {
  openedAt: '2026-03-06T15:00:00.000Z',
  endedAt: null,
  state: 'CREATED',
  slaDueAt: '2026-03-10T17:00:00.000Z',
} as const;

test.each([
  ['2026-03-06T16:00:00Z', {}, 'running', 1, 9],
  ['2026-03-09T12:00:00Z', {}, 'running', 2, 8],
  ['2026-03-10T15:00:00Z', {}, 'warning', 8, 2],
  ['2026-03-10T17:00:00Z', {}, 'warning', 10, 0],
  ['2026-03-11T10:00:00Z', {}, 'late', 11, -1],
  [
    '2026-04-01T10:00:00Z',
    { state: 'COMPLETED', endedAt: '2026-03-10T17:00:00.000Z' },
    'met',
    10,
    0,
  ],
  [
    '2026-04-01T10:00:00Z',
    { state: 'COMPLETED', endedAt: '2026-03-11T09:30:00.000Z' },
    'missed',
    10.5,
    -0.5,
  ],
] as const)('at %s a task of %j is %s', (now, more, state, elapsed, remaining) => {
  expect(clockOf({ ...task, ...more }, promised, Date.parse(now))).toMatchObject({
    ...{ state, elapsedMs: elapsed * HOUR_MS, remainingMs: remaining * HOUR_MS },
    ...{ targetMs: 10 * HOUR_MS, dueAt: task.slaDueAt },
  });
});

test('a task that was taken away, or of which nothing was promised, has no clock', () => {
  const now = Date.parse('2026-03-06T16:00:00Z');
  expect(clockOf({ ...task, state: 'CANCELLED' }, promised, now)).toBeNull();
  expect(clockOf({ ...task, slaDueAt: null }, promised, now)).toBeNull();
});

test('each part of the time says whether it counts, and why', () => {
  const parts = explained(task, promised, Date.parse('2026-03-10T10:00:00Z'));
  expect(parts.map(({ isCounted, reason }) => `${isCounted} ${reason}`)).toEqual([
    ...['true weekly', 'false closed', 'false holiday', 'false closed', 'true weekly'],
  ]);
});

const row = {
  ...{ metric: 'first_reply', number: 1, policy: 'standard', basis: 'business', state: 'running' },
  ...{ at: '2026-03-06T15:00:00.000Z', targetMs: 10 * HOUR_MS, elapsedMs: 2 * HOUR_MS },
  ...{ pausedMs: 0, dueAt: '2026-03-10T15:00:00.000Z', fulfilledAt: null },
} as unknown as SlaRowRead;
const at = (now: string, more: Partial<SlaRowRead> = {}, named = { office }) =>
  ticketClockOf({ ...row, ...more }, named, Date.parse(now));

test('a running clock of a ticket has gone on since its row was written', () => {
  expect(at('2026-03-10T10:00:00Z')).toMatchObject({
    ...{ state: 'running', elapsedMs: 5 * HOUR_MS, remainingMs: 5 * HOUR_MS },
  });
  expect(at('2026-03-10T15:30:00Z')).toMatchObject({
    state: 'breached',
    remainingMs: -HOUR_MS / 2,
  });
});

test('it warns when three quarters have passed, goes on when it is late, and is over once it is kept', () => {
  expect(at('2026-03-10T12:29:00Z')).toMatchObject({ state: 'running' });
  expect(at('2026-03-10T12:30:00Z')).toMatchObject({
    ...{ state: 'warning', remainingMs: 2.5 * HOUR_MS },
  });
  const missed = { state: 'breached', fulfilledAt: null } as Partial<SlaRowRead>;
  expect(at('2026-03-11T10:00:00Z', missed)).toMatchObject({
    ...{ state: 'breached', remainingMs: -3 * HOUR_MS },
  });
  const kept = { ...missed, fulfilledAt: '2026-03-10T16:00:00.000Z', elapsedMs: 11 * HOUR_MS };
  const over = at('2026-03-12T10:00:00Z', kept as Partial<SlaRowRead>);
  expect(over).toMatchObject({ state: 'missed', remainingMs: -HOUR_MS });
  expect(nextOf([over])).toBeNull();
});

test('a paused one stands still, and one of another calendar tells no time that is left', () => {
  const paused = { state: 'paused', dueAt: null } as Partial<SlaRowRead>;
  expect(at('2026-03-10T10:00:00Z', paused)).toMatchObject({
    ...{ state: 'paused', remainingMs: 8 * HOUR_MS },
  });
  expect(at('2026-03-10T10:00:00Z', {}, {} as never)).toMatchObject({
    ...{ state: 'running', remainingMs: null },
  });
  expect(at('2026-03-06T16:00:00Z', { basis: 'calendar' })).toMatchObject({
    remainingMs: 7 * HOUR_MS,
  });
});

test('the one that is missed next is shown first', () => {
  const clocks = [
    at('2026-03-06T16:00:00Z', { metric: 'resolution', dueAt: '2026-03-20T00:00:00.000Z' }),
    at('2026-03-06T16:00:00Z'),
    at('2026-03-06T16:00:00Z', { metric: 'next_reply', state: 'met' }),
  ];
  expect(nextOf(clocks)?.metric).toBe('first_reply');
  expect(nextOf([])).toBeNull();
});
