/** The composition root of the durable host: workflows and activities meet here alone. */
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import {
  createActivities,
  createJournalWriter,
  createTemporalClock,
  type Instances,
  type JournalOwner,
  type JournalPort,
  KeptStates,
  type ParkedFact,
} from '../activities/index.js';
import type { CallOutcome, ResolveCallInput } from '../contracts/correlation.js';
import { HOST_LIMITS, type HostLimits } from '../contracts/instance.js';
import type { ServiceTask } from '../contracts/job.js';
import { TASK_QUEUE } from '../contracts/names.js';
import { SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import { createRegistry } from '../registry/index.js';
import type { JournalInstance, Store } from '../store/index.js';
import { type BatchRuns, createBatchRuns, createBatchWork } from './batches/index.js';
import { loadBundle } from './bundle.js';
import { openConnections } from './connections.js';
import { createCorrelators, createStartsBy } from './correlators.js';
import { runWorker } from './create-worker.js';
import { createCustomerKeyChoice, saysErased } from './customer-keys.js';
import {
  createDataConverters,
  createKeyedHash,
  createSealer,
  type KeyProvider,
} from './encryption/index.js';
import { createEngine, type Engine } from './engine.js';
import type { EngineDeps } from './engine-deps.js';
import { deliverTo } from './instances.js';
import { createInstanceDeletion, type InstanceDeletion } from './retention/index.js';
import { prepareRuntime } from './runtime.js';
import { createSealedMessages } from './sealed-messages.js';
import { createTimerStarts } from './timer-starts.js';
import { startByTimer, startLatest } from './triggered-starts.js';
import { untilStopped } from './until-stopped.js';

export type { Command, Engine } from './engine.js';
export type { EngineAnswer, UnreachedAnswer } from './instances.js';
export type { StartAnswer, StartCommand } from './starts.js';

/** How to start the engine. */
export interface EngineOptions {
  /** `host:port` of Temporal. */
  readonly address: string;
  readonly namespace?: string;
  readonly taskQueue?: string;
  readonly store: Store;
  readonly keyProvider: KeyProvider;
  /** Service tasks by task type. */
  readonly services?: ReadonlyMap<string, ServiceTask>;
  /** Where bundles are kept between starts; null builds each time. */
  readonly dataFolder: string | null;
  readonly limits?: Partial<HostLimits>;
  /** Events of a run after which a correlator continues as new. */
  readonly correlatorEvents?: number;
  /** States kept between decisions. */
  readonly keptStates?: number;
  readonly maxCachedWorkflows?: number;
  /** Activities under way at a time; the SDK's choice when absent. */
  readonly maxActivities?: number;
  /** Time that a run waits for the worker that has it in memory before any other takes it; 10 s when absent. */
  readonly stickyMs?: number;
  /** Time that a caller waits for an answer at most. */
  readonly withinMs?: number;
  /** False: a client alone, whose workers run elsewhere. */
  readonly hasWorker?: boolean;
  /** Hears of a worker that ended though nobody stopped it. */
  readonly onWorkerFailed?: (error: unknown) => void;
}

/** A running engine. */
export interface RunningEngine {
  readonly engine: Engine;
  /** Acts upon many instances at once. */
  readonly batches: BatchRuns;
  /** Deletes instances that have ended. */
  readonly deletion: InstanceDeletion;
  /** For what reads histories: `rebuild`, the reconciler, tests. */
  readonly client: EngineDeps['client'];
  /** Stops the worker, then lets go of Temporal. The store is the caller's. */
  readonly close: () => Promise<void>;
}

/**
 * Starts worker and client against a Temporal server.
 *
 * Errors: those of the connection; `BUNDLE_FAILED`. Class: side effect.
 */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { address, namespace = 'default', keyProvider } = options;
  prepareRuntime();
  const converters = createDataConverters({ keyProvider });
  const connections = await openConnections({ address, namespace }, converters.client);
  const stopping = new AbortController();
  // Every call that is under way listens.
  setMaxListeners(0, stopping.signal);
  try {
    const deps = createDeps(options, connections.client);
    const engine = untilStopped(connections.client, stopping.signal, createEngine(deps));
    const batches = createBatchRuns(connections.client, deps.taskQueue, options.store);
    const worker = options.hasWorker === false ? null : await work(options, deps, engine);
    if (worker) await deps.timerStarts.restore();
    const care = worker ? await careForBatches(batches) : null;
    let closing: Promise<void> | null = null;
    return {
      engine,
      batches,
      deletion: createInstanceDeletion(connections.client, options.store),
      client: connections.client,
      close: () => {
        stopping.abort();
        clearInterval(care ?? undefined);
        closing ??= (worker?.stop() ?? Promise.resolve()).then(connections.close);
        return closing;
      },
    };
  } catch (error) {
    await connections.close();
    throw error;
  }

  async function work({ dataFolder, ...more }: EngineOptions, deps: EngineDeps, engine: Engine) {
    const { native, identity } = connections;
    const bundle = await loadBundle(dataFolder === null ? null : join(dataFolder, 'bundles'));
    return runWorker(
      {
        connection: native,
        namespace,
        identity,
        taskQueue: deps.taskQueue,
        bundleCode: bundle.code,
        activities: createActivities(activityDepsOf(options, deps, engine, stopping.signal)),
        dataConverter: converters.worker,
        maxCachedWorkflows: more.maxCachedWorkflows,
        stickyMs: more.stickyMs,
        ...(more.maxActivities === undefined ? {} : { maxActivities: more.maxActivities }),
      },
      options.onWorkerFailed ?? rethrowLater,
    );
  }
}

