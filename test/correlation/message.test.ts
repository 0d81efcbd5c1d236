import { describe, expect, test } from 'vitest';
import {
  correlateMessage,
  createMessageCorrelator,
  type MessageAction,
  type MessageCorrelatorEvent,
} from '../../engine/correlation/index.js';
import { cpuMs } from '../support/cpu-time.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

/** Everything by short names: `i1/s1` is subscription s1 of instance i1. */
const open = (minute: number, ref: string, more: object = {}): MessageCorrelatorEvent => {
  const [instanceId = '', subscriptionId = ''] = ref.split('/');
  const subscription = {
    instanceId,
    subscriptionId,
    processId: 'p',
    depth: 0,
    isInterrupting: true,
  };
  return { kind: 'opened', at: at(minute), subscription: { ...subscription, ...more } };
};
const named = (
  kind: 'closed' | 'taken' | 'refused' | 'postponed',
  minute: number,
  ref: string,
  messageId = '',
) => {
  const [instanceId = '', subscriptionId = ''] = ref.split('/');
  return { kind, at: at(minute), instanceId, subscriptionId, messageId } as MessageCorrelatorEvent;
};
const publish = (minute: number, messageId: string, ttl = 60): MessageCorrelatorEvent => ({
  kind: 'published',
  at: at(minute),
  requestId: `ask-${messageId}`,
  messageId,
  variables: {},
  expiresAt: ttl === 0 ? null : at(minute + ttl),
  uniqueUntil: at(minute + 120),
});
const starts = (minute: number, ...processIds: string[]): MessageCorrelatorEvent => ({
  kind: 'startsChanged',
  at: at(minute),
  starts: processIds.map((processId) => ({ processId, elementId: `start-${processId}` })),
});
const started = (minute: number, messageId: string, processId: string, instanceId: string) =>
  ({ kind: 'started', at: at(minute), messageId, processId, instanceId }) as const;
const ended = (minute: number, processId: string, instanceId: string) =>
  ({ kind: 'instanceEnded', at: at(minute), processId, instanceId }) as const;
const busy = (minute: number, messageId: string, processId: string, busyWith: string | null) =>
  ({ kind: 'startRefused', at: at(minute), messageId, processId, busyWith }) as const;
const woken = (minute: number) => ({ kind: 'woken', at: at(minute) }) as const;

const told = (action: MessageAction): string[] => {
  switch (action.kind) {
    case 'deliver':
      return [`${action.message.messageId} → ${action.instanceId}/${action.subscriptionId}`];
    case 'start':
      return [`${action.message.messageId} starts ${action.processId} at ${action.elementId}`];
    case 'expire':
      return [`${action.messageId} expires`];
    case 'answer': {
      const { outcome, correlated, started: made } = action.answer;
      const by = [...correlated, ...made].map(({ instanceId }) => instanceId);
      return [[action.requestId, outcome, ...by].join(' ')];
    }
    case 'wakeAt':
      return [];
  }
};

const run = (events: readonly MessageCorrelatorEvent[], isKeyed = true): string[] => {
  let state = createMessageCorrelator(isKeyed);
  return events.flatMap((event) => {
    const actions = correlateMessage(state, event);
    state = JSON.parse(JSON.stringify(state));
    return actions.flatMap(told);
  });
};

const again = (minute: number, ref: string, before: string) =>
  open(minute, ref, { replaces: before });

