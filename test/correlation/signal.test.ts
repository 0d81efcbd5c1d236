import { describe, expect, test } from 'vitest';
import {
  correlateSignal,
  createSignalCorrelator,
  type SignalCorrelatorEvent,
} from '../../engine/correlation/index.js';

const open = (instanceId: string, subscriptionId: string) =>
  ({ kind: 'opened', instanceId, subscriptionId }) as const;
const close = (instanceId: string, subscriptionId: string) =>
  ({ kind: 'closed', instanceId, subscriptionId }) as const;
const broadcast = { kind: 'broadcast', variables: { a: 1 } } as const;
const starts = (...processIds: string[]) =>
  ({
    kind: 'startsChanged',
    starts: processIds.map((processId) => ({ processId, elementId: 's' })),
  }) as const;

const rules: readonly [rule: string, events: SignalCorrelatorEvent[], then: string[]][] = [
  [
    'reaches every open subscription, an instance once with all of its own',
    [open('i1', 'a'), open('i2', 'a'), open('i1', 'b'), broadcast],
    ['i1: a b', 'i2: a'],
  ],
  ['starts one instance per start event', [starts('p', 'q'), broadcast], ['p at s', 'q at s']],
  ['is never kept for later', [broadcast, open('i1', 'a')], []],
  ['passes over what was closed', [open('i1', 'a'), close('i1', 'a'), broadcast], []],
  [
    'keeps a subscription that takes more than one',
    [open('i1', 'a'), broadcast, broadcast],
    ['i1: a', 'i1: a'],
  ],
  ['knows an opening that is told twice', [open('i1', 'a'), open('i1', 'a'), broadcast], ['i1: a']],
  [
    'starts the newest versions only',
    [starts('p'), starts('p', 'q'), starts('q'), broadcast],
    ['q at s'],
  ],
];

describe('the signal correlator (S65)', () => {
  test.each(rules)('%s', (_rule, events, then) => {
    const state = createSignalCorrelator();
    const told = events.flatMap((event) =>
      correlateSignal(state, event).map((action) =>
        action.kind === 'deliver'
          ? `${action.instanceId}: ${action.subscriptionIds.join(' ')}`
          : `${action.processId} at ${action.elementId}`,
      ),
    );
    expect(told).toEqual(then);
  });
});
