/** What the bench runs on: a Temporal server in memory, a PostgreSQL, one worker process. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openStore, type Store } from '../../../store/index.js';
import { startDevServer } from '../../../worker/dev-server/index.js';
import { type RunningEngine, startEngine } from '../../../worker/index.js';
import { fixedKeys, fixedSealing } from '../../support/fixed-keys.js';
import { obtainPostgres } from '../../support/postgres.js';
import { onPostgres } from '../../support/store.js';
import { cpuOfTree, parentOf } from './cpu.js';
import { QUEUES } from './names.js';

/** CPU seconds used so far. */
export interface Usage {
  readonly worker: number;
  readonly server: number;
  readonly database: number;
}

/** The place. */
export interface Place {
  readonly running: RunningEngine;
  readonly store: Store;
  readonly usage: () => Promise<Usage>;
  readonly close: () => Promise<void>;
}

/** Starts everything. `JORNADA_BENCH_PROFILE` names a folder for a CPU profile of the worker. */
export async function openPlace(): Promise<Place> {
  const talk = (line: string): void => console.error(line);
  const folder = mkdtempSync(join(tmpdir(), 'jornada-bench-'));
  const temporal = await startDevServer({ dataFolder: null, env: process.env, log: talk });
  const postgres = await obtainPostgres(process.env, talk);
  const database = await onPostgres(postgres.url);
  const url = database.config.databaseUrl ?? '';
  const store = await openStore(database.config, fixedSealing());
  const { address } = temporal;
  const running = await startEngine({
    address,
    taskQueue: QUEUES.jornada,
    store,
    keyProvider: fixedKeys(),
    dataFolder: folder,
    hasWorker: false,
    withinMs: 60_000,
  });
  const worker = await startWorker([address, url, join(tmpdir(), 'jornada-test-bundles')]);
  const root = await postmasterOf(url);
  return {
    running,
    store,
    usage: async () => ({
      worker: await ask(worker),
      server: cpuOfTree(temporal.pid() ?? 0),
      database: cpuOfTree(root),
    }),
    close: async () => {
      const gone = once(worker, 'exit');
      worker.send('stop');
      await gone;
      await running.close();
      await store.close();
      await database.discard();
      await postgres.stop();
      await temporal.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startWorker(args: readonly string[]): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const profile = process.env.JORNADA_BENCH_PROFILE;
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const worker = fork(script, args, { execArgv: ['--import', 'tsx', ...flags] });
  await once(worker, 'message');
  return worker;
}

async function ask(worker: ChildProcess): Promise<number> {
  const answer = once(worker, 'message');
  worker.send('cpu');
  const [seconds] = (await answer) as [number];
  return seconds;
}

/** The process above the one that serves a connection: all of PostgreSQL is below it. */
async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = parentOf(rows[0]?.pid ?? 0);
  await client.end();
  return pid;
}
