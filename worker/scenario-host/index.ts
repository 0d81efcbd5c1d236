/**
 * Scenarios on a real Temporal server: one server, one worker and one keyring for all of a call; each scenario under a
 * key of its own, so that none meets another.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { activityInfo } from '@temporalio/activity';
import { Client, QueryRejectCondition } from '@temporalio/client';
import { ApplicationFailure, type DataConverter } from '@temporalio/common';
import type { JobInput } from '../../contracts/job.js';
import { ACTIVITIES } from '../../contracts/names.js';
import type { CreateScenarioHost } from '../../engine/play/scenario/index.js';
import { loadBundle } from '../bundle.js';
import { type Connections, openConnections } from '../connections.js';
import { runWorker } from '../create-worker.js';
import { cacheFolder } from '../dev-server/cache.js';
import { type Environment, startDevServer } from '../dev-server/index.js';
import { createDataConverter, createKeyedHash, openLocalKeyring } from '../encryption/index.js';
import { prepareRuntime } from '../runtime.js';
import { createHost } from './host.js';
import { newRunKey, ScenarioRun, type Stage } from './run.js';

/** Hosts for scenarios, as many as wanted, until it is closed. */
export interface ScenarioHosts {
  readonly create: CreateScenarioHost;
  close(): Promise<void>;
}

/** Activities under way at a time: those of jobs that take virtual time wait all at once. */
const MOST_ACTIVITIES = 2000;

// biome-ignore lint/style/noProcessEnv: read in this one place, unless the caller hands it in
const environment: Environment = process.env;

/**
 * Opens them, on the server of `TEMPORAL_ADDRESS` or on a development server of their own, in memory.
 *
 * Errors: those of `startDevServer`, of the connection, `BUNDLE_FAILED`. Class: side effect.
 */
export async function openScenarioHosts(env: Environment = environment): Promise<ScenarioHosts> {
  prepareRuntime();
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (let last = undo.pop(); last; last = undo.pop()) await last();
  };
  try {
    return await open(env, undo, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  env: Environment,
  undo: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<ScenarioHosts> {
  const folder = await mkdtemp(join(tmpdir(), 'jornada-scenario-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const [address, keyProvider, bundle] = await Promise.all([
    obtainServer(env, undo),
    openLocalKeyring({ folder: join(folder, 'keys'), masterKey: null }),
    loadBundle(join(dirname(cacheFolder(env, process.platform)), 'bundles')),
  ]);
  const dataConverter = createDataConverter({ keyProvider });
  const namespace = env.TEMPORAL_NAMESPACE || 'default';
  const connections = await openConnections({ address, namespace }, dataConverter);
  undo.push(connections.close);
  const runs = new Map<string, ScenarioRun>();
  const stage: Stage = {
    client: askingClient(connections, dataConverter),
    taskQueue: `scenario-${randomUUID()}`,
    keyedHash: createKeyedHash({ keyProvider }),
  };
  const worker = await runWorker(
    {
      connection: connections.native,
      namespace,
      identity: connections.identity,
      taskQueue: stage.taskQueue,
      bundleCode: bundle.code,
      activities: activitiesOf(runs),
      dataConverter,
      maxCachedWorkflows: undefined,
      maxActivities: MOST_ACTIVITIES,
    },
    (error) => {
      for (const run of runs.values()) run.fail(error);
    },
  );
  undo.push(worker.stop);
  const closing = new Set<Promise<void>>();
  undo.push(() => Promise.all(closing));
  const create: CreateScenarioHost = async (setup) => {
    const keyId = await keyProvider.create(newRunKey());
    const run = new ScenarioRun(stage, keyId, setup);
    runs.set(keyId, run);
    const host = createHost(stage, run);
    return {
      ...host,
      // What is left is cleared away while the next scenario runs.
      close: async () => {
        const closed = host.close().then(() => {
          runs.delete(keyId);
          closing.delete(closed);
        });
        closing.add(closed);
      },
    };
  };
  return { create, close };
}

async function obtainServer(env: Environment, undo: (() => Promise<unknown>)[]): Promise<string> {
  if (env.TEMPORAL_ADDRESS) return env.TEMPORAL_ADDRESS;
  const log = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const server = await startDevServer({ dataFolder: null, env, log });
  undo.push(server.stop);
  return server.address;
}

/** Like the client of the connections, but a closed workflow answers no query: it would be replayed for it. */
function askingClient({ client, identity }: Connections, dataConverter: DataConverter): Client {
  const { connection } = client;
  const { namespace } = client.options;
  const workflow = { queryRejectCondition: QueryRejectCondition.NOT_OPEN };
  return new Client({ connection, namespace, dataConverter, identity, workflow });
}

/** All activities go to the run of the workflow that asks. */
function activitiesOf(runs: ReadonlyMap<string, ScenarioRun>): object {
  const caller = (): string => activityInfo().workflowExecution?.workflowId ?? '';
  const mine = (): ScenarioRun => {
    const workflowId = caller();
    const run = runs.get(workflowId.split('.')[1] ?? '');
    if (!run) throw ApplicationFailure.nonRetryable('this scenario is over');
    return run;
  };
  const engine = Object.values(ACTIVITIES).map(
    (name) => [name, async (input: unknown) => mine().perform(name, caller(), input)] as const,
  );
  return {
    ...Object.fromEntries(engine),
    default: async (input: JobInput) => mine().jobs.serve(input),
  };
}
