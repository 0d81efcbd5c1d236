/**
 * The in-memory host: instances that `step` decides, in virtual time. Events wait in one queue and are
 * applied first come first, each to quiescence, so that equal commands give equal runs. What each effect
 * means here is told by `carryOut`.
 * Class: pure seen from outside. Source: docs/design.md D1; docs/semantics.md S02, S03.
 */
import type { Message, PublishAnswer } from '../correlation/index.js';
import { type Fault, fault, InvariantError } from '../errors/index.js';
import type {
  Answer,
  Caller,
  Effect,
  EffectKind,
  ExecutableProcess,
  InstanceEvent,
  StepResult,
  Variables,
} from '../model/index.js';
import { createInstance, type Reception, receptionOf, step } from '../step/index.js';
import { fixedDurationMs } from '../triggers/timer/index.js';
import { type Alarms, createAlarms } from './alarms.js';
import { type Calls, createCalls, type Given } from './calls.js';
import { type Correlators, createCorrelators } from './correlators.js';
import { PlayFailure } from './failure.js';
import { createJobs, type Jobs } from './jobs.js';
import { armStarts } from './start-timers.js';
import type { Command, Play, PlayInstance, PlayOptions, Publication } from './types.js';

interface Queued {
  readonly instance: PlayInstance;
  readonly event: InstanceEvent;
  /** Hears the result, and whether a message's subscription was open when its turn came. */
  readonly told: ((result: StepResult, reception: Reception) => void) | null;
}

/** Whether a timer that was due when it was armed was cancelled before its turn came: then nothing happened. */
const isCancelled = ({ instance: { state }, event }: Queued): boolean =>
  event.kind === 'timerFired' && !Object.hasOwn(state.timers, event.timerId);

const MAX_EVENTS = 200_000;

/**
 * Makes a run of processes in memory.
 *
 * @throws PlayFailure `PLAY_ENDLESS` from a command that never comes to rest
 */
export function createPlay(options: PlayOptions): Play {
  return new InMemoryHost(options);
}

class InMemoryHost implements Play {
  readonly instances = new Map<string, PlayInstance>();
  readonly alarms: Alarms = createAlarms();
  readonly newest: ReadonlyMap<string, ExecutableProcess>;
  private readonly jobs: Jobs;
  private readonly correlators: Correlators;
  private readonly calls: Calls;
  private queue: Queued[] = [];
  private head = 0;
  private ms: number;
  private text: string;
  private readonly counters = new Map<string, number>();
  private publications = 0;

  constructor(private readonly options: PlayOptions) {
    this.ms = Date.parse(options.now);
    this.text = options.now;
    this.newest = new Map(options.processes.map((process) => [process.id, process]));
    const complete = { kind: 'complete', variables: {}, afterMs: 0 } as const;
    const clock = { now: () => this.text, nowMs: () => this.ms };
    const { alarms, newest } = this;
    const enqueue = (instance: PlayInstance, event: InstanceEvent) => this.enqueue(instance, event);
    this.jobs = createJobs({ alarms, enqueue, ...clock }, options.answer ?? (() => complete));
    this.correlators = createCorrelators({
      alarms,
      newest,
      enqueue,
      now: clock.now,
      instance: (id) => this.instances.get(id),
      enqueueMessage: (...message) => this.enqueueMessage(...message),
      launch: (processId, elementId, variables, told) => {
        const process = this.newest.get(processId) as ExecutableProcess;
        return this.launch(process, elementId, { variables }, null, null, told).id;
      },
    });
    this.calls = createCalls({
      processes: options.processes,
      now: clock.now,
      enqueue,
      instance: (id) => this.instances.get(id),
      launch: (process, given, caller, told) =>
        this.launch(process, null, given, caller, null, told),
    });
    if (options.armsStartTimers) this.armStartTimers();
  }

  get now(): string {
    return this.text;
  }

  get nextAt(): string | null {
    const ms = this.alarms.nextMs();
    return ms === null ? null : new Date(ms).toISOString();
  }

  start(command: Parameters<Play['start']>[0]): ReturnType<Play['start']> {
    const { processId, elementId = null, variables = {}, actor = null } = command;
    const process = this.newest.get(processId);
    if (!process) {
      const known = [...this.newest.keys()].join(', ');
      return { instance: null, answer: refusal(fault('PROCESS_UNKNOWN', { processId, known })) };
    }
    let answer: Answer = ACCEPTED;
    const given = { variables };
    const instance = this.launch(process, elementId, given, null, actor, (_started, told) => {
      answer = told;
    });
    this.drain();
    return { instance: answer.ok ? instance : null, answer };
  }

