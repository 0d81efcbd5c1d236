/**
 * One scenario on Temporal: its instances, its virtual clock, its activities. Workflows decide and act as in
 * production; time passes only when all of them are at rest, and then to the next instant at which something is due.
 */
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { newId } from '../../activities/identifiers.js';
import { type ActivityDeps, createActivities, KeptStates } from '../../activities/index.js';
import type { StartByInput, StartOutcome } from '../../contracts/correlation.js';
import type { DecideInput, DecideResult } from '../../contracts/decision.js';
import { HOST_LIMITS, type InstanceStart } from '../../contracts/instance.js';
import type { ServiceTask } from '../../contracts/job.js';
import { ACTIVITIES, CORRELATOR_UPDATES, UPDATES } from '../../contracts/names.js';
import { fault } from '../../engine/errors/index.js';
import type {
  Caller,
  ExecutableProcess,
  JournalEntry,
  Variables,
} from '../../engine/model/index.js';
import { createAlarms } from '../../engine/play/alarms.js';
import { PlayFailure } from '../../engine/play/index.js';
import type { ScenarioSetup, TracedEntry } from '../../engine/play/scenario/index.js';
import { armStarts } from '../../engine/play/start-timers.js';
import { createCorrelators } from '../correlators.js';
import type { KeyedHash } from '../encryption/index.js';
import { untilTaken } from '../grpc-status.js';
import { deliverTo, startInstanceOnly } from '../instances.js';
import { createDefinitions, type ScenarioDefinitions } from './definitions.js';
import { CORRELATING, followEffect, noteArrival, timerKey } from './flow.js';
import { PlannedJobs } from './jobs.js';
import { OnItsWay } from './on-its-way.js';
import { Watch } from './rest.js';
import { RunInstance } from './run-instance.js';

/** Where runs take place: one for all scenarios of a call. */
export interface Stage {
  /** Rejects queries to closed workflows. */
  readonly client: Client;
  readonly taskQueue: string;
  readonly keyedHash: KeyedHash;
}

/** Activities that speak to correlators for an instance. */
const TO_CORRELATORS: readonly string[] = [
  ACTIVITIES.openSubscription,
  ACTIVITIES.closeSubscription,
  ACTIVITIES.publishMessage,
  ACTIVITIES.broadcastSignal,
];

/** Windows as wide as Temporal allows: virtual time passes only when nothing else can go on. */
const LIMITS = { ...HOST_LIMITS, window: 1000, calls: 1000 };
/** Time that an answer may take on a busy machine. */
const WITHIN_MS = 30_000;
/** Time after which what is on its way is asked for, not waited for. */
const HINT_MS = 200;
/** Between two times of asking whether all is at rest; doubled while it is not, up to so many times that. */
const PAUSE = { ms: 2, most: 32 };
/** Decisions that may follow from one step at one instant. */
const MOST_DECISIONS = 3000;
/** Time without any decision in which the workflows must come to rest. */
const STALLED_MS = 60_000;
const CORRELATOR_EVENTS = 2000;

type Activity = (input: unknown) => Promise<unknown>;

/** One run. */
export class ScenarioRun {
  readonly instances = new Map<string, RunInstance>();
  readonly journal: TracedEntry[] = [];
  readonly alarms = createAlarms();
  readonly onItsWay = new OnItsWay();
  readonly definitions: ScenarioDefinitions;
  readonly jobs: PlannedJobs;
  readonly correlators: ReturnType<typeof createCorrelators>;
  /** Decisions so far. */
  decisions = 0;
  private nowMs: number;
  private text: string;
  private isOver = false;
  private readonly activities: Readonly<Record<string, Activity>>;
  readonly watch: Watch;
  /** Message correlators that may run. */
  private readonly spokenTo = new Set<string>();
  private readonly claims = new Map<string, string>();
  /** Instances that hold a key across the messages that start their process. */
  private readonly holders = new Map<string, RunInstance>();
  private failure: unknown = null;
  private due: (() => Promise<void>) | null = null;

