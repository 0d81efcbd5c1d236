/** An interruption that ends thousands is cut into decisions of their own size, whatever begins it (S36, S46, S73). */
import { expect, test } from 'vitest';
import type { Decision } from '../../contracts/decision.js';
import { MOST_PAYLOAD_BYTES } from '../../contracts/instance.js';
import {
  applyDelta,
  type InstanceEvent,
  type InstanceState,
  sizeOf,
} from '../../engine/model/index.js';
import { at, complete, decided, setUpDecisions, stateAfter } from '../support/decisions.js';
import {
  after,
  type Part,
  parallelGateway,
  serviceTask,
  terminateEnd,
  timerBoundary,
  times,
  userTask,
} from '../support/durable-model.js';

const JOBS = 10_000;
const firstOf = (table: Readonly<Record<string, unknown>>): string => Object.keys(table)[0] ?? '';
const each = (until?: string): Part => serviceTask('each', 'work', {}, 1, times(JOBS, until));

/** What begins the interruption, and how many of the jobs it ends. */
const ways: readonly [
  way: string,
  parts: readonly Part[],
  chain: string,
  event: (state: InstanceState) => InstanceEvent,
  ended: number,
  status: string,
][] = [
  [
    'cancel',
    [each()],
    'start > each > end',
    () => ({ kind: 'cancel', at, requestId: 'c', actor: null }),
    JOBS,
    'cancelled',
  ],
  [
    'a boundary timer',
    [each(), timerBoundary('late', 'each', after('PT0S'))],
    'start > each > end, late > end',
    ({ timers }) => ({ kind: 'timerFired', at, timerId: firstOf(timers) }),
    JOBS,
    'completed',
  ],
  [
    'a completion condition',
    [each('true')],
    'start > each > end',
    ({ jobs }) => ({ kind: 'jobCompleted', at, jobId: firstOf(jobs), variables: {} }),
    JOBS - 1,
    'completed',
  ],
  [
    'a terminate end event',
    [parallelGateway('fork'), each(), userTask('stop'), terminateEnd('all')],
    'start > fork > each > end, fork > stop > all',
    ({ tasks }) => complete(firstOf(tasks)),
    JOBS,
    'completed',
  ],
];

test.each(ways)('%s', async (_way, parts, chain, eventIn, ended, status) => {
  const { ask, begin } = await setUpDecisions(parts, chain);
  let last: Decision = await begin();
  const state = stateAfter(last);
  const go = async (events: readonly InstanceEvent[] = []): Promise<Decision> => {
    const { key, hasMore } = last;
    last = decided(await ask({ kind: 'kept', key }, events, { hasMore }));
    applyDelta(state, last.delta);
    return last;
  };
  while (last.hasMore) await go();
  expect(Object.keys(state.jobs)).toHaveLength(JOBS);
  const decisions = [await go([eventIn(state)])];
  while (last.hasMore) decisions.push(await go());
  expect(decisions.length).toBeGreaterThan(5);
  for (const one of decisions) expect(sizeOf(one)).toBeLessThan(MOST_PAYLOAD_BYTES / 2);
  const effects = decisions.flatMap((one) => one.effects);
  expect(effects.filter(({ kind }) => kind === 'cancelJob')).toHaveLength(ended);
  expect(effects.at(-1)).toMatchObject({ kind: 'endInstance', status });
  expect(state).toMatchObject({ status, elements: {}, jobs: {}, agenda: [] });
});