  publish(publication: Publication): PublishAnswer | Fault {
    const { name, key, variables, timeToLive } = publication;
    const expiry = this.expiryOf(timeToLive);
    if (typeof expiry !== 'string' && expiry !== null) return expiry;
    this.publications += 1;
    const messageId = publication.messageId ?? `publication ${this.publications}`;
    let answer: PublishAnswer = UNSETTLED;
    this.correlators.publish({ name, key, messageId }, variables, expiry, (given) => {
      answer = given;
    });
    this.drain();
    return answer;
  }

  broadcast(name: string, variables: Variables): void {
    this.correlators.broadcast(name, variables);
    this.drain();
  }

  send(instanceId: string, command: Command): Answer | null {
    const instance = this.instances.get(instanceId);
    if (!instance) throw new InvariantError(`no instance ${instanceId} in this run`);
    let answer: Answer | null = null;
    const event = { ...command, at: this.text } as InstanceEvent;
    this.enqueue(instance, event, (result) => {
      answer = result.answer;
    });
    this.drain();
    return answer;
  }

  advanceTo(at: string): void {
    const targetMs = Date.parse(at);
    for (let next = this.alarms.nextMs(); next !== null && next <= targetMs; ) {
      this.setClock(Math.max(next, this.ms));
      this.alarms.take()();
      this.drain();
      next = this.alarms.nextMs();
    }
    if (targetMs > this.ms) this.setClock(targetMs);
  }

  forget(instanceId: string): void {
    const status = this.instances.get(instanceId)?.state.status;
    if (status && status !== 'active' && status !== 'ending') this.instances.delete(instanceId);
  }

  private setClock(ms: number): void {
    if (ms === this.ms) return;
    this.ms = ms;
    this.text = new Date(ms).toISOString();
  }

  private enqueue(instance: PlayInstance, event: InstanceEvent, told: Queued['told'] = null): void {
    this.queue.push({ instance, event, told });
  }

  private enqueueMessage(
    instance: PlayInstance,
    subscriptionId: string,
    { messageId, variables }: Message,
    told: (reception: Reception) => void,
  ): void {
    const event = {
      kind: 'messageReceived',
      at: this.text,
      subscriptionId,
      messageId,
      variables,
    } as const;
    this.enqueue(instance, event, (_result, reception) => told(reception));
  }

  /** Applies events until none is left and nothing is due at this instant. */
  private drain(): void {
    const limit = this.options.maxEvents ?? MAX_EVENTS;
    for (let count = 0; ; count += 1) {
      if (count > limit) throw new PlayFailure(fault('PLAY_ENDLESS', { limit, at: this.text }));
      const queued = this.queue[this.head];
      if (queued) {
        this.head += 1;
        this.apply(queued);
      } else {
        this.queue = [];
        this.head = 0;
        const next = this.alarms.nextMs();
        if (next === null || next > this.ms) return;
        this.alarms.take()();
      }
    }
  }

  private apply(queued: Queued): void {
    if (isCancelled(queued)) return;
    const { instance, event, told } = queued;
    const { state } = instance;
    const reception =
      event.kind === 'messageReceived' ? receptionOf(state, event.subscriptionId) : 'taken';
    const result = this.decide(instance, event);
    told?.(result, reception);
    for (let more = result.hasMore; more; ) {
      more = this.decide(instance, { kind: 'continue', at: this.text }).hasMore;
    }
  }

  private decide(instance: PlayInstance, event: InstanceEvent): StepResult {
    const result = step(instance.process, instance.state, event);
    if (result.entries.length > 0) this.options.onEntries?.(instance, result.entries);
    for (const effect of result.effects) this.carryOut(instance, effect);
    return result;
  }

  private launch(
    process: ExecutableProcess,
    elementId: string | null,
    given: Given,
    caller: Caller | null,
    actor: string | null,
    told: (isStarted: boolean, answer: Answer) => void,
  ): PlayInstance {
    const number = (this.counters.get(process.id) ?? 0) + 1;
    this.counters.set(process.id, number);
    const id = `${process.id}-${number}`;
    const state = createInstance({ instanceId: id, processId: process.id, caller });
    const instance: PlayInstance = { id, process, state, finalVariables: null };
    this.instances.set(id, instance);
    const event = {
      kind: 'start',
      at: this.text,
      elementId,
      ...given,
      requestId: null,
      actor,
    } as const;
    this.enqueue(instance, event, ({ answer }) => {
      const isStarted = answer?.ok ?? true;
      if (!isStarted) this.instances.delete(id);
      told(isStarted, answer ?? ACCEPTED);
    });
    return instance;
  }

