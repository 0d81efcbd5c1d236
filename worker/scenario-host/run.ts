/**
 * One scenario on Temporal: its instances, its virtual clock, its activities. Workflows decide and act as in
 * production; time passes only when all of them are at rest, and then to the next instant at which something is due.
 */
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { newId } from '../../activities/identifiers.js';
import { type ActivityDeps, createActivities, KeptStates } from '../../activities/index.js';
import type { DecideInput, DecideResult } from '../../contracts/decision.js';
import { HOST_LIMITS, HOST_VERSION, type InstanceStart } from '../../contracts/instance.js';
import type { ServiceTask } from '../../contracts/job.js';
import { ACTIVITIES, CORRELATOR_UPDATES, UPDATES } from '../../contracts/names.js';
import { instanceWorkflowId } from '../../contracts/workflow-ids.js';
import { fault } from '../../engine/errors/index.js';
import type { Caller, ExecutableProcess, Variables } from '../../engine/model/index.js';
import { PlayFailure } from '../../engine/play/index.js';
import type { ScenarioSetup, TracedEntry } from '../../engine/play/scenario/index.js';
import { createCorrelators } from '../correlators.js';
import type { KeyedHash } from '../encryption/index.js';
import { untilTaken } from '../grpc-status.js';
import { deliverTo, startInstance } from '../instances.js';
import { VirtualClock } from './clock.js';
import { createDefinitions, type ScenarioDefinitions } from './definitions.js';
import { CORRELATING, followEffect, noteArrival, timerKey } from './flow.js';
import { PlannedJobs } from './jobs.js';
import { writeJournal } from './journal.js';
import { OnItsWay } from './on-its-way.js';
import { Watch } from './rest.js';
import { RunInstance } from './run-instance.js';
import { Starts } from './starts.js';

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
  readonly onItsWay = new OnItsWay();
  readonly definitions: ScenarioDefinitions;
  readonly jobs: PlannedJobs;
  readonly correlators: ReturnType<typeof createCorrelators>;
  /** Decisions so far. */
  decisions = 0;
  private isOver = false;
  private readonly activities: Readonly<Record<string, Activity>>;
  readonly watch: Watch;
  readonly clock: VirtualClock;
  /** Message correlators that may run. */
  private readonly spokenTo = new Set<string>();
  private readonly starts: Starts;
  private failure: unknown = null;

  constructor(
    private readonly stage: Stage,
    readonly keyId: string,
    setup: ScenarioSetup,
  ) {
    this.clock = new VirtualClock(setup.now);
    this.definitions = createDefinitions(setup.processes);
    const { alarms } = this.clock;
    const time = { alarms, now: () => this.now, nowMs: () => this.clock.nowMs };
    this.jobs = new PlannedJobs(time, setup.answer);
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
      virtualNow: () => this.now,
      onSpoken: (workflowId) => {
        this.spokenTo.add(workflowId);
        this.watch.touch(workflowId);
      },
    });
    this.activities = createActivities(this.activityDeps()) as Record<string, Activity>;
    const { definitions, clock } = this;
    this.starts = new Starts({
      definitions,
      clock,
      newInstance: (...given) => this.newInstance(...given),
      begin: async ({ workflowId, id: instanceId }, argument) => {
        const place = { workflowId, instanceId, withinMs: WITHIN_MS };
        return (await startInstance(stage.client, place, stage.taskQueue, argument)).ok;
      },
    });
    if (setup.armsStartTimers) this.starts.armTimers();
  }

  /** Virtual time: ISO 8601 UTC. */
  get now(): string {
    return this.clock.now;
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
    return instanceWorkflowId(instanceId, this.keyId);
  }

  /** The instance that another one called. */
  childOf({ id }: RunInstance, childId: string): RunInstance | undefined {
    return [...this.instances.values()].find(
      ({ caller }) => caller?.instanceId === id && caller.childId === childId,
    );
  }

  armTimer(instance: RunInstance, timerId: string, dueAt: string): void {
    const key = timerKey(instance.id, timerId);
    this.clock.set(key, dueAt, async () => {
      this.onItsWay.add(key);
      await this.tell(instance.workflowId, UPDATES.fireTimer, timerId);
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
      hostVersion: HOST_VERSION,
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
    const { clock } = this;
    const targetMs = Date.parse(at);
    for (let next = clock.alarms.nextMs(); next !== null && next <= targetMs; ) {
      clock.moveTo(next);
      await clock.ring();
      await this.rest();
      next = clock.alarms.nextMs();
    }
    clock.moveTo(targetMs);
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
        throw new PlayFailure(fault('PLAY_ENDLESS', { limit: MOST_DECISIONS, at: this.now }));
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
        if (this.releaseJob()) continue;
        if (!this.clock.isDue) return;
        await this.clock.ring();
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

  private async decide(given: DecideInput): Promise<DecideResult> {
    this.instances.get(given.instanceId)?.rewind(given.source);
    const at = this.now;
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

  /** A correlator keeps messages until an instant; null: until somebody speaks to it. */
  private wakeCorrelator(workflowId: string, at: string | null): void {
    const key = `message ${workflowId}`;
    const wake = () => this.tell(workflowId, CORRELATOR_UPDATES.wake, this.now);
    if (at === null) this.clock.alarms.cancel(key);
    else this.clock.set(key, at, wake);
  }

  /** A workflow has closed: an instance for good, a correlator until it is spoken to again. */
  private forget(workflowId: string): void {
    const instance = this.instances.get(workflowId.split('.')[2] ?? '');
    if (instance) instance.isClosed = true;
    else this.spokenTo.delete(workflowId);
  }

  private activityDeps(): ActivityDeps {
    const { definitions, stage } = this;
    return {
      process: async (definition) => definitions.process(definition),
      resolveCall: async (input) => definitions.resolveCall(input),
      writeJournal: async ({ instanceId }, entries, { after }) => {
        const instance = this.instances.get(instanceId);
        return instance ? writeJournal(this.journal, instance, entries, after) : 0;
      },
      services: this.localTasks(),
      kept: new KeptStates(1000),
      clock: { now: () => this.clock.nowMs, hear: () => {} },
      correlators: this.correlators,
      instances: {
        deliver: (workflowId, request, updateId) =>
          deliverTo(stage.client, { workflowId, withinMs: WITHIN_MS }, request, updateId),
        startLatest: (input) => this.starts.startLatest(input),
      },
      startByTimer: () => Promise.reject(new Error('the run starts by timers itself')),
      // A scenario has no list of incidents beside what the instances hold.
      noteParked: async () => {},
      // Nor does anybody begin a batch there.
      batches: { take: async () => null, carryOut: async () => null, finish: async () => {} },
    };
  }

  private localTasks(): ReadonlyMap<string, ServiceTask> {
    const tasks = new Map<string, ServiceTask>();
    tasks.get = (type) => this.jobs.localTask(type, this.now);
    return tasks;
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
