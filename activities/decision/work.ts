/** One decision at work: events go in one by one, and what they cause is gathered. Class: pure but for the state. */

import type { ResolvedCall } from '../../contracts/correlation.js';
import type { HostEffect } from '../../contracts/decision.js';
import type { DefinitionRef } from '../../contracts/instance.js';
import { JOB_HEADERS } from '../../contracts/names.js';
import type { Fault } from '../../engine/errors/index.js';
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
import { createTouched, hasEnded, receptionOf, step } from '../../engine/step/index.js';
import { calledInstanceId, effectKey } from './effect-key.js';

/** A call whose target is not looked up yet. */
export type StartChild = Extract<Effect, { readonly kind: 'startChild' }>;

/** Moves that one step makes: few at first, more while they make little, so that no decision grows too large. */
const MOVES = { first: 4, most: 64 };
const LITTLE_BYTES = 32 * 1024;
const MUCH_BYTES = 128 * 1024;
/** What is written stands in an entry of the journal and in the state. */
const TIMES_RECORDED = 2;
/** What an effect is about stands in a row of the state, of about so many bytes. */
const ROW_BYTES = 200;

/** What takes back what. */
const TAKEN_BACK_BY: Readonly<Record<string, HostEffect['kind']>> = {
  cancelJob: 'startJob',
  cancelTimer: 'startTimer',
  cancelChild: 'startChild',
  closeSubscription: 'openSubscription',
};

const CAN_BE_TAKEN_BACK: ReadonlySet<string> = new Set(Object.values(TAKEN_BACK_BY));

/** Gathers what the events of one decision cause. */
export class Work {
  readonly touched = createTouched();
  readonly entries: JournalEntry[] = [];
  /** Calls that were taken back before any host heard of them: the core is to be told that they have ended. */
  readonly takenBack: string[] = [];
  /** What the instance runs: another version once it has migrated. */
  definition: DefinitionRef;
  hasMore: boolean;
  lastAt: string;
  steps = 0;
  /** In order; a call whose target is still to be looked up keeps its place, null is what was taken back. */
  private readonly caused: (HostEffect | StartChild | null)[] = [];
  /** Kind and id of what may be taken back → where it stands. */
  private readonly places = new Map<string, number[]>();
  /** Calls whose target is to be looked up, by their place. */
  private readonly unresolved = new Map<number, StartChild>();
  private readonly waitingJobs: Map<string, StartJob>;
  private moves = MOVES.first;
  /** About how many bytes entries and effects take. */
  bytes = 0;

  constructor(
    private process: ExecutableProcess,
    readonly state: InstanceState,
    given: {
      readonly definition: DefinitionRef;
      readonly localJobs: readonly StartJob[];
      readonly hasMore: boolean;
      readonly at: string;
    },
  ) {
    this.definition = given.definition;
    this.waitingJobs = new Map(given.localJobs.map((job) => [job.id, job]));
    this.hasMore = given.hasMore;
    this.lastAt = given.at;
  }

  /** What is to be carried out, once every call is resolved. */
  get effects(): HostEffect[] {
    return this.caused.filter((effect): effect is HostEffect => effect !== null);
  }

  /** Local jobs that were not run yet, in order. */
  get localJobs(): StartJob[] {
    return [...this.waitingJobs.values()];
  }

  get hasLocalJobs(): boolean {
    return this.waitingJobs.size > 0;
  }

  /** The next local job, which is not waited for any more. */
  nextLocalJob(): StartJob | null {
    for (const [id, job] of this.waitingJobs) {
      this.waitingJobs.delete(id);
      return job;
    }
    return null;
  }

  /** The next call whose target is to be looked up, and its place. */
  nextUnresolved(): readonly [place: number, call: StartChild] | null {
    for (const entry of this.unresolved) return entry;
    return null;
  }

