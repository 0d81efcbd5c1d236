/** What a suspended instance keeps: recorded once, and taken piece by piece when it goes on (S58). */
import { expect, test } from 'vitest';
import { MOST_PAYLOAD_BYTES } from '../../contracts/instance.js';
import { type Answer, applyDelta, type InstanceEvent, sizeOf } from '../../engine/model/index.js';
import { at, decided, setUpDecisions, stateAfter } from '../support/decisions.js';
import { signalCatch, userTask } from '../support/durable-model.js';

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

test('thousands of timers are moved in decisions of their own when it goes on', async () => {
  const TIMERS = 10_000;
  const { ask, begin } = await setUpDecisions([userTask('a')], 'start > a > end');
  const state = stateAfter(await begin());
  const [ownerId = ''] = Object.keys(state.tasks);
  const dueAt = '2026-03-02T13:00:00.000Z';
  const series = {
    kind: 'date' as const,
    text: dueAt,
    zone: 'UTC',
    anchorAt: dueAt,
    remaining: 1,
    occurrence: 1,
    dueAt,
  };
  const ids = Array.from({ length: TIMERS }, (_, i) => `late:${100 + i}`);
  for (const id of ids) state.timers[id] = { id, ownerId, elementId: 'late', series };
  Object.assign(state.elements[ownerId] ?? {}, { timers: ids });
  state.suspendedAt = '2026-03-02T11:00:00.000Z';
  const recorded = structuredClone(state);
  const resume = { kind: 'resume', at, timers: 'shift', ...NOBODY } as const;
  let last = decided(await ask({ kind: 'whole', state }, [resume]));
  const decisions = [last];
  while (last.hasMore) {
    last = decided(await ask({ kind: 'kept', key: last.key }, [], { hasMore: true }));
    decisions.push(last);
  }
  for (const one of decisions) {
    expect(sizeOf(one)).toBeLessThan(MOST_PAYLOAD_BYTES / 2);
    applyDelta(recorded, one.delta);
  }
  const dues = Object.values(recorded.timers).map((timer) => timer.series.dueAt);
  expect(new Set(dues)).toEqual(new Set(['2026-03-02T14:00:00.000Z']));
  const effects = decisions.flatMap((one) => one.effects);
  expect(effects.filter(({ kind }) => kind === 'startTimer')).toHaveLength(TIMERS);
});
