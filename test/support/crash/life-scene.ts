/** All that the crash test of an offboarding starts: mail and accounts outside of the worker, and the worker that is killed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { SideEffectDeps } from '../../../activities/side-effects.js';
import { openStore, type Store } from '../../../store/index.js';
import {
  createSealing,
  type KeyProvider,
  openLocalKeyring,
} from '../../../worker/encryption/index.js';
import { type MailCatcher, startMailCatcher } from '../../../worker/mail-catcher/index.js';
import { scimSystem } from '../access.js';
import { startTestEngine, type TestEngine } from '../durable.js';
import { type ScimServerForTests, startScimServer } from '../scim-server.js';
import { onPostgres } from '../store.js';
import { type Child, startChild } from './child.js';
import { exportsOf, keysOf, type LifePlaces, lifeDeps } from './life.js';
import { hurriedPackage } from './packages.js';
import { openSmtpGate } from './smtp-gate.js';

/** The scene. */
export interface LifeScene {
  readonly store: Store;
  /** A client alone: its worker is the one that is killed. */
  readonly client: TestEngine;
  readonly deps: SideEffectDeps;
  readonly keyProvider: KeyProvider;
  readonly catcher: MailCatcher;
  readonly scim: ScimServerForTests;
  readonly keysFolder: string;
  readonly exportsFolder: string;
  /** Entries of all journals so far: how far it all is. */
  readonly progress: () => Promise<number>;
  readonly startWorker: () => Promise<void>;
  /** Kills the worker without a word, and starts another. Resolves when the killed one is gone. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Sets it up, with these packages deployed.
 *
 * @param address - of Temporal
 * @param postgres - URL of a server on which it makes a database of its own
 * @param killsAtMail - numbers of the mails that the mail server takes without the worker living to hear of it
 */
export async function setLifeScene(
  address: string,
  postgres: string,
  packages: readonly string[],
  killsAtMail: readonly number[],
): Promise<LifeScene> {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-crash-life-'));
  const keyProvider = await openLocalKeyring({ folder: keysOf(folder), masterKey: null });
  const database = await onPostgres(postgres);
  const store = await openStore(database.config, createSealing(keyProvider));
  const catcher = await startMailCatcher({ folder: join(folder, 'mail') });
  const scim = await startScimServer();
  let worker: Child | null = null;
  const gate = await openSmtpGate(catcher.url, (mail) => {
    if (!killsAtMail.includes(mail)) return false;
    void kill();
    return true;
  });
  const systems = [{ ...scimSystem(scim), withinSeconds: 5 }];
  const deps = lifeDeps(
    { folder, smtpUrl: catcher.url, systems },
    store,
    keyProvider,
    new Promise(() => {}),
  );
  const client = await startTestEngine({}, { address, store, keyProvider, hasWorker: false });
  const { taskQueue = '', dataFolder } = client.options;
  const places: LifePlaces = {
    ...{ address, taskQueue, folder, systems, smtpUrl: gate.url, bundles: dataFolder ?? folder },
    databaseUrl: database.config.databaseUrl ?? '',
  };
  const spawn = (): Child => startChild('life-worker.ts', [JSON.stringify(places)]);
  const kill = async (): Promise<void> => {
    const killed = worker?.kill();
    worker = spawn();
    await killed;
  };
  const alongside = packages.map((key) => ({ key, files: hurriedPackage(key) }));
  const reports = await client.engine.deployAll(alongside);
  const findings = reports.flatMap((report) => report.findings);
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return {
    ...{ store, client, deps, keyProvider, catcher, scim, kill },
    keysFolder: keysOf(folder),
    exportsFolder: exportsOf(folder),
    progress: async () => {
      const found = await store.reading((db) =>
        db.execute(sql`select count(*)::int as entries from journal`),
      );
      return Number((found.rows[0] as { readonly entries: number }).entries);
    },
    startWorker: async () => {
      worker = spawn();
      await worker.firstLine;
    },
    close: async () => {
      await worker?.kill();
      await client.close();
      await gate.close();
      await catcher.close();
      await scim.close();
      await pause(50);
      await store.close();
      await database.discard();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
