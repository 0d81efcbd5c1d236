/** Instances of our own core, run to their end without a host. */
import type {
  Effect,
  ExecutableProcess,
  InstanceEvent,
  InstanceState,
  JournalEntry,
  Variables,
} from '../../engine/model/index.js';
import { createInstance, step } from '../../engine/step/index.js';

const AT = '2026-01-01T00:00:00.000Z';

/** What a run did, so that two engines can be held to the same. */
export interface Done {
  readonly steps: number;
  /** Sequence flows taken. */
  readonly flows: number;
  /** Jobs, user tasks and scripts completed. */
  readonly work: number;
}

/** An instance under way: its state, the jobs it started, and what it journaled. */
export interface Instance {
  readonly state: InstanceState;
  readonly effects: readonly Effect[];
  readonly entries: readonly JournalEntry[];
}

const idsOfJobs = (effects: readonly Effect[]): string[] => {
  const ids: string[] = [];
  for (const effect of effects) if (effect.kind === 'startJob') ids.push(effect.id);
  return ids;
};

/** Starts an instance. */
export function begin(process: ExecutableProcess, variables: Variables): Instance {
  const state = createInstance({ instanceId: 'bench', processId: process.id, caller: null });
  const request = { requestId: null, actor: null };
  const event = { kind: 'start', at: AT, elementId: null, variables, ...request } as const;
  return { state, ...step(process, state, event) };
}

/** Completes a job; the ids of those that it led to. */
export function completeJob(
  process: ExecutableProcess,
  state: InstanceState,
  jobId: string,
): readonly string[] {
  const event = { kind: 'jobCompleted', at: AT, jobId, variables: {} } as const;
  return idsOfJobs(step(process, state, event).effects);
}

/** The first jobs of an instance. */
export const firstJobs = ({ effects }: Instance): string[] => idsOfJobs(effects);

/** Runs one instance to its end, answering jobs and tasks as they come. */
export function runInstance(
  process: ExecutableProcess,
  variables: Variables,
  look: (entries: readonly JournalEntry[]) => void = () => undefined,
): void {
  const { state, effects, entries } = begin(process, variables);
  look(entries);
  const answer = (event: InstanceEvent): readonly Effect[] => {
    const result = step(process, state, event);
    look(result.entries);
    return result.effects;
  };
  const jobs = idsOfJobs(effects);
  for (let next = 0; next < jobs.length; next += 1) {
    const jobId = jobs[next] as string;
    jobs.push(...idsOfJobs(answer({ kind: 'jobCompleted', at: AT, jobId, variables: {} })));
  }
  for (const taskId of Object.keys(state.tasks)) {
    const request = { requestId: null, actor: null, action: null };
    answer({ kind: 'taskCompleted', at: AT, taskId, variables: {}, ...request });
  }
  if (state.status !== 'completed') throw new Error(`${process.id} is ${state.status}`);
}

/** Runs one instance and tells what it did. */
export function countInstance(process: ExecutableProcess, variables: Variables): Done {
  let [steps, flows, work] = [0, 0, 0];
  runInstance(process, variables, (entries) => {
    steps += 1;
    for (const { kind, elementId } of entries) {
      if (kind === 'flowTaken') flows += 1;
      else if (kind === 'jobCompleted' || kind === 'taskCompleted') work += 1;
      else if (kind === 'elementCompleted' && isScript(process, elementId)) work += 1;
    }
  });
  return { steps, flows, work };
}

const isScript = ({ nodes }: ExecutableProcess, id: string | null): boolean =>
  id !== null && nodes[id]?.kind === 'scriptTask';