  private carryOut(instance: PlayInstance, effect: Effect): void {
    (this.carriers[effect.kind] as Carrier<EffectKind>)(instance, effect);
  }

  private readonly carriers: { readonly [K in EffectKind]: Carrier<K> } = {
    startJob: (instance, effect) => this.jobs.start(instance, effect),
    cancelJob: (instance, { id }) => this.jobs.cancel(instance, id),
    startTimer: (instance, { id, dueAt }) => this.startTimer(instance, id, dueAt),
    cancelTimer: (instance, { id }) => this.alarms.cancel(timerKey(instance, id)),
    openSubscription: (instance, effect) => this.correlators.open(instance, effect),
    closeSubscription: (instance, effect) => this.correlators.close(instance, effect),
    publishMessage: (instance, effect) => this.throwMessage(instance, effect),
    broadcastSignal: ({ id }, { name, variables, isOwnReached }) =>
      this.correlators.broadcast(name, variables, isOwnReached ? id : null),
    startChild: (instance, effect) => this.calls.start(instance, effect),
    cancelChild: (instance, { id }) => this.calls.cancel(instance, id),
    answerChild: (instance, effect) => this.calls.answer(instance, effect),
    askCaller: (instance, effect) => this.calls.ask(instance, effect),
    endInstance: (instance, effect) => this.end(instance, effect),
  };

  private armStartTimers(): void {
    for (const process of this.newest.values()) {
      armStarts(
        this.alarms,
        process,
        () => this.text,
        (elementId) => {
          this.launch(process, elementId, { variables: {} }, null, null, () => {});
        },
      );
    }
  }

  /** A timer that is due already fires in the next step, in its place among what else is there (S32, S52). */
  private startTimer(instance: PlayInstance, timerId: string, dueAt: string): void {
    const fire = () => this.enqueue(instance, { kind: 'timerFired', at: this.text, timerId });
    const dueMs = Date.parse(dueAt);
    if (dueMs <= this.ms) fire();
    else this.alarms.set(timerKey(instance, timerId), dueMs, fire);
  }

  private throwMessage(instance: PlayInstance, effect: EffectOf<'publishMessage'>): void {
    const { id, name, key, variables, elementInstanceId } = effect;
    const expiry = this.expiryOf(effect.timeToLive);
    if (typeof expiry !== 'string' && expiry !== null) {
      this.enqueue(instance, {
        kind: 'effectFailed',
        at: this.text,
        effectId: id,
        elementInstanceId,
        ...expiry,
      });
      return;
    }
    const messageId = effect.messageId ?? `${instance.id} ${id}`;
    this.correlators.publish({ name, key, messageId }, variables, expiry, () => {});
  }

  /** When a message expires; null when its time to live is none. */
  private expiryOf(timeToLive: string): string | null | Fault {
    const lifeMs = fixedDurationMs(timeToLive);
    if (lifeMs === null) return fault('TIME_TO_LIVE', { sender: 'a message', text: timeToLive });
    return lifeMs > 0 ? new Date(this.ms + lifeMs).toISOString() : null;
  }

  private end(instance: PlayInstance, effect: EffectOf<'endInstance'>): void {
    instance.finalVariables = effect.variables;
    this.correlators.release(instance.id);
    this.calls.end(instance, effect);
  }
}

type EffectOf<K extends EffectKind> = Extract<Effect, { readonly kind: K }>;
type Carrier<K extends EffectKind> = (instance: PlayInstance, effect: EffectOf<K>) => void;

const ACCEPTED: Answer = { ok: true, code: null, message: '', waitingAt: [] };
const UNSETTLED: PublishAnswer = {
  outcome: 'buffered',
  correlated: [],
  started: [],
  refusedBy: [],
  bufferedUntil: null,
};

const refusal = ({ code, message }: Fault): Answer => ({
  ok: false,
  code,
  message,
  waitingAt: [],
});
const timerKey = (instance: PlayInstance, timerId: string): string =>
  `timer ${instance.id} ${timerId}`;
