/**
 * An interruption may be cut between any two of its pieces; whatever comes then finds it done (S03, S04, S46).
 */
import { describe, expect, test } from 'vitest';
import type {
  ExecutableProcess,
  InstanceEvent,
  InstanceState,
  JournalEntry,
} from '../../engine/model/index.js';
import { createInstance, step } from '../../engine/step/index.js';
import { compileFixture } from '../support/index.js';

const at = '2026-03-02T09:00:00.000Z';
const SOMEBODY = { requestId: null, actor: 'ana' } as const;
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const firstOf = (table: Readonly<Record<string, unknown>>): string => Object.keys(table)[0] ?? '';
const lastOf = (table: Readonly<Record<string, unknown>>): string =>
  Object.keys(table).at(-1) ?? '';

type Choice = (state: InstanceState) => InstanceEvent;

const timer: Choice = ({ timers }) => {
  const { id, series } = Object.values(timers)[0] as InstanceState['timers'][string];
  return { kind: 'timerFired', at: series.dueAt, timerId: id };
};
const cancel: Choice = () => ({ kind: 'cancel', at, ...SOMEBODY });
const all = (elementId: string) => ({ elementId, ancestorId: null, variables: [] });
/** Takes all tasks or calls of an element and puts their tokens elsewhere. */
const moved =
  (from: string, to: string): Choice =>
  () => ({
    kind: 'modify',
    at,
    cancellations: [],
    activations: [],
    moves: [{ from: { elementId: from }, to: all(to) }],
    ...SOMEBODY,
  });
/** Cancels each inner instance of a multi-instance by itself. */
const cancelledOneByOne: Choice = ({ elements }) => ({
  kind: 'modify',
  at,
  cancellations: Object.values(elements)
    .filter(({ index }) => index !== null)
    .map(({ id: elementInstanceId }) => ({ elementInstanceId })),
  activations: [],
  moves: [],
  ...SOMEBODY,
});
const oneIsDone: Choice = ({ jobs }) => ({
  kind: 'jobCompleted',
  at,
  jobId: firstOf(jobs),
  variables: {},
});

/** What comes meanwhile, chosen before anything ends. */
const meanwhile: readonly [what: string, Choice][] = [
  [
    'a job that is to end is done',
    ({ jobs }) =>
      ({ ...oneIsDone({ jobs } as InstanceState), jobId: lastOf(jobs) }) as InstanceEvent,
  ],
  [
    'its task is completed',
    ({ tasks }) => ({
      kind: 'taskCompleted',
      at,
      taskId: lastOf(tasks),
      action: null,
      variables: {},
      ...SOMEBODY,
    }),
  ],
  [
    'a called instance that is to end has ended',
    ({ calls }) => ({
      kind: 'childEnded',
      at,
      childId: lastOf(calls),
      outcome: 'completed',
      variables: {},
    }),
  ],
  ['it is suspended', () => ({ kind: 'suspend', at, ...SOMEBODY })],
  ['it is cancelled', cancel],
];

/** Takes an event and goes on until the instance is at rest, or in the middle of ending what it ends. */
const take = (
  process: ExecutableProcess,
  state: InstanceState,
  event: InstanceEvent,
  pieces = Number.POSITIVE_INFINITY,
): readonly JournalEntry[] => {
  let piece = step(process, state, event, { pauseAfter: 1 });
  const entries = [...piece.entries];
  for (let made = 1; piece.hasMore && made < pieces; made += 1) {
    piece = step(process, state, { kind: 'continue', at: event.at }, { pauseAfter: 1 });
    entries.push(...piece.entries);
  }
  return entries;
};

const isLate = ({ kind }: JournalEntry): boolean => kind === 'eventNotAwaited';

/** What happened, in order; what came too late is counted apart, for a kept event is told of when it is taken. */
const tale = (entries: readonly JournalEntry[]) => ({
  happened: entries
    .filter((entry) => !isLate(entry))
    .map(({ kind, elementInstanceId, actor, data }) => ({ kind, elementInstanceId, actor, data })),
  late: entries.filter(isLate).length,
});

const models: readonly [model: string, variables: InstanceState['variables'][string], Choice][] = [
  ['step/mi-ten-with-timer', { items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, timer],
  ['step/mi-ten-with-timer', { items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, cancel],
  ['step/cancel-before-continue', {}, timer],
  ['step/mi-of-calls', { items: [1, 2, 3] }, cancel],
  ['step/mi-ten-with-timer', { items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, moved('each', 'late-end')],
  ['step/mi-ten-with-timer', { items: [1, 2, 3, 4, 5, 6] }, cancelledOneByOne],
  ['step/cancel-before-continue', {}, moved('inside', 'after')],
  ['step/mi-of-calls', { items: [1, 2, 3] }, cancelledOneByOne],
];

describe.each(models)('%s', (model, variables, begin) => {
  test.each(meanwhile)('%s', async (_what, choose) => {
    const { process } = await compileFixture(model);
    const start = createInstance({ instanceId: 'i', processId: process.id, caller: null });
    step(process, start, { kind: 'start', at, elementId: null, variables, ...SOMEBODY });
    const first = begin(start);
    const second = { ...choose(start), at: first.at };
    const whole = copy(start);
    const expected = [first, second].flatMap((event) => step(process, whole, event).entries);
    let cuts = 0;
    for (;;) {
      const state = copy(start);
      const before = take(process, state, first, cuts + 1);
      if (state.agenda[0]?.kind !== 'interrupt') break;
      cuts += 1;
      const entries = [...before, ...take(process, state, second)];
      expect(tale(entries), `cut after ${cuts} pieces`).toEqual(tale(expected));
      expect(state.status).toBe(whole.status);
      expect(Object.keys(state.elements)).toEqual(Object.keys(whole.elements));
    }
    expect(cuts).toBeGreaterThan(0);
  });
});