  constructor(
    private readonly stage: Stage,
    readonly keyId: string,
    setup: ScenarioSetup,
  ) {
    this.nowMs = Date.parse(setup.now);
    this.text = setup.now;
    this.definitions = createDefinitions(setup.processes);
    const clock = { alarms: this.alarms, now: () => this.text, nowMs: () => this.nowMs };
    this.jobs = new PlannedJobs(clock, setup.answer);
    this.watch = new Watch({
      client: stage.client,
      openJobs: (instanceId) => this.jobs.openOf(instanceId),
      isClosed: (instanceId) => this.instances.get(instanceId)?.isClosed === true,
      closed: (workflowId) => this.forget(workflowId),
      wakeAt: (workflowId, at) => this.wakeCorrelator(workflowId, at),
    });
    this.correlators = createCorrelators({
      ...stage,
      keyId,
      startsBy: async (of, name) => this.definitions.startsBy(of, name),
      events: CORRELATOR_EVENTS,
      virtualNow: () => this.text,
      onSpoken: (workflowId) => {
        this.spokenTo.add(workflowId);
        this.watch.touch(workflowId);
      },
    });
    this.activities = createActivities(this.activityDeps()) as Record<string, Activity>;
    if (setup.armsStartTimers) this.armStartTimers();
  }

  /** Virtual time: ISO 8601 UTC. */
  get now(): string {
    return this.text;
  }

  /** Carries out an activity of the engine for a workflow of this run. */
  async perform(name: string, workflowId: string, input: unknown): Promise<unknown> {
    this.watch.count(workflowId, 1);
    try {
      if (name === ACTIVITIES.decide) return await this.decide(input as DecideInput);
      const done = await this.activities[name]?.(input);
      if (TO_CORRELATORS.includes(name)) this.onItsWay.arrived(CORRELATING);
      return done;
    } finally {
      this.watch.count(workflowId, -1);
    }
  }

  /** Takes note of an instance that is to start. */
  know(id: string, process: ExecutableProcess, caller: Caller | null): RunInstance {
    const known = this.instances.get(id);
    if (known) return known;
    const instance = new RunInstance(id, this.workflowIdOf(id), process, caller);
    this.instances.set(id, instance);
    this.watch.touch(instance.workflowId);
    return instance;
  }

  /** News go from workflow to workflow; they have arrived with the event of this key. */
  expectNews(workflowId: string, key: string): void {
    this.watch.expectNews(workflowId);
    this.onItsWay.add(key);
  }

  workflowIdOf(instanceId: string): string {
    return `p.${this.keyId}.${instanceId}`;
  }

  /** The instance that another one called. */
  childOf({ id }: RunInstance, childId: string): RunInstance | undefined {
    return [...this.instances.values()].find(
      ({ caller }) => caller?.instanceId === id && caller.childId === childId,
    );
  }

  armTimer(instance: RunInstance, timerId: string, dueAt: string): void {
    const key = timerKey(instance.id, timerId);
    this.alarms.set(key, Date.parse(dueAt), () => {
      this.due = async () => {
        this.onItsWay.add(key);
        await this.tell(instance.workflowId, UPDATES.fireTimer, timerId);
      };
    });
  }

  /** The argument of a new instance of the newest version. */
  newInstance(
    process: ExecutableProcess,
    elementId: string | null,
    variables: Variables,
    startedBy: readonly string[] | null = null,
  ): { readonly instance: RunInstance; readonly argument: InstanceStart } {
    const instance = this.know(newId(Date.now()), process, null);
    instance.startedBy = startedBy;
    const start = { kind: 'start', elementId, variables, requestId: null, actor: null } as const;
    const argument: InstanceStart = {
      definition: this.definitions.refOf(process),
      clock: 'virtual',
      seed: { instanceId: instance.id, processId: process.id, caller: null },
      callerWorkflowId: null,
      startedBy,
      businessKey: null,
      rootInstanceId: instance.id,
      limits: LIMITS,
      begin: { kind: 'first', event: start },
    };
    this.onItsWay.add(`start ${instance.id}`);
    return { instance, argument };
  }

  /** Lets time pass; everything on the way happens at its own instant, in due order. */
  async advanceTo(at: string): Promise<void> {
    const targetMs = Date.parse(at);
    for (let next = this.alarms.nextMs(); next !== null && next <= targetMs; ) {
      this.setClock(Math.max(next, this.nowMs));
      await this.ring();
      await this.rest();
      next = this.alarms.nextMs();
    }
    if (targetMs > this.nowMs) this.setClock(targetMs);
  }

