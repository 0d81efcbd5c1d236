/** Events by chance, for any instance: most fit what it waits for, some are late, repeated or unknown. */
import { readdirSync } from 'node:fs';
import type { InstanceState, Json, Variables } from '../../engine/model/index.js';
import type { Sent } from './core-driver.js';

/** A small generator of random numbers below 1 (mulberry32): a seed names a run. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Chooses one of several. */
export type Pick = <T>(items: readonly T[]) => T;

const NAMES = ['x', 'y', 'z', 'n', 'a', 'b', 'ok', 'way', 'order', 'key', 'items', 'stop', 'total'];
const VALUES: readonly Json[] = [true, false, 1, 2, 'a', 'o1', 'PT1H', [1, 2], [], null, { a: 1 }];

/** Three variables. */
export const variablesOf = (pick: Pick): Variables =>
  Object.fromEntries([0, 1, 2].map(() => [pick(NAMES), pick(VALUES)]));

/** Who asks. */
export const WHO = { requestId: null, actor: 'ana' } as const;
const anyKey = (pick: Pick, table: Readonly<Record<string, unknown>>): string =>
  pick([...Object.keys(table), 'gone:99']);

/** Events that may come at any time: most fit, some are late, repeated or unknown. */
export const EVENTS_BY_KIND: readonly ((pick: Pick, state: InstanceState) => Sent)[] = [
  (pick, { tasks }) => ({
    kind: 'taskCompleted',
    taskId: anyKey(pick, tasks),
    action: null,
    variables: variablesOf(pick),
    ...WHO,
  }),
  (pick, { jobs }) => ({
    kind: 'jobCompleted',
    jobId: anyKey(pick, jobs),
    variables: variablesOf(pick),
  }),
  (pick, { jobs }) => ({ kind: 'jobFailed', jobId: anyKey(pick, jobs), code: null, message: 'no' }),
  (pick, { jobs }) => ({
    kind: 'jobThrew',
    jobId: anyKey(pick, jobs),
    errorCode: pick(['DECLINED', 'X']),
    message: '',
    variables: variablesOf(pick),
  }),
  (pick, { timers }) => ({ kind: 'timerFired', timerId: anyKey(pick, timers) }),
  (pick, { subscriptions }) => ({
    kind: 'messageReceived',
    subscriptionId: anyKey(pick, subscriptions),
    messageId: 'm',
    variables: variablesOf(pick),
  }),
  (_pick, { subscriptions }) => ({
    kind: 'signalReceived',
    subscriptionIds: Object.keys(subscriptions),
    variables: {},
  }),
  (pick, { calls }) => ({
    kind: 'childEnded',
    childId: anyKey(pick, calls),
    outcome: pick(['completed', 'completed', 'cancelled', 'failed'] as const),
    variables: variablesOf(pick),
  }),
  (pick, { calls }) => ({
    kind: 'childThrew',
    childId: anyKey(pick, calls),
    throwId: 'throw:1',
    thrown: {
      kind: pick(['error', 'escalation'] as const),
      code: pick(['DECLINED', 'LATE']),
      message: '',
      variables: {},
    },
  }),
  (pick, { throws }) => ({
    kind: 'throwAnswered',
    throwId: anyKey(pick, throws),
    outcome: pick(['uncaught', 'caught', 'interrupted'] as const),
  }),
  (pick, { incidents }) => ({
    kind: 'resolveIncident',
    incidentId: anyKey(pick, incidents),
    variables: variablesOf(pick),
    how: pick(['retry', 'retry', 'complete'] as const),
    ...WHO,
  }),
  (pick, { elements }) => ({
    kind: 'setVariables',
    scopeId: pick([null, anyKey(pick, elements)]),
    variables: variablesOf(pick),
    ...WHO,
  }),
  (pick, { jobs, calls, timers, subscriptions }) => {
    const effectId = anyKey(pick, { ...jobs, ...calls, ...timers, ...subscriptions });
    const work = jobs[effectId] ?? calls[effectId];
    const wait = timers[effectId] ?? subscriptions[effectId];
    const elementInstanceId = work?.elementInstanceId ?? wait?.ownerId ?? null;
    return { kind: 'effectFailed', effectId, elementInstanceId, code: 'X', message: '' };
  },
  (pick) => ({ kind: pick(['suspend', 'continue', 'suspend'] as const), ...WHO }),
  (pick) => ({ kind: 'resume', timers: pick(['keep', 'shift'] as const), ...WHO }),
];

const FIXTURES = 'test/fixtures';

/** Paths of all models that the tests of the core run. */
export const models = ['elements', 'step'].flatMap((folder) =>
  readdirSync(`${FIXTURES}/${folder}`, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.bpmn'))
    .map((file) => `${folder}/${file.replace(/\.bpmn$/, '')}`)
    .sort(),
);
