/** One decision at work: events go in one by one, and what they cause is gathered. Class: pure but for the state. */
import type { HostEffect } from '../../contracts/decision.js';
import type { DefinitionRef } from '../../contracts/instance.js';
import { JOB_HEADERS } from '../../contracts/names.js';
import {
  type Answer,
  type Effect,
  type ExecutableProcess,
  type InstanceEvent,
  type InstanceState,
  type JournalEntry,
  own,
  type StartJob,
  sizeOf,
} from '../../engine/model/index.js';
import { createTouched, hasEnded, step } from '../../engine/step/index.js';
import { calledInstanceId, effectKey } from './effect-key.js';

type StartChild = Extract<Effect, { readonly kind: 'startChild' }>;

/** Moves that one step makes: few at first, more while they make little, so that no decision grows too large. */
const MOVES = { first: 4, most: 64 };
const LITTLE_BYTES = 32 * 1024;
const MUCH_BYTES = 128 * 1024;
/** What is written stands in an entry of the journal and in the state. */
const TIMES_RECORDED = 2;

/** What takes back what. */
const TAKEN_BACK_BY: Readonly<Record<string, HostEffect['kind']>> = {
  cancelJob: 'startJob',
  cancelTimer: 'startTimer',
  closeSubscription: 'openSubscription',
};

/** Gathers what the events of one decision cause. */
export class Work {
  readonly touched = createTouched();
  readonly entries: JournalEntry[] = [];
  effects: HostEffect[] = [];
  localJobs: StartJob[];
  /** Calls whose target is to be looked up. */
  unresolved: StartChild[] = [];
  hasMore: boolean;
  lastAt: string;
  steps = 0;
  private moves = MOVES.first;
  /** About how many bytes entries and effects take. */
  bytes = 0;

  constructor(
    private readonly process: ExecutableProcess,
    readonly state: InstanceState,
    given: {
      readonly localJobs: readonly StartJob[];
      readonly hasMore: boolean;
      readonly at: string;
    },
  ) {
    this.localJobs = [...given.localJobs];
    this.hasMore = given.hasMore;
    this.lastAt = given.at;
  }

  /** Applies one event; the answer is for whoever sent it. */
  apply(event: InstanceEvent): Answer | null {
    const wasOver = hasEnded(this.state);
    const result = step(this.process, this.state, event, {
      touched: this.touched,
      pauseAfter: this.moves,
      pauseAbove: MUCH_BYTES,
    });
    this.steps += 1;
    this.hasMore = result.hasMore;
    if (event.at > this.lastAt) this.lastAt = event.at;
    for (const entry of result.entries) this.entries.push(entry);
    for (const effect of result.effects) this.take(effect);
    this.measure(TIMES_RECORDED * sizeOf(result.entries) + sizeOf(result.effects));
    return result.answer ?? deliveryAnswer(event, wasOver, result.entries);
  }

  /** Says where a call goes, or that the store could not be asked. */
  resolve(call: StartChild, target: DefinitionRef | null): void {
    const instanceId = calledInstanceId(this.state.instanceId, call.id, this.lastAt);
    this.effects.push({ ...call, instanceId, target, bytes: sizeOf(call.variables) });
  }

  private measure(bytes: number): void {
    this.bytes += bytes;
    if (bytes < LITTLE_BYTES) this.moves = Math.min(this.moves * 2, MOVES.most);
    else if (bytes > MUCH_BYTES) this.moves = Math.max(1, this.moves >> 1);
  }

  private take(effect: Effect): void {
    if (effect.kind === 'startChild') this.unresolved.push(effect);
    else if (effect.kind === 'startJob') this.takeJob(effect);
    else if (!this.takesBack(effect)) this.effects.push(effect);
  }

  private takeJob(job: StartJob): void {
    if (own(job.headers, JOB_HEADERS.local) === 'true') this.localJobs.push(job);
    else {
      const key = effectKey(this.state.instanceId, job.elementInstanceId, 1);
      this.effects.push({ ...job, effectKey: key, bytes: sizeOf(job.variables) });
    }
  }

  /** Start and cancellation within one decision leave nothing to do. */
  private takesBack(effect: Exclude<Effect, StartChild | StartJob>): boolean {
    const kind = TAKEN_BACK_BY[effect.kind];
    if (kind === undefined || !('id' in effect)) return false;
    const count = this.effects.length + this.localJobs.length;
    if (kind === 'startJob') this.localJobs = this.localJobs.filter(({ id }) => id !== effect.id);
    this.effects = this.effects.filter(
      (other) => other.kind !== kind || !('id' in other) || other.id !== effect.id,
    );
    return this.effects.length + this.localJobs.length < count;
  }
}

/** Whether what was handed over found its subscription: the correlator is told. */
function deliveryAnswer(
  event: InstanceEvent,
  wasOver: boolean,
  entries: readonly JournalEntry[],
): Answer | null {
  if (event.kind !== 'messageReceived' && event.kind !== 'signalReceived') return null;
  const isGone = wasOver || entries.some(({ kind }) => kind === 'eventNotAwaited');
  return { ok: !isGone, code: isGone ? 'EVENT_NOT_AWAITED' : null, message: '', waitingAt: [] };
}
