import { describe, expect, test } from 'vitest';
import { slaLedger } from '../../engine/sla/index.js';
import { DESK, instant, policy, rowsAt, rules, ticket } from './support.js';

describe('breach', () => {
  const events = ticket(['09:00', 'created']);
  const of = rules(policy('first_reply', { normal: 60 }));

  test.each([
    ['10:00', 'running', null],
    ['10:01', 'breached', instant('10:00')],
  ])('at %s it is %s', (time, state, breachedAt) => {
    expect(rowsAt(events, of, time)).toMatchObject([
      { state, breachedAt, dueAt: instant('10:00') },
    ]);
  });

  test('a late reply does not undo it, and says so', () => {
    const late = ticket(['09:00', 'created'], ['10:30', 'reply']);
    expect(rowsAt(late, of, '11:00')).toMatchObject([
      {
        state: 'breached',
        breachedAt: instant('10:00'),
        fulfilledAt: instant('10:30'),
        metFinalTarget: false,
        elapsedMinutes: 90,
      },
    ]);
  });

  test('what happens later does not count', () => {
    const late = ticket(['09:00', 'created'], ['10:30', 'reply']);
    expect(rowsAt(late, of, '09:30')).toMatchObject([{ state: 'running', fulfilledAt: null }]);
    expect(rowsAt(late, of, '08:00')).toEqual([]);
  });
});

describe('pause', () => {
  const of = rules(policy('requester_wait', { normal: 60 }));

  test('while paused nothing is due', () => {
    const events = ticket(['09:00', 'created'], ['09:30', 'status pending']);
    expect(rowsAt(events, of, '16:00')).toMatchObject([
      { state: 'paused', dueAt: null, breachedAt: null, elapsedMinutes: 30, pausedMinutes: 390 },
    ]);
  });

  test('unless the target was reached at the pause: then it keeps its due time and is missed', () => {
    const events = ticket(['09:00', 'created'], ['10:00', 'status pending']);
    expect(rowsAt(events, of, '10:00')).toMatchObject([
      { state: 'paused', dueAt: instant('10:00') },
    ]);
    expect(rowsAt(events, of, '16:00')).toMatchObject([
      { state: 'breached', dueAt: instant('10:00'), breachedAt: instant('10:00') },
    ]);
  });

  test('fulfilled while paused, it is met and was due at no time', () => {
    const events = ticket(
      ['09:00', 'created'],
      ['09:30', 'status pending'],
      ['15:00', 'status solved'],
    );
    expect(rowsAt(events, of, '16:00')).toMatchObject([
      { state: 'met', dueAt: null, metFinalTarget: true },
    ]);
  });

  test('a pause in closed hours changes nothing', () => {
    const events = ticket(
      ['16:30', 'created'],
      ['18:00', 'status pending'],
      ['20:00', 'status open'],
    );
    expect(rowsAt(events, of, '21:00')).toMatchObject([
      { dueAt: instant('+1 09:30'), elapsedMinutes: 30, pausedMinutes: 0 },
    ]);
  });

  test('a reply that makes it wait fulfils first and pauses then', () => {
    const both = rules({
      ...policy('first_reply', { normal: 60 }),
      metrics: {
        ...policy('first_reply', { normal: 60 }).metrics,
        ...policy('requester_wait', { normal: 600 }).metrics,
      },
    });
    const events = ticket(['09:00', 'created'], ['10:00', 'status pending', 'reply']);
    expect(rowsAt(events, both, '12:00')).toMatchObject([
      { metric: 'first_reply', state: 'met' },
      { metric: 'requester_wait', state: 'paused', elapsedMinutes: 60 },
    ]);
  });
});