  /**
   * Waits until nothing is left to do at the present instant.
   *
   * @throws PlayFailure `PLAY_ENDLESS`; what a decision threw passes through
   */
  async rest(): Promise<void> {
    const limit = this.decisions + MOST_DECISIONS;
    for (let doublings = 0, seen = -1, seenAt = performance.now(); ; doublings += 1) {
      await this.onItsWay.untilEmpty(HINT_MS);
      if (this.failure !== null) throw this.failure;
      if (this.decisions > limit) {
        throw new PlayFailure(fault('PLAY_ENDLESS', { limit: MOST_DECISIONS, at: this.text }));
      }
      if (this.watch.performed !== seen) {
        seen = this.watch.performed;
        seenAt = performance.now();
        doublings = 0;
      } else if (performance.now() - seenAt > STALLED_MS) {
        throw new Error(`the workflows did not come to rest within ${STALLED_MS} ms`);
      }
      if (await this.watch.isCalm()) {
        this.onItsWay.clear();
        if (!this.releaseJob() && !(await this.ringIfDue())) return;
      } else await pause(Math.min(PAUSE.ms * 2 ** doublings, PAUSE.ms * PAUSE.most));
    }
  }

  /** Something outside the run went wrong: its next step fails by it. */
  fail(error: unknown): void {
    this.failure ??= error;
    this.onItsWay.clear();
  }

  /** Ends what still runs. */
  async close(): Promise<void> {
    this.isOver = true;
    this.jobs.close();
    const open = [...this.instances.values()].filter(({ isClosed }) => !isClosed);
    const ids = [...open.map(({ workflowId }) => workflowId), ...this.spokenTo];
    const { workflow } = this.stage.client;
    await Promise.allSettled(ids.map((id) => workflow.getHandle(id).terminate('SCENARIO_OVER')));
  }

  /** Sends an Update of the virtual clock; a workflow that has closed needs it no more. */
  private async tell(workflowId: string, update: string, what: string): Promise<void> {
    this.watch.touch(workflowId);
    const handle = this.stage.client.workflow.getHandle(workflowId);
    const send = () => handle.executeUpdate<void, [string]>(update, { args: [what] });
    await untilTaken(send).catch(ignoreClosed);
  }

  private setClock(ms: number): void {
    this.nowMs = ms;
    this.text = new Date(ms).toISOString();
  }

