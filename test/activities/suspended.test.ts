/** What a suspended instance keeps: recorded once, and taken piece by piece when it goes on (S58). */
import { expect, test } from 'vitest';
import { MOST_PAYLOAD_BYTES } from '../../contracts/instance.js';
import { type Answer, type InstanceEvent, sizeOf } from '../../engine/model/index.js';
import { at, decided, setUpDecisions, stateAfter } from '../support/decisions.js';
import { signalCatch } from '../support/durable-model.js';

const NOBODY = { requestId: null, actor: null } as const;
const SIGNALS = 2000;
const text = 'x'.repeat(4000);

test('thousands of signals are kept in decisions of their own size, and resuming takes them', async () => {
  const { ask, begin } = await setUpDecisions([signalCatch('word', 'word')], 'start > word > end');
  const first = await begin();
  const state = stateAfter(first);
  const [subscriptionId = ''] = Object.keys(state.subscriptions);
  let last = first;
  const sizes: number[] = [];
  const take = async (
    events: readonly InstanceEvent[],
    hasMore = false,
  ): Promise<readonly (Answer | null)[]> => {
    last = decided(await ask({ kind: 'kept', key: last.key }, events, { hasMore }));
    sizes.push(sizeOf(last));
    return last.answers;
  };
  await take([{ kind: 'suspend', at, ...NOBODY }]);
  for (let i = 0; i < SIGNALS; i += 1) {
    const signal = { subscriptionIds: [subscriptionId], variables: { text } };
    await take([{ kind: 'signalReceived', at, ...signal }]);
  }
  expect(Math.max(...sizes)).toBeLessThan(2 * sizeOf(text));
  const [answer] = await take([{ kind: 'resume', at, timers: 'keep', ...NOBODY }]);
  expect(answer).toMatchObject({ ok: true });
  while (last.hasMore) await take([], true);
  expect(last.effects).toMatchObject([{ kind: 'endInstance', status: 'completed' }]);
});

test('thousands of kept events of an instance that is cancelled are told of in decisions of their own', async () => {
  const parts = [signalCatch('word', 'word')];
  const { ask, begin } = await setUpDecisions(parts, 'start > word > end');
  const first = await begin();
  const state = stateAfter(first);
  const [subscriptionId = ''] = Object.keys(state.subscriptions);
  state.suspendedAt = at;
  for (let i = 0; i < 5 * SIGNALS; i += 1) {
    state.deferred.push({
      kind: 'signalReceived',
      at,
      subscriptionIds: [subscriptionId],
      variables: {},
    });
  }
  const cancel = { kind: 'cancel', at, ...NOBODY } as const;
  let last = decided(await ask({ kind: 'whole', state }, [cancel]));
  const decisions = [last];
  while (last.hasMore) {
    last = decided(await ask({ kind: 'kept', key: last.key }, [], { hasMore: true }));
    decisions.push(last);
  }
  for (const one of decisions) expect(sizeOf(one)).toBeLessThan(MOST_PAYLOAD_BYTES / 2);
  const entries = decisions.flatMap((one) => one.entries);
  expect(entries.filter(({ kind }) => kind === 'eventNotAwaited')).toHaveLength(5 * SIGNALS);
  expect(last.effects).toMatchObject([{ kind: 'endInstance', status: 'cancelled' }]);
});
