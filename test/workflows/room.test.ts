/** Room in a correlator: however it is filled, what it keeps fits the next run. */
import { expect, test } from 'vitest';
import { MOST_PAYLOAD_BYTES } from '../../contracts/instance.js';
import {
  correlateMessage,
  correlateSignal,
  createMessageCorrelator,
  createSignalCorrelator,
  type MessageCorrelatorEvent,
} from '../../engine/correlation/index.js';
import { sizeOf } from '../../engine/model/index.js';
import { Room } from '../../workflows/correlators/room.js';

const at = '2026-03-02T12:00:00.000Z';
const later = '2026-03-02T13:00:00.000Z';

/** Fills a correlator with requests until it refuses one. @returns how many it took */
function fill<R>(room: Room, requestOf: (index: number) => R, apply: (request: R) => void): number {
  for (let index = 0; index < 100_000; index += 1) {
    const request = requestOf(index);
    try {
      room.check(request);
    } catch (error) {
      expect(error).toMatchObject({ type: 'CORRELATOR_FULL', nonRetryable: false });
      return index;
    }
    room.take(request);
    apply(request);
  }
  throw new Error('it never refuses');
}

const subscriptionOf = (index: number) => ({
  workflowId: `p.system.018f3a7e-0000-7000-8000-${String(index).padStart(12, '0')}`,
  subscriptionId: `Event_${index}:${index}`,
  processId: 'onboarding',
  depth: 0,
  isInterrupting: true,
});

test('subscriptions to a message', () => {
  const state = createMessageCorrelator(false);
  const room = new Room(() => state);
  const taken = fill(room, subscriptionOf, ({ workflowId: instanceId, ...rest }) => {
    correlateMessage(state, { kind: 'opened', at, subscription: { ...rest, instanceId } });
  });
  expect(taken).toBeGreaterThan(1000);
  expect(sizeOf(state)).toBeLessThan(MOST_PAYLOAD_BYTES);
  for (let index = 0; index < 10; index += 1) {
    const { workflowId: instanceId, subscriptionId } = subscriptionOf(index);
    correlateMessage(state, { kind: 'closed', at, instanceId, subscriptionId });
  }
  room.check(subscriptionOf(taken));
});

test.each([1, 50_000])('messages of %i bytes that wait', (bytes) => {
  const state = createMessageCorrelator(true);
  const taken = fill(
    new Room(() => state),
    (index) => ({ messageId: `m${index}`, variables: { text: 'x'.repeat(bytes) } }),
    (message) => {
      const life = { expiresAt: later, uniqueUntil: later, requestId: null };
      const event: MessageCorrelatorEvent = { kind: 'published', at, ...message, ...life };
      correlateMessage(state, event);
    },
  );
  expect(taken).toBeGreaterThan(20);
  expect(sizeOf(state)).toBeLessThan(MOST_PAYLOAD_BYTES);
});

test('subscriptions to a signal', () => {
  const state = createSignalCorrelator();
  const taken = fill(
    new Room(() => state),
    subscriptionOf,
    ({ workflowId: instanceId, subscriptionId }) => {
      correlateSignal(state, { kind: 'opened', instanceId, subscriptionId });
    },
  );
  expect(taken).toBeGreaterThan(10_000);
  expect(sizeOf(state)).toBeLessThan(MOST_PAYLOAD_BYTES);
});