describe('another target', () => {
  test('that has passed already is missed from its beginning on, not before', () => {
    const of = rules(policy('first_reply', { normal: 600, high: 60 }));
    const events = ticket(['09:00', 'created'], ['11:00', 'priority high']);
    expect(rowsAt(events, of, '11:00')).toMatchObject([
      { state: 'running', dueAt: instant('10:00') },
    ]);
    expect(rowsAt(events, of, '11:01')).toMatchObject([
      { state: 'breached', breachedAt: instant('11:00') },
    ]);
  });

  test('answered in the update that brings it, it is kept', () => {
    const of = rules(policy('first_reply', { normal: 600, high: 60 }));
    const events = ticket(['09:00', 'created'], ['11:00', 'reply', 'priority high']);
    expect(rowsAt(events, of, '12:00')).toMatchObject([
      { state: 'met', target: 60, breachedAt: null },
    ]);
  });

  test('a recorded breach stays, and the last target is told apart', () => {
    const of = rules(policy('first_reply', { high: 60, low: 600 }));
    const events = ticket(['09:00', 'created high'], ['10:30', 'priority low'], ['11:00', 'reply']);
    expect(rowsAt(events, of, '12:00')).toMatchObject([
      { state: 'breached', breachedAt: instant('10:00'), metFinalTarget: true },
    ]);
  });

  test('at the due time itself it comes before the breach', () => {
    const of = rules(policy('first_reply', { high: 60, low: 600 }));
    const events = ticket(['09:00', 'created high'], ['10:00', 'priority low']);
    expect(rowsAt(events, of, '12:00')).toMatchObject([{ state: 'running', breachedAt: null }]);
  });

  test('on another basis of hours all is counted anew, pauses out', () => {
    const of = rules(policy('requester_wait', { normal: 600, high: '1200c' }));
    const events = ticket(
      ['16:00', 'created'],
      ['18:00', 'status pending'],
      ['20:00', 'status open'],
      ['21:00', 'priority high'],
    );
    expect(rowsAt(events, of, '21:00')).toMatchObject([
      { basis: 'calendar', elapsedMinutes: 180, pausedMinutes: 120, calendarVersion: null },
    ]);
  });

  test('no target for the priority withdraws it, and it comes back with its time', () => {
    const of = rules(policy('first_reply', { normal: 600 }));
    const events = ticket(
      ['09:00', 'created'],
      ['10:00', 'priority odd'],
      ['12:00', 'priority normal'],
    );
    expect(rowsAt(events, of, '11:00')).toMatchObject([
      { state: 'withdrawn', dueAt: null, metFinalTarget: null },
    ]);
    expect(rowsAt(events, of, '13:00')).toMatchObject([{ state: 'running', elapsedMinutes: 240 }]);
  });

  test('a calendar of the same basis counts from the change on', () => {
    const night = { ...DESK, weekly: { mon: [['12:00', '24:00']] as const } };
    const of = {
      ...rules(
        policy(
          'first_reply',
          { normal: 600 },
          { when: { tier: 'night' }, calendar: 'night', title: 'night' },
        ),
        policy('first_reply', { normal: 600 }),
      ),
      calendars: { desk: [DESK], night: [night] },
    };
    const events = ticket(['16:00', 'created'], ['18:00', 'field tier night']);
    expect(rowsAt(events, of, '20:00')).toMatchObject([
      {
        policy: 'night',
        elapsedMinutes: 180,
        appliedPolicies: [{ title: 'standard' }, { title: 'night' }],
      },
    ]);
  });
});

describe('policies', () => {
  test('the first that fits counts, by value and by FEEL', () => {
    const of = rules(
      policy('first_reply', { normal: 10 }, { title: 'vip', when: { tier: '="gold","silver"' } }),
      policy('first_reply', { normal: 20 }, { title: 'spanish', when: { language: 'es' } }),
      policy('first_reply', { normal: 30 }, { title: 'rest' }),
    );
    const titled = (...fields: string[]): unknown =>
      rowsAt(ticket(['09:00', 'created', ...fields]), of, '09:00')[0]?.policy;
    expect(titled('field tier gold')).toBe('vip');
    expect(titled('field language es')).toBe('spanish');
    expect(titled('field tier bronze')).toBe('rest');
  });

  test('an edited list reaches an open ticket with its next event', () => {
    const of = {
      ...rules(),
      lists: [
        { validFrom: instant('00:00'), policies: [policy('first_reply', { normal: 600 })] },
        {
          validFrom: instant('10:00'),
          policies: [policy('first_reply', { normal: 120 }, { version: 2 })],
        },
      ],
    };
    const events = ticket(['09:00', 'created'], ['10:30', 'customer']);
    expect(rowsAt(events, of, '10:15')).toMatchObject([{ target: 600, policyVersion: 1 }]);
    expect(rowsAt(events, of, '10:30')).toMatchObject([{ target: 120, policyVersion: 2 }]);
  });

  test('a calendar that never opens cannot be reached', () => {
    const of = {
      ...rules(policy('first_reply', { normal: 10 })),
      calendars: { desk: [{ ...DESK, weekly: {} }] },
    };
    expect(rowsAt(ticket(['09:00', 'created']), of, '12:00')).toMatchObject([
      { state: 'unreachable', dueAt: null, breachedAt: null },
    ]);
  });
});

