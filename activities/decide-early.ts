/**
 * A decision taken early: where a job has just been done, by the worker that did it, on the state that it keeps. The
 * job's answer then brings along what follows from it, and the workflow need not ask. The workflow takes such a
 * decision only if the state is still the one it was taken on; else it asks `decide` as ever, and what an early decision
 * has left in the journal is replaced. Source: docs/decisions/0010-decisions-are-taken-early.md.
 */
import type { Decision } from '../contracts/decision.js';
import type { InstanceState, Variables } from '../engine/model/index.js';
import type { DecisionDeps } from './decide.js';
import { conclude } from './decision/conclude.js';
import { applyEvents } from './decision/events.js';
import { inTime } from './decision/in-time.js';
import { Work } from './decision/work.js';

/** A job that was done. */
export interface JobDone {
  /** Name of the state that the job belongs to. */
  readonly stateKey: string;
  readonly jobId: string;
  readonly variables: Variables;
}

/** Takes a decision early, or answers null: nothing is lost then. Never rejects. */
export type DecideEarly = (job: JobDone) => Promise<Decision | null>;

/** A job whose result waits longer for what follows from it is told without. */
const MOST_MS = 2000;

/** Makes it. Class: side effect. */
export function createDecideEarly(deps: DecisionDeps): DecideEarly {
  const decide = async (
    { stateKey, jobId, variables }: JobDone,
    isLate: () => boolean,
  ): Promise<Decision | null> => {
    const seen = deps.kept.peek(stateKey);
    if (seen === null || !isAlone(seen.state, jobId)) return null;
    deps.kept.take(stateKey);
    const { state, owner, fence, lastAt } = seen;
    const basis = { after: state.sequence, fence };
    const process = await deps.process(owner.definition);
    const at = laterOf(new Date(deps.clock.now()).toISOString(), lastAt);
    const work = new Work(process, state, {
      ...{ definition: owner.definition, localJobs: [], hasMore: false, at },
    });
    const event = { kind: 'jobCompleted', at, jobId, variables } as const;
    // A decision that may be void does nothing but decide: local jobs are run where the workflow asks.
    const answers = await applyEvents(deps, owner, work, [event], false);
    if (isLate()) return null;
    const given = { owner, basis, initial: null, answers, unacknowledged: [] };
    return conclude(deps, work, given);
  };
  return (job) => {
    let late = false;
    const giveUp = (): null => {
      late = true;
      return null;
    };
    // Whatever goes wrong here goes wrong again where the workflow asks, and is dealt with there.
    return inTime<Decision | null>(
      decide(job, () => late),
      MOST_MS,
      giveUp,
    ).catch(giveUp);
  };
}

/** Where other jobs are under way, theirs may come first, and the decision would be in vain. */
function isAlone(state: InstanceState, jobId: string): boolean {
  for (const id of Object.keys(state.jobs)) if (id !== jobId) return false;
  return jobId in state.jobs;
}

const laterOf = (one: string, other: string): string => (one > other ? one : other);
