/** The door of the interpreter. */
import { type Fault, fault } from '../errors/index.js';
import type {
  Answer,
  ExecutableProcess,
  InstanceEvent,
  InstanceSeed,
  InstanceState,
  Request,
  StepResult,
} from '../model/index.js';
import { own } from '../model/index.js';
import { handle, takeDeferred } from './events/index.js';
import { notAwaited } from './events/not-awaited.js';
import { drainFirst } from './first-moves.js';
import { hasEnded } from './instance.js';
import { drain, finishUnderWay, settleAtRest } from './moves.js';
import { accepted, refusal, refused, remember } from './requests.js';
import { Run } from './run.js';
import type { Touched } from './touched.js';
import { isFirst } from './under-way.js';

export { checkSizes } from './declarations.js';
export { neverOpened } from './events/open-task.js';
export { checkStart } from './events/start.js';
export { hasEnded } from './instance.js';
export { type MigrationPreview, previewMigration } from './migration/preview.js';
export {
  type ModificationPreview,
  type PreviewedElement,
  previewModification,
} from './modification/preview.js';
export { type Reception, receptionOf } from './reception.js';
export { createTouched, deltaOf, type Touched } from './touched.js';

/** How a host wants a step to be taken. */
export interface StepOptions {
  /** Collects what changes, for `deltaOf`. */
  readonly touched?: Touched;
  /** Stops after so many moves and leaves the rest for a `continue` event; by default none are left. */
  readonly pauseAfter?: number;
  /** Stops, too, after the move with which so many bytes have been computed and sent. */
  readonly pauseAbove?: number;
  /** What a `migrate` event leads to: the compiled process, or why the instance may not go there. */
  readonly target?: ExecutableProcess | Fault;
}

/** The state of an instance that has not started. Class: pure. */
export function createInstance({ instanceId, processId, caller }: InstanceSeed): InstanceState {
  return {
    format: 1,
    instanceId,
    processId,
    status: 'created',
    suspendedAt: null,
    counter: 0,
    sequence: 0,
    rootId: null,
    caller,
    startedAt: null,
    elements: {},
    variables: {},
    positions: {},
    waiting: {},
    outputs: {},
    items: {},
    jobs: {},
    tasks: {},
    timers: {},
    subscriptions: {},
    calls: {},
    throws: {},
    interruptions: {},
    incidents: {},
    endedTasks: {},
    requests: {},
    agenda: [],
    moves: 0,
    unsettled: [],
    deferred: [],
  };
}

/**
 * Advances one process instance by one event, until every token waits or has ended.
 *
 * @param process - compiled process of the sources that the instance pins; never changed
 * @param state - instance state, plain JSON, advanced in place: clone it first to keep the old one
 * @param event - what happened; `event.at` (ISO 8601 UTC, milliseconds) is the only clock
 * @returns effects in the order to start them, journal entries, and the answer to the event's request. Equal
 * input, equal output. Cost grows with what the event touches, not with the size of the instance.
 * Errors: a condition or data fault parks its token behind an incident with a code of `docs/errors.md`; a
 * request that does not fit is answered with a code; an event nothing waits for is journaled, and that is all.
 * @throws InvariantError when `state` does not belong to `process`: a bug, never a modeller's fault
 * Class: pure but for `state`. Source: BPMN 2.0.2 clause 13.
 * @example
 * const { effects } = step(process, state, { kind: 'jobCompleted', at, jobId: 'call:7', variables: {} });
 */
export function step(
  process: ExecutableProcess,
  state: InstanceState,
  event: InstanceEvent,
  options: StepOptions = {},
): StepResult {
  const request: Request | null = 'requestId' in event ? event : null;
  const requestId = request?.requestId ?? null;
  const known = requestId === null ? undefined : own(state.requests, requestId);
  if (known !== undefined) {
    return { effects: [], entries: [], answer: known.answer, hasMore: false, process };
  }
  const { touched = null, target = null } = options;
  const run = new Run(process, state, event.at, touched, target);
  run.actor = request?.actor ?? null;
  const answer = take(run, event, options);
  const reply = request === null ? null : (answer ?? accepted(run));
  if (requestId !== null && reply !== null) remember(run, requestId, reply);
  run.close();
  return {
    effects: run.effects,
    entries: run.entries,
    answer: reply,
    hasMore: hasMore(state),
    process: run.process,
  };
}

/** Who called this instance ends it: when that crosses its end, which is told already, it is no news to anybody. */
function isCallersCancel({ caller }: InstanceState, event: InstanceEvent): boolean {
  return event.kind === 'cancel' && event.requestId === null && event.actor === null && !!caller;
}

/** Who asks is answered at once, and nothing is half done by then (S03). */
function finishFirst(run: Run, { actor }: Request): void {
  if (finishUnderWay(run)) Object.assign(run, { cause: null, actor, reason: 'ended' });
}

/** Whether something is left to do: a suspended instance only goes on with what it is in the middle of. */
const hasMore = ({ suspendedAt, agenda, deferred }: InstanceState): boolean =>
  suspendedAt === null ? agenda.length + deferred.length > 0 : isFirst(agenda[0] ?? null);

/** Applies one event and what follows from it; the answer when it was refused. */
function take(
  run: Run,
  event: InstanceEvent,
  { pauseAfter = Number.POSITIVE_INFINITY, pauseAbove = Number.POSITIVE_INFINITY }: StepOptions,
): Answer | null {
  const { state } = run;
  const isEnough = (): boolean => run.made >= pauseAfter || run.weight > pauseAbove;
  if ('requestId' in event) finishFirst(run, event);
  if (hasEnded(state)) {
    if (!('requestId' in event)) {
      notAwaited(run, event.kind, `event of an instance that is ${state.status}`);
      return null;
    }
    const problem = fault('INSTANCE_ENDED', { instance: state.instanceId, status: state.status });
    return isCallersCancel(state, event) ? refusal(problem) : refused(run, problem);
  }
  const problem = handle(run, event);
  if (problem !== null) return refused(run, problem);
  if (state.suspendedAt !== null) {
    drainFirst(run, isEnough);
    return null;
  }
  // Events that were kept follow one by one, each to rest before the next (S03).
  while (drain(run, isEnough) && settleAtRest(run, isEnough)) {
    if (isEnough() || !takeDeferred(run)) break;
  }
  return null;
}