describe('warnings', () => {
  const of = rules(
    policy('first_reply', { normal: 400, high: 100 }, { warnPercent: [90, 50, 75, 200] }),
  );
  const warned = (events: Parameters<typeof rowsAt>[0], time: string) =>
    rowsAt(events, of, time)[0]?.warnings.map(
      ({ percent, at, isRaised }) => `${percent} ${at?.slice(11, 16) ?? 'unknown'} ${isRaised}`,
    );

  test('planned and raised, also beyond the target', () => {
    expect(warned(ticket(['09:00', 'created high']), '10:15')).toEqual([
      '50 09:50 true',
      '75 10:15 true',
      '90 10:30 false',
      '200 12:20 false',
    ]);
  });

  test('after another target only those to come; those that were raised stay', () => {
    const events = ticket(['09:00', 'created'], ['12:30', 'priority high']);
    expect(warned(events, '12:30')).toEqual(['50 12:20 true']);
    const early = ticket(['09:00', 'created'], ['10:00', 'priority high']);
    expect(warned(early, '10:00')).toEqual(['75 10:15 false', '90 10:30 false', '200 12:20 false']);
  });

  test('what was kept is not warned of any more', () => {
    expect(warned(ticket(['09:00', 'created high'], ['10:15', 'reply']), '16:00')).toEqual([
      '50 09:50 true',
    ]);
  });

  test('while paused nobody knows when', () => {
    const waiting = rules(policy('requester_wait', { normal: 100 }, { warnPercent: [50, 75] }));
    const events = ticket(['09:00', 'created'], ['10:00', 'status pending']);
    expect(rowsAt(events, waiting, '12:00')[0]?.warnings).toEqual([
      { percent: 50, at: instant('09:50'), isRaised: true },
      { percent: 75, at: null, isRaised: false },
    ]);
  });
});

test('updates at one instant come in the order of their numbers, whatever order they are given in', () => {
  const of = rules(policy('requester_wait', { normal: 600 }));
  const events = ticket(
    ['09:00', 'created'],
    ['10:00', 'status pending'],
    ['10:00', 'status open'],
  );
  const forward = rowsAt(events, of, '12:00');
  expect(forward).toMatchObject([{ state: 'running', elapsedMinutes: 180 }]);
  expect(rowsAt([...events].reverse(), of, '12:00')).toEqual(forward);
});

test('the ledger tells every part of the time', () => {
  const of = rules(policy('requester_wait', { normal: 600 }));
  const events = ticket(
    ['16:00', 'created'],
    ['18:00', 'status pending'],
    ['+1 10:00', 'status open'],
  );
  const lines = slaLedger(events, of, instant('+1 12:00'), { metric: 'requester_wait', number: 1 });
  expect(
    lines.map(({ to, isCounted, reason }) => `${reason} ${isCounted} ${to.slice(8, 16)}`),
  ).toEqual([
    'weekly true 02T17:00',
    'closed false 02T18:00',
    'pause false 03T10:00',
    'weekly true 03T12:00',
  ]);
  const counted = lines.filter(({ isCounted }) => isCounted);
  const sum = counted.reduce((total, { from, to }) => total + Date.parse(to) - Date.parse(from), 0);
  expect(sum / 60_000).toBe(rowsAt(events, of, '+1 12:00')[0]?.elapsedMinutes);
});
