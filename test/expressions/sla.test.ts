/** FEEL on SLA clocks: rows of a decision table as targets, steps that were reached, and the ledger. */
import { describe, expect, test } from 'vitest';
import { evaluate, type Json } from '../../engine/expressions/index.js';
import { calendar, weekly } from '../calendars/support.js';
import { scopeOf } from './scope.js';

const office = calendar('UTC', {
  weekly: weekly('mon tue wed thu fri', ['09:00', '17:00']),
  holidays: ['2026-03-03'],
});

const target = (policy: string, priority: string, minutes: number, hours = 'business') => ({
  ...{ policy, metric: 'first_reply', priority, minutes, hours, calendar: 'office' },
  warnAt: [50, 200],
});
const targets = [target('plain', 'P1', 60, 'calendar'), target('plain', 'P3', 480)];
const created = (priority: string) => ({
  ...{ seq: 1, at: '2026-03-02T13:00:00Z', type: 'created', priority, status: 'open' },
  ...{ by: 'customer', fields: { policy: 'plain' } },
});

const outcome = (source: string, variables: Readonly<Record<string, Json>>): Json => {
  const result = evaluate(source, {
    ...scopeOf({ targets, ...variables }),
    calendars: { office: [office] },
  });
  return result.ok ? result.value : result.code;
};

const clocks = (events: Json, at: string): Json =>
  outcome('sla clocks(events, targets, at)', { events, at });

describe('sla clocks', () => {
  test('count business time over night and holiday, and say when to look again', () => {
    expect(clocks([created('P3')], '2026-03-02T14:00:00+00:00')).toMatchObject({
      rows: [{ policy: 'plain', dueAt: '2026-03-04T13:00:00.000Z', state: 'running' }],
      reached: [],
      nextAt: '2026-03-02T17:00:00.000Z',
    });
  });

  test('reach 100 % after the due time, not at it, and 200 % of what is not done', () => {
    const due = '2026-03-02T14:00:00.000Z';
    const keys = (at: string) => clocks([created('P1')], at);
    expect(keys(due)).toMatchObject({
      reached: [{ percent: 50, metric: 'first_reply', number: 1, dueAt: due }],
      nextAt: '2026-03-02T14:00:00.001Z',
    });
    expect(keys('2026-03-02T14:00:00.001Z')).toMatchObject({
      rows: [{ breachedAt: due, state: 'breached' }],
      reached: [{ percent: 50 }, { percent: 100, key: `first_reply 1 100 ${due}` }],
      nextAt: '2026-03-02T15:00:00.001Z',
    });
  });

  test('warn no more of what is done, and keep that it was late', () => {
    const reply = { seq: 2, at: '2026-03-02T14:30:00Z', type: 'agent_reply', public: true };
    expect(clocks([created('P1'), reply], '2026-03-03T00:00:00Z')).toMatchObject({
      rows: [{ state: 'breached', fulfilledAt: '2026-03-02T14:30:00.000Z' }],
      reached: [{ percent: 100 }],
      nextAt: null,
    });
  });

  test('are missed at once under a target that comes too late, and only from then on', () => {
    const at = '2026-03-02T14:30:00.000Z';
    const events = [created('P3'), { seq: 2, at, type: 'priority', to: 'P1' }];
    expect(clocks(events, at)).toMatchObject({ reached: [], nextAt: '2026-03-02T14:30:00.001Z' });
    expect(clocks(events, '2026-03-02T14:30:00.001Z')).toMatchObject({
      reached: [{ percent: 100, at }],
      nextAt: '2026-03-02T15:00:00.001Z',
    });
  });

  test('are withdrawn with their policy; what they do not know counts for nothing', () => {
    const gone = { seq: 2, at: '2026-03-02T13:30:00Z', type: 'field', name: 'policy', to: null };
    const link = { seq: 3, at: '2026-03-02T13:40:00Z', type: 'link' };
    expect(clocks([created('P1'), gone, link], '2026-03-03T00:00:00Z')).toMatchObject({
      rows: [{ state: 'withdrawn' }],
      reached: [],
      nextAt: null,
    });
  });

  test('refuse a status that there is not', () => {
    const closed = { seq: 2, at: '2026-03-02T13:30:00Z', type: 'status', to: 'closed' };
    expect(clocks([created('P1'), closed], '2026-03-03T00:00:00Z')).toBe('FEEL_INVALID_ARGUMENT');
  });

  test('have a ledger', () => {
    const of = { events: [created('P3')], at: '2026-03-04T10:00:00Z' };
    const ledger = outcome('sla ledger(events, targets, at, "first_reply", 1)', of) as Json[];
    expect(ledger.map((line) => (line as { reason: string }).reason)).toEqual([
      ...['weekly', 'closed', 'holiday', 'closed', 'weekly'],
    ]);
  });

  test.each<[string, Json]>([
    ['a metric that there is not', { ...target('plain', 'P1', 5), metric: 'smile' }],
    ['a calendar that there is not', { ...target('plain', 'P1', 5), calendar: 'moon' }],
    ['hours of no kind', target('plain', 'P1', 5, 'happy')],
    ['a row without minutes', { policy: 'plain', metric: 'resolution' }],
  ])('refuse %s', (_, row) => {
    expect(clocks([created('P1')], '2026-03-03T00:00:00Z')).not.toBe('FEEL_INVALID_ARGUMENT');
    const of = { events: [created('P1')], targets: [row], at: '2026-03-03T00:00:00Z' };
    expect(outcome('sla clocks(events, targets, at)', of)).toBe('FEEL_INVALID_ARGUMENT');
  });
});