  private async decide(given: DecideInput): Promise<DecideResult> {
    this.instances.get(given.instanceId)?.rewind(given.source);
    const at = this.text;
    const input = { ...given, at, events: given.events.map((event) => ({ ...event, at })) };
    try {
      const decide = this.activities[ACTIVITIES.decide] as (
        input: DecideInput,
      ) => Promise<DecideResult>;
      const result = await decide(input);
      if (result.kind === 'decided' && !this.isOver) this.takeOver(input, result);
      return result;
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  private takeOver(
    input: DecideInput,
    decision: Extract<DecideResult, { readonly kind: 'decided' }>,
  ): void {
    const instance = this.instances.get(input.instanceId);
    if (!instance) throw new Error(`an instance ${input.instanceId} that nobody started`);
    this.decisions += 1;
    instance.take(decision);
    for (const event of input.events.slice(0, decision.taken)) noteArrival(this, instance, event);
    for (const effect of decision.effects) followEffect(this, instance, effect);
    if (this.onItsWay.isEmpty) this.releaseJob();
  }

  private releaseJob(): boolean {
    const key = this.jobs.release();
    if (key === null) return false;
    this.onItsWay.add(`job ${key}`);
    this.watch.touch(this.workflowIdOf(key.split(' ')[0] ?? ''));
    return true;
  }

  private async ringIfDue(): Promise<boolean> {
    const next = this.alarms.nextMs();
    if (next === null || next > this.nowMs) return false;
    await this.ring();
    return true;
  }

  private async ring(): Promise<void> {
    this.alarms.take()();
    const { due } = this;
    this.due = null;
    await due?.();
  }

  /** A correlator keeps messages until an instant; null: until somebody speaks to it. */
  private wakeCorrelator(workflowId: string, at: string | null): void {
    const key = `message ${workflowId}`;
    if (at === null) this.alarms.cancel(key);
    else {
      this.alarms.set(key, Date.parse(at), () => {
        this.due = () => this.tell(workflowId, CORRELATOR_UPDATES.wake, this.text);
      });
    }
  }

  /** A workflow has closed: an instance for good, a correlator until it is spoken to again. */
  private forget(workflowId: string): void {
    const instance = this.instances.get(workflowId.split('.')[2] ?? '');
    if (instance) instance.isClosed = true;
    else this.spokenTo.delete(workflowId);
  }

  private armStartTimers(): void {
    for (const process of this.definitions.newest.values()) {
      armStarts(
        this.alarms,
        process,
        () => this.text,
        (elementId) => {
          this.due = async () => {
            const { instance, argument } = this.newInstance(process, elementId, {});
            await this.begin(instance, argument);
          };
        },
      );
    }
  }

  private begin({ workflowId }: RunInstance, argument: InstanceStart): Promise<void> {
    const { client, taskQueue } = this.stage;
    return startInstanceOnly(client, workflowId, taskQueue, argument);
  }

  /** Starts by message and signal: once for a key. */
  private async startLatest(input: StartByInput): Promise<StartOutcome | null> {
    const { processId, elementId, startKey, variables, startedBy, hold } = input;
    const process = this.definitions.newest.get(processId);
    if (!process?.starts.some((one) => one.elementId === elementId)) return null;
    const claim = `${processId} ${startKey}`;
    const claimed = this.claims.get(claim);
    if (claimed !== undefined) return { workflowId: claimed, isBusy: false };
    const holder = hold === null ? undefined : this.holders.get(hold.id);
    if (holder && !holder.hasEnded) return { workflowId: holder.workflowId, isBusy: true };
    const told = hold?.correlators ?? (startedBy === null ? null : [startedBy]);
    const { instance, argument } = this.newInstance(process, elementId, variables, told);
    this.claims.set(claim, instance.workflowId);
    if (hold !== null) this.holders.set(hold.id, instance);
    await this.begin(instance, argument);
    return { workflowId: instance.workflowId, isBusy: false };
  }

  private activityDeps(): ActivityDeps {
    const { definitions, stage } = this;
    return {
      process: async (definition) => definitions.process(definition),
      resolveCall: async (input) => definitions.resolveCall(input),
      writeJournal: async ({ instanceId }, entries, { after }) =>
        this.write(instanceId, entries, after),
      services: this.localTasks(),
      kept: new KeptStates(1000),
      clock: { now: () => this.nowMs, hear: () => {} },
      correlators: this.correlators,
      instances: {
        deliver: (workflowId, request, updateId) =>
          deliverTo(stage.client, { workflowId, withinMs: WITHIN_MS }, request, updateId),
        startLatest: (input) => this.startLatest(input),
      },
      startByTimer: () => Promise.reject(new Error('the run starts by timers itself')),
      // A scenario has no list of incidents beside what the instances hold.
      noteParked: async () => {},
    };
  }

  private localTasks(): ReadonlyMap<string, ServiceTask> {
    const tasks = new Map<string, ServiceTask>();
    tasks.get = (type) => this.jobs.localTask(type, this.text);
    return tasks;
  }

  /** The journal refuses gaps; what a decision wrote that did not reach the history gives way to what is decided anew. */
  private async write(
    instanceId: string,
    entries: readonly JournalEntry[],
    after: number,
  ): Promise<number> {
    const instance = this.instances.get(instanceId);
    if (!instance) return 0;
    if (after < instance.journaled) this.eraseAfter(instance, after);
    for (const entry of entries) {
      if (entry.sequence !== instance.journaled + 1) throw new Error('a gap in the journal');
      instance.journaled = entry.sequence;
      this.journal.push({ instanceId, processId: instance.process.id, entry });
    }
    return instance.journaled;
  }

  private eraseAfter(instance: RunInstance, after: number): void {
    const isErased = ({ instanceId, entry }: TracedEntry): boolean =>
      instanceId === instance.id && entry.sequence > after;
    const kept = this.journal.filter((one) => !isErased(one));
    this.journal.splice(0, this.journal.length, ...kept);
    instance.journaled = after;
  }
}

function ignoreClosed(error: unknown): void {
  const name = error instanceof Error ? error.name : '';
  if (name !== 'WorkflowNotFoundError') throw error;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The key of a new run: no two share one, so that nothing of one meets another. */
export function newRunKey(): string {
  return randomUUID();
}
