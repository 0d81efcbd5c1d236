/** What a suspended instance keeps: recorded once, and taken piece by piece when it goes on (S58). */
import { expect, test } from 'vitest';
import { type Answer, type InstanceEvent, sizeOf } from '../../engine/model/index.js';
import { at, decided, setUpDecisions, stateAfter } from '../support/decisions.js';
import { messageCatch } from '../support/durable-model.js';

const NOBODY = { requestId: null, actor: null } as const;
const MESSAGES = 2000;
const text = 'x'.repeat(4000);

test('thousands of messages are kept in decisions of their own size, and resuming takes them', async () => {
  const { ask, begin } = await setUpDecisions(
    [messageCatch('word', 'word', '"k"')],
    'start > word > end',
  );
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
  for (let i = 0; i < MESSAGES; i += 1) {
    const message = { subscriptionId, messageId: `m${i}`, variables: { text } };
    await take([{ kind: 'messageReceived', at, ...message }]);
  }
  expect(Math.max(...sizes)).toBeLessThan(2 * sizeOf(text));
  const [answer] = await take([{ kind: 'resume', at, timers: 'keep', ...NOBODY }]);
  expect(answer).toMatchObject({ ok: true });
  while (last.hasMore) await take([], true);
  expect(last.effects).toMatchObject([{ kind: 'endInstance', status: 'completed' }]);
});
