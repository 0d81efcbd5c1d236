import { describe, expect, test } from 'vitest';
import type { Metric } from '../../engine/sla/index.js';
import { policy, rowsAt, rules, ticket, type Update } from './support.js';

/** `state startedAt elapsed`, a row each, at 16:00. */
const told = (metric: Metric, ...updates: readonly Update[]): readonly string[] =>
  rowsAt(ticket(...updates), rules(policy(metric, { normal: 10_000 })), '16:00').map(
    ({ state, startedAt, elapsedMinutes }) =>
      `${state} ${startedAt.slice(11, 16)} ${elapsedMinutes}`,
  );

describe('first reply', () => {
  test.each<[string, Update[], string[]]>([
    ['a customer waits from the creation', [['09:00', 'created']], ['running 09:00 420']],
    [
      'a public reply fulfils it',
      [
        ['09:00', 'created'],
        ['10:00', 'reply'],
      ],
      ['met 09:00 60'],
    ],
    [
      'a note does not',
      [
        ['09:00', 'created'],
        ['10:00', 'note'],
      ],
      ['running 09:00 420'],
    ],
    [
      'an automatic answer does not',
      [
        ['09:00', 'created'],
        ['10:00', 'auto'],
      ],
      ['running 09:00 420'],
    ],
    [
      'being solved does not',
      [
        ['09:00', 'created'],
        ['10:00', 'status solved'],
      ],
      ['running 09:00 420'],
    ],
    ['it never pauses', [['09:00', 'created normal pending']], ['running 09:00 420']],
    ['created by us, nobody waits', [['09:00', 'created-by-us']], []],
    [
      '… until the customer writes',
      [
        ['09:00', 'created-by-us'],
        ['11:00', 'customer'],
      ],
      ['running 11:00 300'],
    ],
    [
      '… and what we wrote before was no answer',
      [
        ['09:00', 'created-by-us', 'reply'],
        ['11:00', 'customer'],
        ['12:00', 'reply'],
      ],
      ['met 11:00 60'],
    ],
    ['answered in the same update, it is none', [['09:00', 'created', 'reply']], []],
  ])('%s', (_, updates, expected) => {
    expect(told('first_reply', ...updates)).toEqual(expected);
  });
});

describe('next reply', () => {
  const begun: Update[] = [
    ['09:00', 'created'],
    ['10:00', 'reply'],
  ];
  test.each<[string, Update[], string[]]>([
    ['nobody waits', [], []],
    [
      'the oldest message waits',
      [
        ['11:00', 'customer'],
        ['12:00', 'customer'],
      ],
      ['running 11:00 300'],
    ],
    [
      'a reply answers all of them',
      [
        ['11:00', 'customer'],
        ['12:00', 'customer'],
        ['13:00', 'reply'],
      ],
      ['met 11:00 120'],
    ],
    [
      'being solved too',
      [
        ['11:00', 'customer'],
        ['12:00', 'status solved'],
      ],
      ['met 11:00 60'],
    ],
    [
      'each wait has its own clock',
      [
        ['11:00', 'customer'],
        ['12:00', 'reply'],
        ['13:00', 'customer'],
      ],
      ['met 11:00 60', 'running 13:00 180'],
    ],
    ['answered in the same update, it is none', [['11:00', 'customer', 'reply']], []],
    [
      'thanks on a solved ticket start none',
      [
        ['11:00', 'status solved'],
        ['12:00', 'customer'],
      ],
      [],
    ],
    [
      '… until it is opened again',
      [
        ['11:00', 'status solved'],
        ['12:00', 'customer'],
        ['13:00', 'status open'],
      ],
      ['running 12:00 240'],
    ],
  ])('%s', (_, updates, expected) => {
    expect(told('next_reply', ...begun, ...updates)).toEqual(expected);
  });
  test('a message before the first answer starts none', () => {
    expect(told('next_reply', ['09:00', 'created'], ['10:00', 'customer'])).toEqual([]);
  });
});

describe('updates', () => {
  test.each<[string, Metric, Update[], string[]]>([
    ['a reply promises the next', 'periodic_update', [['10:00', 'reply']], ['running 10:00 360']],
    [
      'which keeps it and promises another',
      'periodic_update',
      [
        ['10:00', 'reply'],
        ['11:00', 'reply'],
      ],
      ['met 10:00 60', 'running 11:00 300'],
    ],
    [
      'being solved ends it',
      'periodic_update',
      [
        ['10:00', 'reply'],
        ['12:00', 'status solved'],
      ],
      ['met 10:00 120'],
    ],
    [
      'a reply that solves promises none',
      'periodic_update',
      [['10:00', 'reply', 'status solved']],
      [],
    ],
    [
      'waiting for the customer does not pause it',
      'periodic_update',
      [['10:00', 'reply', 'status pending']],
      ['running 10:00 360'],
    ],
    [
      'but the pausable one',
      'pausable_update',
      [['10:00', 'reply', 'status pending']],
      ['paused 10:00 0'],
    ],
    [
      'which then goes on',
      'pausable_update',
      [
        ['10:00', 'reply', 'status pending'],
        ['15:00', 'status open'],
      ],
      ['running 10:00 60'],
    ],
  ])('%s', (_, metric, updates, expected) => {
    expect(told(metric, ['09:00', 'created'], ...updates)).toEqual(expected);
  });
});

describe('until it is solved', () => {
  const pauses: Update[] = [
    ['10:00', 'status pending'],
    ['11:00', 'status on_hold'],
    ['13:00', 'status open'],
  ];
  test.each<[Metric, string]>([
    ['requester_wait', 'running 09:00 360'],
    ['agent_work', 'running 09:00 240'],
    ['resolution', 'running 09:00 420'],
    ['first_resolution', 'running 09:00 420'],
  ])('%s pauses where it does', (metric, expected) => {
    expect(told(metric, ['09:00', 'created'], ...pauses)).toEqual([expected]);
  });

  const reopened: Update[] = [
    ['10:00', 'status solved'],
    ['14:00', 'status open'],
  ];
  test.each<[Metric, string]>([
    ['requester_wait', 'running 09:00 180'],
    ['agent_work', 'running 09:00 180'],
    ['resolution', 'running 09:00 180'],
    ['first_resolution', 'met 09:00 60'],
  ])('%s, opened again, counts no solved time', (metric, expected) => {
    expect(told(metric, ['09:00', 'created'], ...reopened)).toEqual([expected]);
  });

  test('reopened to wait for the customer, it stands still', () => {
    const updates: Update[] = [
      ['09:00', 'created'],
      ['10:00', 'status solved'],
      ['14:00', 'status pending'],
    ];
    expect(told('requester_wait', ...updates)).toEqual(['paused 09:00 60']);
    expect(told('resolution', ...updates)).toEqual(['running 09:00 180']);
  });

  test('created solved, there is none', () => {
    expect(told('resolution', ['09:00', 'created normal solved'])).toEqual([]);
  });
});
