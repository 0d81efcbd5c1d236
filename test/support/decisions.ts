/** `decide` without Temporal: a small process, a store that only collects, and a clock that stands still. */
import { createDecide, type DecideDeps } from '../../activities/decide.js';
import { createDecideEarly } from '../../activities/decide-early.js';
import { KeptStates } from '../../activities/decision/kept-states.js';
import type { TemporalClock } from '../../activities/decision/temporal-clock.js';
import type { DecideInput, Decision, StateSource } from '../../contracts/decision.js';
import { applyDelta, type InstanceState, type JournalEntry } from '../../engine/model/index.js';
import { compilePackage } from '../../registry/index.js';
import { endEvent, model, type Part, startEvent } from './durable-model.js';

/** The instant at which all happens. */
export const at = '2026-03-02T12:00:00.000Z';
/** Who the instance is. */
export const seed = {
  instanceId: '018f3a7e-0000-7000-8000-000000000001',
  processId: 'p',
  caller: null,
};

/** A clock that stands. */
export const clockAt = (instant: string): TemporalClock => ({
  now: () => Date.parse(instant),
  hear: () => {},
});

/** Deploys `chain` of a start event, the parts and an end event, and gives the ways to ask for decisions on it. */
export async function setUpDecisions(
  parts: readonly Part[],
  chain: string,
  more: Partial<DecideDeps> = {},
) {
  const xml = model('p', [startEvent('start'), ...parts, endEvent('end')], chain);
  const { processes, findings } = await compilePackage({ 'p.bpmn': xml });
  const [process] = processes;
  if (!process) throw new Error(JSON.stringify(findings));
  const stored: JournalEntry[] = [];
  const bases: { after: number; fence: number }[] = [];
  const deps: DecideDeps = {
    process: async () => process,
    resolveCall: async () => null,
    writeJournal: async (_owner, entries, basis) => {
      bases.push(basis);
      stored.push(...entries);
      return entries.at(-1)?.sequence ?? 0;
    },
    services: new Map(),
    kept: new KeptStates(10),
    clock: clockAt(at),
    attempt: () => 1,
    ...more,
  };
  const decide = createDecide(deps);
  const ask = (
    source: StateSource,
    events: DecideInput['events'],
    rest: Partial<DecideInput> = {},
  ) =>
    decide({
      instanceId: seed.instanceId,
      definition: { processId: 'p', version: 1, hash: 'h' },
      identity: {
        customerKeyId: 'system',
        businessKey: null,
        rootInstanceId: 'r',
        callerInstanceId: null,
      },
      source,
      at,
      taskStartedAt: Date.parse(at),
      events,
      localJobs: [],
      hasMore: false,
      unacknowledged: [],
      ...rest,
    });
  const begin = async (variables = {}): Promise<Decision> => {
    const start = {
      kind: 'start',
      at,
      elementId: null,
      variables,
      requestId: 'r',
      actor: null,
    } as const;
    return decided(await ask({ kind: 'seed', seed }, [start]));
  };
  return { ask, begin, stored, bases, deps, early: createDecideEarly(deps) };
}

/** What was decided, as Temporal records it; throws when the state was missing. */
export const decided = (result: Decision | { kind: 'stateMissing' }): Decision => {
  if (result.kind !== 'decided') throw new Error('the state was missing');
  return JSON.parse(JSON.stringify(result)) as Decision;
};

/** Somebody completes a task. */
export const complete = (taskId: string) =>
  ({
    kind: 'taskCompleted',
    at,
    taskId,
    action: null,
    variables: { a: 1 },
    requestId: 'c',
    actor: null,
  }) as const;

/** The state as the workflow has it: from recorded decisions alone. */
export const stateAfter = (...decisions: readonly Decision[]): InstanceState => {
  const state = structuredClone(decisions[0]?.initial) as InstanceState;
  for (const { delta } of decisions) applyDelta(state, delta);
  return state;
};