const rules: readonly [rule: string, events: MessageCorrelatorEvent[], then: string[]][] = [
  [
    'S60 buffers until the time to live ends: after 59 minutes it matches',
    [publish(0, 'm'), open(59, 'i1/s1'), named('taken', 59, 'i1/s1', 'm')],
    ['ask-m buffered', 'm → i1/s1'],
  ],
  [
    'S60 after 61 minutes it does not match, and it provably expires',
    [publish(0, 'm'), open(61, 'i1/s1')],
    ['ask-m buffered', 'm expires'],
  ],
  [
    'S60 expires when woken at its end',
    [publish(0, 'm'), woken(60)],
    ['ask-m buffered', 'm expires'],
  ],
  [
    'S60 keeps nothing without a time to live',
    [publish(0, 'm', 0)],
    ['m expires', 'ask-m expired'],
  ],
  [
    'S60 gives buffered messages first come first',
    [
      publish(0, 'm1'),
      publish(1, 'm2'),
      open(2, 'i1/s1'),
      named('taken', 2, 'i1/s1', 'm1'),
      open(3, 'i1/s2'),
    ],
    ['ask-m1 buffered', 'ask-m2 buffered', 'm1 → i1/s1', 'm2 → i1/s2'],
  ],
  [
    'S58 keeps what a suspended instance turned away until it waits again',
    [
      open(0, 'i1/s1'),
      publish(1, 'm'),
      named('postponed', 1, 'i1/s1', 'm'),
      again(30, 'i1/s2', 's1'),
      named('taken', 30, 'i1/s2', 'm'),
    ],
    ['m → i1/s1', 'ask-m buffered', 'm → i1/s2'],
  ],
  [
    'S58 keeps nothing that has no time to live',
    [open(0, 'i1/s1'), publish(1, 'm', 0), named('postponed', 1, 'i1/s1', 'm')],
    ['m → i1/s1', 'm expires', 'ask-m expired'],
  ],
  [
    'S58 gives it to another instance that waits',
    [
      open(0, 'i1/s1'),
      open(0, 'i2/s1'),
      publish(1, 'm'),
      named('postponed', 1, 'i1/s1', 'm'),
      named('taken', 1, 'i2/s1', 'm'),
    ],
    ['m → i1/s1', 'm → i2/s1', 'ask-m received i2'],
  ],
  [
    'S58 starts no other instance while one that waits is suspended, but when it has ended',
    [
      starts(0, 'p'),
      open(0, 'i1/s1'),
      publish(1, 'm'),
      named('postponed', 1, 'i1/s1', 'm'),
      publish(2, 'm2'),
      named('postponed', 2, 'i1/s1', 'm2'),
      named('closed', 3, 'i1/s1'),
    ],
    ['m → i1/s1', 'ask-m buffered', 'm2 → i1/s1', 'ask-m2 buffered', 'm starts p at start-p'],
  ],
  [
    'S58 finds out by the next message that a suspended instance is gone',
    [
      starts(0, 'p'),
      open(0, 'i1/s1'),
      publish(1, 'm'),
      named('postponed', 1, 'i1/s1', 'm'),
      publish(2, 'm2'),
      named('refused', 2, 'i1/s1', 'm2'),
    ],
    ['m → i1/s1', 'ask-m buffered', 'm2 → i1/s1', 'm starts p at start-p', 'ask-m2 buffered'],
  ],
  [
    'S58 keeps it for the suspended process while another takes it',
    [
      open(0, 'i1/s1'),
      open(0, 'q1/s1', { processId: 'q' }),
      publish(1, 'm'),
      named('taken', 1, 'q1/s1', 'm'),
      named('postponed', 1, 'i1/s1', 'm'),
      again(2, 'i1/s2', 's1'),
    ],
    ['m → i1/s1', 'm → q1/s1', 'ask-m buffered q1', 'm → i1/s2'],
  ],
  [
    'S58 offers it again when the instance waits anew before it is known that it turned it away',
    [
      open(0, 'i1/s1', { isInterrupting: false }),
      publish(1, 'm'),
      again(1, 'i1/s2', 's1'),
      named('postponed', 1, 'i1/s1', 'm'),
    ],
    ['m → i1/s1', 'm → i1/s2'],
  ],
  [
    'S58 does not wait for an instance that gave up before it is known that it turned it away',
    [
      starts(0, 'p'),
      open(0, 'i1/s1'),
      publish(1, 'm'),
      named('closed', 1, 'i1/s1'),
      named('postponed', 1, 'i1/s1', 'm'),
    ],
    ['m → i1/s1', 'm starts p at start-p'],
  ],
  [
    'S60 rejects a repeated id within the retention, also after it was received',
    [open(0, 'i1/s1'), publish(1, 'm'), named('taken', 1, 'i1/s1', 'm'), publish(2, 'm')],
    ['m → i1/s1', 'ask-m received i1', 'ask-m duplicate'],
  ],
  [
    'S60 takes the id again after the retention',
    [publish(0, 'm', 0), publish(121, 'm', 0)],
    ['m expires', 'ask-m expired', 'm expires', 'ask-m expired'],
  ],
  [
    'S60 takes an id like __proto__ for what it is',
    [publish(0, '__proto__'), publish(1, '__proto__'), open(2, 'i1/s1')],
    ['ask-__proto__ buffered', 'ask-__proto__ duplicate', '__proto__ → i1/s1'],
  ],
  [
    'S61 gives one message to the older of two instances of a process',
    [open(0, 'i1/s1'), open(1, 'i2/s1'), publish(2, 'm'), named('taken', 2, 'i1/s1', 'm')],
    ['m → i1/s1', 'ask-m received i1'],
  ],
  [
    'S61 chooses the deepest scope of that instance, then the oldest',
    [
      open(0, 'i1/s1'),
      open(1, 'i1/s2', { depth: 2 }),
      open(1, 'i1/s3', { depth: 2 }),
      publish(2, 'm'),
    ],
    ['m → i1/s2'],
  ],
  [
    'S61 gives one message to any number of processes',
    [
      open(0, 'i1/s1'),
      open(0, 'i2/s1', { processId: 'q' }),
      publish(1, 'm'),
      named('taken', 1, 'i1/s1', 'm'),
      named('taken', 1, 'i2/s1', 'm'),
    ],
    ['m → i1/s1', 'm → i2/s1', 'ask-m received i1 i2'],
  ],
  [
    'S61 counts two messages in a row to a non-interrupting catch',
    [open(0, 'i1/s1', { isInterrupting: false }), publish(1, 'm1'), publish(1, 'm2')],
    ['m1 → i1/s1', 'm2 → i1/s1'],
  ],
  [
    'S61 gives a non-interrupting catch all that is buffered',
    [publish(0, 'm1'), publish(0, 'm2'), open(1, 'i1/s1', { isInterrupting: false })],
    ['ask-m1 buffered', 'ask-m2 buffered', 'm1 → i1/s1', 'm2 → i1/s1'],
  ],
  [
    'S61 prefers an open subscription to a start event of the same process',
    [starts(0, 'p'), open(0, 'i1/s1'), publish(1, 'm')],
    ['m → i1/s1'],
  ],
  [
    'S61 a message that was received is not kept for others',
    [open(0, 'i1/s1'), publish(1, 'm'), named('taken', 1, 'i1/s1', 'm'), open(2, 'i2/s1')],
    ['m → i1/s1', 'ask-m received i1'],
  ],
  [
    'S62 buffers a start while an instance of the key lives, and starts the next when it ends',
    [
      starts(0, 'p'),
      publish(1, 'm1'),
      started(1, 'm1', 'p', 'i1'),
      publish(2, 'm2'),
      ended(3, 'p', 'i1'),
    ],
    ['m1 starts p at start-p', 'ask-m1 received i1', 'ask-m2 buffered', 'm2 starts p at start-p'],
  ],
  [
    'S62 passes over a message whose start was refused for good when the key is free again',
    [
      starts(0, 'p'),
      publish(1, 'a'),
      busy(1, 'a', 'p', null),
      publish(2, 'b'),
      started(2, 'b', 'p', 'i1'),
      publish(3, 'c'),
      ended(4, 'p', 'i1'),
      open(5, 'i2/s1'),
    ],
    [
      'a starts p at start-p',
      'ask-a buffered',
      'b starts p at start-p',
      'ask-b received i1',
      'ask-c buffered',
      'c starts p at start-p',
      'a → i2/s1',
    ],
  ],
  [
    'S62 starts nothing when the time to live ended first',
    [
      starts(0, 'p'),
      publish(1, 'm1'),
      started(1, 'm1', 'p', 'i1'),
      publish(2, 'm2', 5),
      ended(8, 'p', 'i1'),
    ],
    ['m1 starts p at start-p', 'ask-m1 received i1', 'ask-m2 buffered', 'm2 expires'],
  ],
  [
    'S62 holds a second start while the first is being made',
    [starts(0, 'p'), publish(1, 'm1'), publish(1, 'm2'), started(1, 'm1', 'p', 'i1')],
    ['m1 starts p at start-p', 'ask-m2 buffered', 'ask-m1 received i1'],
  ],
  [
    'S62 takes the word of a host that the key is held by another message start',
    [starts(0, 'p'), publish(1, 'm'), busy(1, 'm', 'p', 'i9'), ended(2, 'p', 'i9')],
    ['m starts p at start-p', 'ask-m buffered', 'm starts p at start-p'],
  ],
  [
    'S62 hears of an end that comes before the answer to the start',
    [
      starts(0, 'p'),
      publish(1, 'm1'),
      publish(1, 'm2'),
      ended(2, 'p', 'i1'),
      started(2, 'm1', 'p', 'i1'),
    ],
    ['m1 starts p at start-p', 'ask-m2 buffered', 'ask-m1 received i1', 'm2 starts p at start-p'],
  ],
  [
    'S62 hears of an end that comes before the word that the key is held',
    [starts(0, 'p'), publish(1, 'm'), ended(2, 'p', 'i9'), busy(2, 'm', 'p', 'i9')],
    ['m starts p at start-p', 'm starts p at start-p'],
  ],
  [
    'S62 keeps a received message for the process whose start has to wait, and for that one alone',
    [
      starts(0, 'p'),
      publish(1, 'm1'),
      started(1, 'm1', 'p', 'i1'),
      open(2, 'j1/s1', { processId: 'q' }),
      publish(3, 'm2'),
      named('taken', 3, 'j1/s1', 'm2'),
      open(4, 'j2/s1', { processId: 'q' }),
      ended(5, 'p', 'i1'),
    ],
    [
      'm1 starts p at start-p',
      'ask-m1 received i1',
      'm2 → j1/s1',
      'ask-m2 buffered j1',
      'm2 starts p at start-p',
    ],
  ],
  [
    'S16 a new set of starts replaces the one before',
    [starts(0, 'p'), starts(1, 'q'), publish(2, 'm')],
    ['m starts q at start-q'],
  ],
  [
    'a start that failed for good is not tried again',
    [starts(0, 'p'), publish(1, 'm'), busy(1, 'm', 'p', null), starts(2, 'p')],
    ['m starts p at start-p', 'ask-m buffered'],
  ],
  [
    'a refused delivery goes to the next subscription, and its time to live counts on',
    [
      open(0, 'i1/s1'),
      open(0, 'i2/s1'),
      publish(1, 'm'),
      named('refused', 2, 'i1/s1', 'm'),
      named('refused', 3, 'i2/s1', 'm'),
      woken(61),
    ],
    ['m → i1/s1', 'm → i2/s1', 'ask-m buffered', 'm expires'],
  ],
  [
    'a refused delivery goes to what was opened in the meantime, of any process',
    [
      open(0, 'i1/s1'),
      publish(1, 'm'),
      open(1, 'j1/s1', { processId: 'q' }),
      named('refused', 2, 'i1/s1', 'm'),
    ],
    ['m → i1/s1', 'm → j1/s1'],
  ],
  [
    'a message that comes back keeps its place before younger ones',
    [
      open(0, 'i1/s1'),
      publish(1, 'm1'),
      publish(2, 'm2'),
      named('refused', 3, 'i1/s1', 'm1'),
      open(4, 'i1/s2'),
    ],
    ['m1 → i1/s1', 'ask-m2 buffered', 'ask-m1 buffered', 'm1 → i1/s2'],
  ],
  [
    'a closed subscription gets nothing',
    [open(0, 'i1/s1'), named('closed', 1, 'i1/s1'), publish(2, 'm')],
    ['ask-m buffered'],
  ],
  [
    'an outcome that is told twice counts once',
    [
      open(0, 'i1/s1'),
      publish(1, 'm'),
      named('taken', 1, 'i1/s1', 'm'),
      named('refused', 1, 'i1/s1', 'm'),
      named('taken', 1, 'i1/s1', 'm'),
    ],
    ['m → i1/s1', 'ask-m received i1'],
  ],
];