  /** Applies one event; the answer is for whoever sent it. `target`: what a migration leads to, or why to nothing. */
  apply(event: InstanceEvent, target?: ExecutableProcess | Fault): Answer | null {
    const wasOver = hasEnded(this.state);
    const isPostponed =
      event.kind === 'messageReceived' &&
      receptionOf(this.state, event.subscriptionId) === 'postponed';
    const result = step(this.process, this.state, event, {
      touched: this.touched,
      pauseAfter: this.moves,
      pauseAbove: MUCH_BYTES,
      ...(target !== undefined && { target }),
    });
    if (event.kind === 'migrate' && result.process !== this.process) {
      this.definition = { processId: this.definition.processId, ...event.to };
    }
    this.process = result.process;
    this.steps += 1;
    this.hasMore = result.hasMore;
    if (event.at > this.lastAt) this.lastAt = event.at;
    for (const entry of result.entries) this.entries.push(entry);
    for (const effect of result.effects) this.take(effect);
    const rows = ROW_BYTES * result.effects.length;
    this.measure(TIMES_RECORDED * sizeOf(result.entries) + sizeOf(result.effects) + rows);
    return result.answer ?? deliveryAnswer(event, wasOver, isPostponed, result.entries);
  }

  /** Id of the instance that a call of this moment makes. */
  calledInstanceId(childId: string): string {
    return calledInstanceId(this.state.instanceId, childId, this.lastAt);
  }

  /** Says where a call goes, or that the store could not be asked (null). */
  resolve(place: number, target: ResolvedCall | null): void {
    const call = this.unresolved.get(place) as StartChild;
    this.unresolved.delete(place);
    const instanceId = this.calledInstanceId(call.id);
    this.caused[place] = { ...call, instanceId, target, bytes: sizeOf(call.variables) };
  }

  /** Says that a call goes nowhere. */
  abandon(place: number): void {
    this.unresolved.delete(place);
    this.caused[place] = null;
  }

  private measure(bytes: number): void {
    this.bytes += bytes;
    if (bytes < LITTLE_BYTES) this.moves = Math.min(this.moves * 2, MOVES.most);
    else if (bytes > MUCH_BYTES) this.moves = Math.max(1, this.moves >> 1);
  }

  private take(effect: Effect): void {
    if (effect.kind === 'startChild') this.unresolved.set(this.add(effect), effect);
    else if (effect.kind === 'startJob') this.takeJob(effect);
    else if (!this.takesBack(effect)) this.add(effect);
  }

  /** Puts an effect behind the others. @returns its place */
  private add(effect: HostEffect | StartChild): number {
    const place = this.caused.push(effect) - 1;
    if (!('id' in effect) || !CAN_BE_TAKEN_BACK.has(effect.kind)) return place;
    const key = `${effect.kind} ${effect.id}`;
    const places = this.places.get(key);
    if (places === undefined) this.places.set(key, [place]);
    else places.push(place);
    return place;
  }

  private takeJob(job: StartJob): void {
    if (own(job.headers, JOB_HEADERS.local) === 'true') this.waitingJobs.set(job.id, job);
    else {
      const key = effectKey(this.state.instanceId, job.elementInstanceId, 1);
      this.add({ ...job, effectKey: key, bytes: sizeOf(job.variables) });
    }
  }

  /** Start and cancellation within one decision leave nothing to do. */
  private takesBack(effect: Exclude<Effect, StartChild | StartJob>): boolean {
    const kind = TAKEN_BACK_BY[effect.kind];
    if (kind === undefined || !('id' in effect)) return false;
    if (kind === 'startJob' && this.waitingJobs.delete(effect.id)) return true;
    const key = `${kind} ${effect.id}`;
    const places = this.places.get(key);
    if (places === undefined) return false;
    this.places.delete(key);
    for (const place of places) this.abandon(place);
    // Who waits for a called instance to end would wait for ever for one that never begins (S46).
    if (kind === 'startChild') this.takenBack.push(effect.id);
    return true;
  }
}

/** Whether what was handed over found its subscription: the correlator is told. */
function deliveryAnswer(
  event: InstanceEvent,
  wasOver: boolean,
  isPostponed: boolean,
  entries: readonly JournalEntry[],
): Answer | null {
  if (event.kind !== 'messageReceived' && event.kind !== 'signalReceived') return null;
  if (isPostponed) return { ok: false, code: 'INSTANCE_SUSPENDED', message: '', waitingAt: [] };
  const isGone = wasOver || entries.some(({ kind }) => kind === 'eventNotAwaited');
  return { ok: !isGone, code: isGone ? 'EVENT_NOT_AWAITED' : null, message: '', waitingAt: [] };
}
