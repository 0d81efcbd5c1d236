import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../engine/calendars/index.js';
import { type Metric, slaRows, type TicketEvent } from '../../engine/sla/index.js';

const calendar = (tz: string, weekly: Calendar['weekly']): Calendar => ({
  tz,
  version: 1,
  validFrom: '2026-01-01T00:00:00Z',
  weekly,
  dateOverrides: {},
  holidays: [],
});

const every = (days: string, ...windows: [string, string][]): Calendar['weekly'] =>
  Object.fromEntries(days.split(' ').map((day) => [day, windows]));

const ALL = 'mon tue wed thu fri sat sun';
const WORK = 'mon tue wed thu fri';

const rows = (
  metric: Metric,
  targets: Readonly<Record<string, number>>,
  hours: Calendar,
  events: readonly TicketEvent[],
  now: string,
) => {
  const business = Object.fromEntries(
    Object.entries(targets).map(([priority, minutes]) => [
      priority,
      { minutes, hours: 'business' as const },
    ]),
  );
  const policy = {
    title: 'standard',
    version: 1,
    calendar: 'desk',
    when: {},
    metrics: { [metric]: { targets: business, warnPercent: [] } },
  };
  const lists = [{ validFrom: '2026-01-01T00:00:00Z', policies: [policy] }];
  return slaRows(events, { lists, calendars: { desk: [hours] } }, now);
};

const created = (at: string, priority = 'normal'): TicketEvent => ({
  seq: 1,
  at,
  type: 'created',
  priority,
  status: 'new',
  by: 'customer',
});

describe('the illustrations of the rules', () => {
  const lisbon = calendar('Europe/Lisbon', every(WORK, ['09:00', '13:00'], ['14:00', '18:00']));

  test('a lunch break does not count, and a reply at the due time keeps the promise', () => {
    const events: TicketEvent[] = [
      created('2026-03-10T12:20:00Z'),
      { seq: 2, at: '2026-03-10T14:50:00Z', type: 'agent_reply', public: true },
    ];
    const [open] = rows('first_reply', { normal: 90 }, lisbon, events, '2026-03-10T14:00:00Z');
    expect(open).toMatchObject({ dueAt: '2026-03-10T14:50:00.000Z', state: 'running' });
    const [done] = rows('first_reply', { normal: 90 }, lisbon, events, '2026-03-10T15:00:00Z');
    expect(done).toMatchObject({ state: 'met', elapsedMinutes: 90, breachedAt: null });
  });

  test('while it waits for the customer there is no due time; then what is left counts', () => {
    const desk = calendar('America/Mexico_City', every(WORK, ['10:00', '19:00']));
    const events: TicketEvent[] = [
      created('2026-03-12T17:00:00-06:00'),
      { seq: 2, at: '2026-03-12T18:00:00-06:00', type: 'status', to: 'pending' },
      { seq: 3, at: '2026-03-13T11:30:00-06:00', type: 'status', to: 'open' },
    ];
    const at = (now: string) => rows('requester_wait', { normal: 300 }, desk, events, now)[0];
    expect(at('2026-03-13T10:00:00-06:00')).toMatchObject({ dueAt: null, state: 'paused' });
    expect(at('2026-03-13T11:30:00-06:00')).toMatchObject({
      dueAt: '2026-03-13T21:30:00.000Z',
      elapsedMinutes: 60,
      pausedMinutes: 150,
    });
  });

  test('a night is an hour longer when clocks go back', () => {
    const night = calendar('Europe/Lisbon', every(ALL, ['20:00', '04:00']));
    const [row] = rows(
      'resolution',
      { normal: 540 },
      night,
      [created('2026-10-24T20:00:00+01:00')],
      '2026-10-24T21:00:00+01:00',
    );
    expect(row).toMatchObject({ dueAt: '2026-10-25T04:00:00.000Z' });
  });

  test('a higher priority keeps what has passed and counts from it', () => {
    const tokyo = calendar('Asia/Tokyo', every(WORK, ['09:30', '17:30']));
    const first = created('2026-06-08T09:30:00+09:00');
    const raised: TicketEvent[] = [
      first,
      { seq: 2, at: '2026-06-08T11:30:00+09:00', type: 'priority', to: 'high' },
      { seq: 3, at: '2026-06-08T12:00:00+09:00', type: 'agent_reply', public: true },
    ];
    const targets = { normal: 600, high: 180 };
    const at = (events: readonly TicketEvent[], now: string) =>
      rows('first_reply', targets, tokyo, events, now)[0];
    expect(at([first], '2026-06-08T10:00:00+09:00')).toMatchObject({
      dueAt: '2026-06-09T02:30:00.000Z',
    });
    expect(at(raised, '2026-06-08T11:30:00+09:00')).toMatchObject({
      dueAt: '2026-06-08T03:30:00.000Z',
      elapsedMinutes: 120,
    });
    expect(at(raised, '2026-06-08T13:00:00+09:00')).toMatchObject({
      state: 'met',
      elapsedMinutes: 150,
      appliedPolicies: [
        { at: '2026-06-08T00:30:00.000Z', dueAt: '2026-06-09T02:30:00.000Z' },
        { at: '2026-06-08T02:30:00.000Z', dueAt: '2026-06-08T03:30:00.000Z' },
      ],
    });
  });
});