/** Takes up batches that were begun by somebody who ended before they could be worked on; again now and then. */
async function careForBatches(batches: BatchRuns): Promise<NodeJS.Timeout> {
  await batches.restore();
  return setInterval(() => void batches.restore().catch(() => {}), EVERY_MS).unref();
}

const EVERY_MS = 60_000;

/** An end of the worker that nobody asked for and nobody hears of must not pass in silence. */
function rethrowLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}

function createDeps(options: EngineOptions, client: EngineDeps['client']): EngineDeps {
  const { store, keyProvider, taskQueue = TASK_QUEUE, withinMs = 10_000 } = options;
  const keyedHash = createKeyedHash({ keyProvider });
  const registry = createRegistry(store);
  const keys = createCustomerKeyChoice(store, keyProvider);
  const messages = createSealedMessages(keys, createSealer({ keyProvider }));
  const deps: EngineDeps = {
    client,
    taskQueue,
    store,
    registry,
    correlators: createCorrelators({
      client,
      taskQueue,
      keyedHash,
      startsBy: createStartsBy(store.definitions.processes),
      messages,
      isPersonal: async (processId) => {
        const definition = await registry.find(processId, null);
        return definition !== null && (await registry.process(definition)).runsUnder === 'customer';
      },
      events: options.correlatorEvents ?? 2000,
    }),
    timerStarts: createTimerStarts({
      client,
      taskQueue,
      keyedHash,
      store,
      registry,
      start: (input) => startByTimer(deps, input),
    }),
    keys,
    messages,
    limits: { ...HOST_LIMITS, ...options.limits },
    withinMs,
    keyedHash,
    workflowIds: new Map(),
  };
  return deps;
}

function activityDepsOf(
  options: EngineOptions,
  deps: EngineDeps,
  engine: Engine,
  stopping: AbortSignal,
) {
  const { registry, store, client } = deps;
  return {
    process: registry.process,
    resolveCall: (input: ResolveCallInput) => resolveCall(deps, input),
    writeJournal: createJournalWriter(journalOf(store), Date.now),
    services: options.services ?? new Map<string, ServiceTask>(),
    kept: new KeptStates(options.keptStates ?? 1000),
    clock: createTemporalClock(() => performance.now()),
    correlators: untilStopped(client, stopping, deps.correlators),
    instances: untilStopped(client, stopping, instancesOf(deps)),
    startByTimer: deps.timerStarts.fire,
    batches: createBatchWork({
      ...{ store, registry, engine, now: Date.now },
      deletion: createInstanceDeletion(client, store),
    }),
    noteParked: (owner: JournalOwner, fact: ParkedFact) =>
      store.journal.park(instanceOf(owner), fact),
  };
}

/** Where a call goes, and the key that the called instance runs under. */
async function resolveCall(
  { registry, keys }: EngineDeps,
  input: ResolveCallInput,
): Promise<CallOutcome> {
  const definition = await registry.resolveCall(input);
  if (definition === null || input.called === undefined) return definition;
  const { instanceId, callerKeyId, customerId } = input.called;
  const process = await registry.process(definition);
  const variables = customerId === null ? {} : { customerId };
  try {
    const keyId = await keys.choose({ process, variables, instanceId, inherited: callerKeyId });
    if (keyId === callerKeyId) return definition;
    await keys.prepare(instanceId, keyId);
    return { ...definition, keyId };
  } catch (error) {
    if (!saysErased(error)) throw error;
    return { code: error.code, message: error.message };
  }
}

function journalOf({ journal }: Store): JournalPort {
  return {
    append: async (owner, entries, basis) =>
      (await journal.append(instanceOf(owner), entries, basis)).lastSequence,
  };
}

function instanceOf({ definition, ...owner }: JournalOwner): JournalInstance {
  const { processId, version, hash } = definition;
  return { ...owner, processId, definition: { version, hash } };
}

function instancesOf(deps: EngineDeps): Instances {
  const { client, withinMs, keyedHash, messages } = deps;
  return {
    deliver: async (workflowId, request, id) => {
      const updateId = await keyedHash(SYSTEM_KEY_ID, `delivery\n${id}`);
      if (request.kind !== 'messageReceived') {
        return deliverTo(client, { workflowId, withinMs }, request, updateId);
      }
      const opened = await messages.open(request.variables);
      if (opened === null) return null;
      const open = { ...request, variables: opened.variables };
      return deliverTo(client, { workflowId, withinMs }, open, updateId);
    },
    startLatest: async (input) => {
      const opened = await messages.open(input.variables);
      if (opened === null) return null;
      const { variables, keyId } = opened;
      return startLatest(deps, { ...input, variables, inherited: keyId });
    },
  };
}
