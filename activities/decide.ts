/**
 * The local activity `decide`: loads the process, runs the core over the events at hand until the instance is at rest
 * or the decision is large enough, runs local jobs inside, offers the journal to the store, and answers what changed.
 * All or nothing: a bug throws, and the same events are decided again. Source: docs/design.md D4, D6.
 */
import { ApplicationFailure } from '@temporalio/common';
import type { ResolveCallInput } from '../contracts/correlation.js';
import type { DecideInput, DecideResult, Decision, StateSource } from '../contracts/decision.js';
import type { DefinitionRef } from '../contracts/instance.js';
import type { ServiceTask } from '../contracts/job.js';
import { explain, fault } from '../engine/errors/index.js';
import type {
  Answer,
  ExecutableProcess,
  InstanceEvent,
  InstanceState,
} from '../engine/model/index.js';
import { createInstance, deltaOf } from '../engine/step/index.js';
import { effectKey } from './decision/effect-key.js';
import type { WriteJournal } from './decision/journal-writer.js';
import type { KeptStates } from './decision/kept-states.js';
import { runLocalJob } from './decision/local-job.js';
import { sizeOf } from './decision/size.js';
import { Work } from './decision/work.js';

/** What a decision leans on. */
export interface DecideDeps {
  /** The compiled process. Rejects when it can neither be found in memory nor in the store. */
  readonly process: (definition: DefinitionRef) => Promise<ExecutableProcess>;
  /** Null: there is no such process. Rejects when the store cannot be asked. */
  readonly resolveCall: (input: ResolveCallInput) => Promise<DefinitionRef | null>;
  readonly writeJournal: WriteJournal;
  readonly services: ReadonlyMap<string, ServiceTask>;
  readonly kept: KeptStates;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Which attempt at the same decision this is, from 1. */
  readonly attempt: () => number;
}

/** A decision ends when it has taken so many steps, so long, or grown so large. */
const MOST_STEPS = 500;
const MOST_MS = 1500;
const ENOUGH_BYTES = 512 * 1024;
/** What a payload may have, with room for encryption: 2 MiB terminate the instance. */
const MOST_BYTES = 1_800_000;

/** Makes the local activity. Errors: `DECISION_TOO_LARGE`; an `InvariantError` is a bug. Class: side effect. */
export function createDecide(deps: DecideDeps): (input: DecideInput) => Promise<DecideResult> {
  return async (input) => {
    const state = stateFrom(input.source, deps.kept);
    if (state === null) return { kind: 'stateMissing' };
    const initial = input.source.kind === 'seed' ? structuredClone(state) : null;
    const basis = { after: state.sequence, fence: fenceOf(deps, input) };
    const process = await deps.process(input.definition);
    const work = new Work(process, state, input);
    const answers = await decideAll(deps, input, work);
    const body = {
      answers,
      taken: answers.length,
      initial,
      delta: deltaOf(state, work.touched),
      entries: work.entries,
      effects: work.effects,
      localJobs: work.localJobs,
      hasMore: work.hasMore,
      lastAt: work.lastAt,
    };
    refuseTooLarge(body);
    const entries = [...input.unacknowledged, ...work.entries];
    const acknowledged = await deps.writeJournal(ownerOf(input), entries, basis);
    const decision: Decision = {
      kind: 'decided',
      key: deps.kept.keep(state),
      acknowledged,
      ...body,
    };
    return decision;
  };
}

function stateFrom(source: StateSource, kept: KeptStates): InstanceState | null {
  if (source.kind === 'seed') return createInstance(source.seed);
  return source.kind === 'whole' ? source.state : kept.take(source.key);
}

/** Attempts that one workflow task makes at most are far fewer. */
const MOST_ATTEMPTS = 100;

/** Later attempts have greater ones: a workflow task that is tried again starts later, on Temporal's clock. */
function fenceOf({ attempt }: DecideDeps, { taskStartedAt }: DecideInput): number {
  return taskStartedAt * MOST_ATTEMPTS + Math.min(attempt(), MOST_ATTEMPTS - 1);
}

function ownerOf({ instanceId, definition, identity }: DecideInput) {
  return { instanceId, definition, ...identity };
}

/** Takes events one by one, each to rest before the next; what is left over of an earlier decision comes first. */
async function decideAll(
  deps: DecideDeps,
  input: DecideInput,
  work: Work,
): Promise<(Answer | null)[]> {
  const answers: (Answer | null)[] = [];
  const startedAt = deps.now();
  const hasRoom = (): boolean =>
    work.steps < MOST_STEPS && work.bytes < ENOUGH_BYTES && deps.now() - startedAt < MOST_MS;
  while (hasRoom()) {
    const event = input.events[answers.length];
    if (work.hasMore) work.apply({ kind: 'continue', at: work.lastAt });
    else if (work.localJobs.length > 0) await runNextLocalJob(deps, work);
    else if (event) answers.push(work.apply(bounded(event)));
    else break;
    await resolveCalls(deps, input, work);
  }
  return answers;
}

/** What a job may answer with: with more no decision could be recorded. */
const MOST_RESULT_BYTES = 512 * 1024;

/** A job that answered too much has failed; its incident says so, and the instance goes on living. */
function bounded(event: InstanceEvent): InstanceEvent {
  if (event.kind !== 'jobCompleted') return event;
  const size = sizeOf(event.variables);
  if (size <= MOST_RESULT_BYTES) return event;
  const { at, jobId } = event;
  const message = `a job may answer with ${MOST_RESULT_BYTES} bytes, but this one has about ${size}`;
  return { kind: 'jobFailed', at, jobId, code: 'PAYLOAD_TOO_LARGE', message };
}

async function runNextLocalJob(deps: DecideDeps, work: Work): Promise<void> {
  const job = work.localJobs.shift();
  if (!job) return;
  const { instanceId, processId } = work.state;
  const { id: jobId, type, retries, elementId, elementInstanceId, headers, variables } = job;
  const key = effectKey(instanceId, elementInstanceId, 1);
  const place = { instanceId, processId, elementId, elementInstanceId, jobId };
  const input = { ...place, headers, variables, effectKey: key };
  const event = await runLocalJob(deps.services.get(type), type, retries, input);
  const now = new Date(deps.now()).toISOString();
  work.apply(bounded({ ...event, at: now > work.lastAt ? now : work.lastAt }));
}

/** Looks up what calls name; one that is nowhere is told to the core at once (S77). */
async function resolveCalls(deps: DecideDeps, input: DecideInput, work: Work): Promise<void> {
  for (let call = work.unresolved.shift(); call; call = work.unresolved.shift()) {
    const { id, elementInstanceId, processId, binding, versionTag } = call;
    const found = await deps
      .resolveCall({ caller: input.definition, processId, binding, versionTag })
      .then((target) => ({ target }))
      .catch(() => null);
    if (found?.target !== null) {
      work.resolve(call, found?.target ?? null);
      continue;
    }
    const { code, message } = fault('CALL_TARGET', {
      element: elementInstanceId,
      target: processId,
    });
    work.apply({ kind: 'childNotStarted', at: work.lastAt, childId: id, code, message });
  }
}

function refuseTooLarge(body: object): void {
  const size = sizeOf(body);
  if (size <= MOST_BYTES) return;
  const message = explain('DECISION_TOO_LARGE', { limit: MOST_BYTES, size });
  throw ApplicationFailure.nonRetryable(message, 'DECISION_TOO_LARGE');
}
