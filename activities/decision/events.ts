/**
 * The events of one decision, one after the other, each to rest before the next, until there is none left or the
 * decision is large enough. Local jobs run inside; calls learn where they go. Class: side effect.
 */
import {
  type CallOutcome,
  customerIn,
  type ResolveCallInput,
} from '../../contracts/correlation.js';
import type { DefinitionRef } from '../../contracts/instance.js';
import type { ServiceTask } from '../../contracts/job.js';
import { type Fault, fault } from '../../engine/errors/index.js';
import type { Answer, ExecutableProcess, InstanceEvent } from '../../engine/model/index.js';
import { effectKey } from './effect-key.js';
import type { JournalOwner } from './journal-writer.js';
import { runLocalJob } from './local-job.js';
import type { TemporalClock } from './temporal-clock.js';
import type { StartChild, Work } from './work.js';

/** What events lean on. */
export interface EventDeps {
  /** Null: there is no such process. Rejects when the store cannot be asked. */
  readonly resolveCall: (input: ResolveCallInput) => Promise<CallOutcome>;
  /** The compiled process. Rejects when it can neither be found in memory nor in the store. */
  readonly process: (definition: DefinitionRef) => Promise<ExecutableProcess>;
  readonly services: ReadonlyMap<string, ServiceTask>;
  readonly clock: TemporalClock;
}

/** Whose jobs they are. */
type JobOwner = Pick<JournalOwner, 'customerKeyId'>;

/** A decision ends when it has taken so many steps, so long, or grown so large. */
const MOST_STEPS = 500;
const MOST_MS = 1500;
const ENOUGH_BYTES = 512 * 1024;

/**
 * Takes events in order; what is left over of an earlier decision comes first.
 *
 * @param runsJobs - false leaves local jobs to the next decision
 * @returns the answers of the events that were taken
 */
export async function applyEvents(
  deps: EventDeps,
  owner: JobOwner,
  work: Work,
  events: readonly InstanceEvent[],
  runsJobs = true,
): Promise<(Answer | null)[]> {
  const answers: (Answer | null)[] = [];
  const startedAt = deps.clock.now();
  const hasRoom = (): boolean =>
    work.steps < MOST_STEPS && work.bytes < ENOUGH_BYTES && deps.clock.now() - startedAt < MOST_MS;
  while (hasRoom()) {
    const event = events[answers.length];
    if (work.hasMore) work.apply({ kind: 'continue', at: work.lastAt });
    else if (work.hasLocalJobs) {
      if (!runsJobs) break;
      await runNextLocalJob(deps, owner, work);
    } else if (event) answers.push(work.apply(event, await targetOf(deps, work, event)));
    else break;
    await settleCalls(deps, owner, work);
  }
  return answers;
}

/** What a migration leads to; the refusal where it was planned from another version than the instance runs. */
async function targetOf(
  { process }: EventDeps,
  { definition }: Work,
  event: InstanceEvent,
): Promise<ExecutableProcess | Fault | undefined> {
  if (event.kind !== 'migrate') return undefined;
  const { processId, version: found, hash } = definition;
  const { from, to } = event;
  if (from.hash === hash && from.version === found) return process({ processId, ...to });
  return fault('MIGRATION_VERSION', { process: processId, expected: from.version, found });
}

async function runNextLocalJob(
  deps: EventDeps,
  { customerKeyId }: JobOwner,
  work: Work,
): Promise<void> {
  const job = work.nextLocalJob();
  if (!job) return;
  const { instanceId, processId } = work.state;
  const { id: jobId, type, retries, elementId, elementInstanceId, headers, variables } = job;
  const key = effectKey(instanceId, elementInstanceId, 1);
  const place = { instanceId, processId, elementId, elementInstanceId, jobId };
  const input = { ...place, customerKeyId, headers, variables, effectKey: key };
  const event = await runLocalJob(deps.services.get(type), type, retries, input);
  const now = new Date(deps.clock.now()).toISOString();
  work.apply({ ...event, at: now > work.lastAt ? now : work.lastAt });
}

/** Tells the core which calls have ended before they began (S46), and looks up where the others go. */
async function settleCalls(deps: EventDeps, caller: JobOwner, work: Work): Promise<void> {
  for (;;) {
    const childId = work.takenBack.shift();
    const next = work.nextUnresolved();
    if (childId !== undefined) endUnsent(work, childId);
    else if (next !== null) await resolveCall(deps, caller, work, ...next);
    else return;
  }
}

function endUnsent(work: Work, childId: string): void {
  const outcome = 'cancelled';
  work.apply({ kind: 'childEnded', at: work.lastAt, childId, outcome, variables: {} });
}

/** Looks up what a call names; one that is nowhere is told to the core at once (S77). */
async function resolveCall(
  deps: EventDeps,
  { customerKeyId }: JobOwner,
  work: Work,
  place: number,
  { id, elementInstanceId, processId, binding, versionTag, variables }: StartChild,
): Promise<void> {
  const called = {
    instanceId: work.calledInstanceId(id),
    callerKeyId: customerKeyId,
    customerId: customerIn(variables),
  };
  const found = await deps
    .resolveCall({ caller: work.definition, processId, binding, versionTag, called })
    .then((target) => ({ target }))
    .catch(() => null);
  const target = found?.target;
  if (target === undefined || (target !== null && !('code' in target))) {
    work.resolve(place, target ?? null);
    return;
  }
  work.abandon(place);
  const facts = { element: elementInstanceId, target: processId };
  const { code, message } = target ?? fault('CALL_TARGET', facts);
  work.apply({ kind: 'childNotStarted', at: work.lastAt, childId: id, code, message });
}