describe('the message correlator', () => {
  test.each(rules)('%s', (_rule, events, then) => {
    expect(run(events)).toEqual(then);
  });

  test('S62 without a key every message starts an instance', () => {
    const events = [starts(0, 'p'), publish(1, 'm1'), publish(1, 'm2')];
    expect(run(events, false)).toEqual(['m1 starts p at start-p', 'm2 starts p at start-p']);
  });

  test('asks to be woken at the next deadline only when that changes', () => {
    const state = createMessageCorrelator(true);
    const wakes = (event: MessageCorrelatorEvent) =>
      correlateMessage(state, event).flatMap((one) => (one.kind === 'wakeAt' ? [one.at] : []));
    expect(wakes(publish(0, 'm1', 30))).toEqual([at(30)]);
    expect(wakes(publish(1, 'm2', 60))).toEqual([]);
    expect(wakes(woken(30))).toEqual([at(61)]);
    expect(wakes(woken(121))).toEqual([null]);
    expect(Object.keys(state.messages)).toEqual([]);
    expect(Object.keys(state.known)).toEqual([]);
  });

  test('does not slow down with the number of instances that wait', () => {
    const state = createMessageCorrelator(false);
    for (let n = 0; n < 20_000; n += 1) correlateMessage(state, open(0, `i${n}/s`));
    const began = cpuMs();
    const wrong: number[] = [];
    for (let n = 0; n < 2000; n += 1) {
      const [first] = correlateMessage(state, publish(1, `m${n}`));
      if (first?.kind !== 'deliver' || first.instanceId !== `i${n}`) wrong.push(n);
      correlateMessage(state, named('taken', 1, `i${n}/s`, `m${n}`));
    }
    expect(wrong).toEqual([]);
    expect(cpuMs() - began).toBeLessThan(2000);
    expect(Object.keys(state.instances)).toHaveLength(18_000);
  });

  test('closing does not slow down with the number of messages that are kept', () => {
    const state = createMessageCorrelator(false);
    for (let n = 0; n < 2500; n += 1) correlateMessage(state, publish(0, `m${n}`));
    const began = cpuMs();
    for (let n = 0; n < 4000; n += 1) correlateMessage(state, named('closed', 1, `i${n}/s`));
    expect(cpuMs() - began).toBeLessThan(500);
    expect(Object.keys(state.messages)).toHaveLength(2500);
  });
});
