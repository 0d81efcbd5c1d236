/** What a host that cannot wait does: it lets publishers go, and hands over again in another run. */
import { expect, test } from 'vitest';
import {
  correlateMessage,
  createMessageCorrelator,
  handOverAgain,
  letGo,
  type MessageAction,
  type MessageCorrelator,
} from '../../engine/correlation/index.js';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const HOLD = { id: 'h', correlators: ['c.1', 'c.2'] };
const STARTS = [{ processId: 'q', elementId: 'start', hold: HOLD }];

/** One message under way to a subscription that takes every one, to one that takes one, and to a start. */
function withMessage(): MessageCorrelator {
  const state = createMessageCorrelator(true);
  correlateMessage(state, { kind: 'startsChanged', at: at(0), starts: STARTS });
  for (const [instanceId, processId, isInterrupting] of [
    ['i1', 'p', false],
    ['i2', 'r', true],
  ] as const) {
    const subscription = { instanceId, processId, subscriptionId: 'Event_1:3', depth: 0 };
    correlateMessage(state, {
      kind: 'opened',
      at: at(1),
      subscription: { ...subscription, isInterrupting },
    });
  }
  correlateMessage(state, {
    ...{ kind: 'published', at: at(2), requestId: 'ask', messageId: 'm', variables: { n: 1 } },
    ...{ expiresAt: at(50), uniqueUntil: at(60) },
  });
  return state;
}

const taken = (state: MessageCorrelator, instanceId: string): readonly MessageAction[] =>
  correlateMessage(state, {
    ...{ kind: 'taken', at: at(3), messageId: 'm', instanceId, subscriptionId: 'Event_1:3' },
  });

const started = (state: MessageCorrelator): readonly MessageAction[] =>
  correlateMessage(state, {
    ...{ kind: 'started', at: at(4), messageId: 'm', processId: 'q', instanceId: 'i9' },
  });

const carried = (state: MessageCorrelator): MessageCorrelator => JSON.parse(JSON.stringify(state));

test('who is let go is told who took it so far, and nothing after that', () => {
  const state = withMessage();
  taken(state, 'i1');
  expect(letGo(state, 'm')).toEqual({
    outcome: 'underway',
    correlated: [{ processId: 'p', instanceId: 'i1' }],
    started: [],
    refusedBy: [],
    bufferedUntil: null,
  });
  expect([...taken(state, 'i2'), ...started(state)].map(({ kind }) => kind)).not.toContain(
    'answer',
  );
  expect(state.messages).toEqual({});
});

test('a message of which nobody is told is no matter of letting go', () => {
  expect(() => letGo(withMessage(), 'other')).toThrow('other');
});

test('what has no outcome yet is handed over again, as it was', () => {
  const state = carried(withMessage());
  const message = { messageId: 'm', variables: { n: 1 }, publishedAt: at(2) };
  expect(handOverAgain(state)).toEqual([
    { kind: 'deliver', instanceId: 'i1', subscriptionId: 'Event_1:3', message },
    { kind: 'deliver', instanceId: 'i2', subscriptionId: 'Event_1:3', message },
    { kind: 'start', processId: 'q', elementId: 'start', hold: HOLD, message },
  ]);
  taken(state, 'i2');
  started(state);
  expect(handOverAgain(carried(state))).toEqual([
    { kind: 'deliver', instanceId: 'i1', subscriptionId: 'Event_1:3', message },
  ]);
});

test('the next run concludes it as the run before would have', () => {
  const [before, after] = [withMessage(), carried(withMessage())];
  for (const state of [before, after]) {
    taken(state, 'i1');
    taken(state, 'i2');
    started(state);
  }
  expect(after).toEqual(before);
  expect(handOverAgain(after)).toEqual([]);
});
