/** All that the crash test starts, and how a kill is done: receiver, Temporal with a file, workers, client. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../../store/index.js';
import { type DevServer, startDevServer } from '../../../worker/dev-server/index.js';
import { startTestEngine, type TestEngine } from '../durable.js';
import { fixedSealing } from '../fixed-keys.js';
import { onPostgres } from '../store.js';
import { type Child, startChild } from './child.js';
import type { Kill } from './plan.js';

/** The scene. */
export interface Scene {
  readonly store: Store;
  /** A client alone: its workers are those that are killed. */
  readonly client: TestEngine;
  readonly booksFile: string;
  /** Effects that the receiver has accepted so far. */
  readonly accepted: () => Promise<number>;
  /** Starts two workers; a killed one is followed by another at once. */
  readonly startWorkers: () => void;
  readonly kill: (what: Kill['what']) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Sets it up. @param postgres - URL of a server on which it makes a database of its own */
export async function setScene(postgres: string): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-crash-'));
  const booksFile = join(folder, 'books.jsonl');
  const receiver = startChild('receiver.ts', [booksFile]);
  const url = `http://127.0.0.1:${await receiver.firstLine}/`;
  const temporal: DevServer = await startDevServer({
    dataFolder: folder,
    wal: true,
    env: process.env,
    log: () => {},
  });
  const database = await onPostgres(postgres);
  const store = await openStore(database.config, fixedSealing());
  const { address } = temporal;
  const client = await startTestEngine({}, { address, store, hasWorker: false });
  const { taskQueue = '', dataFolder } = client.options;
  const args = [address, taskQueue, database.config.databaseUrl ?? '', dataFolder ?? '', url];
  const workers: Child[] = [];
  const startWorker = (): void => {
    workers.push(startChild('worker.ts', args));
  };
  const killOldest = async (): Promise<void> => {
    await workers.shift()?.kill();
    startWorker();
  };
  return {
    store,
    client,
    booksFile,
    accepted: async () => {
      const reply = (await (await fetch(url)).json()) as { readonly accepted: number };
      return reply.accepted;
    },
    startWorkers: () => {
      startWorker();
      startWorker();
    },
    kill: async (what) => {
      if (what === 'server') temporal.kill();
      else if (what === 'worker') await killOldest();
      else await Promise.all([killOldest(), killOldest()]);
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.kill()));
      await client.close();
      await temporal.stop();
      await receiver.kill();
      await store.close();
      await database.discard();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
