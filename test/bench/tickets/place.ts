/** What the bench of tickets runs on: a Temporal server in memory, PostgreSQL, a mail server, one worker process. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPackageFiles } from '../../../activities/package-files.js';
import { openStore, type Store } from '../../../store/index.js';
import { newCustomer } from '../../../worker/customers/new-customer.js';
import { startDevServer } from '../../../worker/dev-server/index.js';
import { type RunningEngine, startEngine } from '../../../worker/index.js';
import { type MailCatcher, startMailCatcher } from '../../../worker/mail-catcher/index.js';
import { anImport } from '../../support/customer-record.js';
import { fixedKeys, fixedSealing } from '../../support/fixed-keys.js';
import { obtainPostgres } from '../../support/postgres.js';
import { sideEffectDeps } from '../../support/side-effects.js';
import { onPostgres } from '../../support/store.js';
import { cpuOfTree } from '../temporal/cpu.js';

/** What the worker process uses. */
export interface Use {
  readonly cpu: number;
  /** Resident bytes. */
  readonly rss: number;
  /** Bytes of the main thread's heap; the runs kept in memory live in other threads. */
  readonly heapUsed: number;
}

/** The place. */
export interface TicketPlace {
  readonly engine: RunningEngine['engine'];
  readonly store: Store;
  readonly catcher: MailCatcher;
  /** Address of a contact of the customer. */
  readonly mail: string;
  /** Of the worker process. */
  readonly use: () => Promise<Use>;
  /** CPU seconds of the Temporal server. */
  readonly serverCpu: () => number;
  /** Kills the worker and starts another. @returns milliseconds until it is ready */
  readonly restart: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const TASK_QUEUE = 'bench-tickets';
const MAIL = 'ana@aurora.example';
const CUSTOMER = {
  ...{ legalName: 'Padaria Aurora Ltda', taxId: '11.222.333/0001-81', country: 'BR' },
  ...{ planId: 'team', mrrMinor: 14_900, currency: 'BRL', contactName: 'Ana Prado' },
  ...{ contactMail: MAIL, locale: 'pt-BR', tz: 'America/Sao_Paulo', since: '2024-02-29' },
};

/** Starts everything, with the package deployed and one customer. @param kept - runs kept in memory; 0: as the SDK chooses */
export async function openTicketPlace(kept: number): Promise<TicketPlace> {
  const talk = (line: string): void => console.error(line);
  const folder = mkdtempSync(join(tmpdir(), 'jornada-bench-tickets-'));
  const temporal = await startDevServer({ dataFolder: null, env: process.env, log: talk });
  const postgres = await obtainPostgres(process.env, talk);
  const database = await onPostgres(postgres.url);
  const store = await openStore(database.config, fixedSealing());
  const catcher = await startMailCatcher({ folder });
  const { address } = temporal;
  const running = await startEngine({
    ...{ address, taskQueue: TASK_QUEUE, store, keyProvider: fixedKeys(), dataFolder: folder },
    ...{ hasWorker: false, withinMs: 120_000 },
  });
  const deps = sideEffectDeps(store, {
    packageFiles: createPackageFiles(store),
    smtp: { url: catcher.url },
  });
  const customer = await newCustomer(CUSTOMER, deps.fingerprint, Date.now());
  await deps.record.take([customer], anImport(), 0);
  const report = await running.engine.deploy('support-ticket', packageFiles());
  if (!report.ok) throw new Error(JSON.stringify(report.findings));
  const bundles = join(tmpdir(), 'jornada-test-bundles');
  const url = database.config.databaseUrl ?? '';
  const args = [address, TASK_QUEUE, url, bundles, catcher.url, String(kept)];
  let worker = await startWorker(args);
  const kill = async (): Promise<void> => {
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
  };
  return {
    ...{ engine: running.engine, store, catcher, mail: MAIL },
    use: async () => {
      const answer = once(worker, 'message');
      worker.send('use');
      return ((await answer) as [Use])[0];
    },
    serverCpu: () => cpuOfTree(temporal.pid() ?? 0),
    restart: async () => {
      await kill();
      const began = performance.now();
      worker = await startWorker(args);
      return performance.now() - began;
    },
    close: async () => {
      await kill();
      await running.close();
      await catcher.close();
      await store.close();
      await database.discard();
      await postgres.stop();
      await temporal.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function packageFiles(): Readonly<Record<string, string>> {
  const folder = 'definitions/support-ticket';
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => /\.(bpmn|dmn|form|liquid|yaml)$/.test(path))
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
}

async function startWorker(args: readonly string[]): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const worker = fork(script, args, { execArgv: ['--import', 'tsx'] });
  await once(worker, 'message');
  return worker;
}
