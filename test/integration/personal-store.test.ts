/**
 * Marked personal data goes through whole instances of a customer, failures included; afterwards nothing of it is found in
 * the files of the store: tables, dead rows and write-ahead log. Once the customer's key is destroyed, nobody reads it.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JobInput } from '../../contracts/job.js';
import { openStore, type Store } from '../../store/index.js';
import {
  createSealing,
  type KeyProvider,
  openLocalKeyring,
} from '../../worker/encryption/index.js';
import { keepLogIn } from '../support/audit-log.js';
import { findCanaries } from '../support/canary.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  callActivity,
  endEvent,
  messageCatch,
  model,
  serviceTask,
  startEvent,
  userTask,
} from '../support/durable-model.js';
import { inFolder, onPostgres, type TestDatabase } from '../support/store.js';

const NAME = 'Wilhelmine Obscura-4419';
const EMAIL = 'wilhelmine.o4419@canary.example';
const IBAN = 'BR4419360305000010009795493P1';
const REASON = 'because-Wilhelmine-called-4419';
const CANARIES = [NAME, EMAIL, IBAN, REASON];
/** Of nobody: it is found, so whoever searches does see. */
const IN_THE_OPEN = 'nothing-personal-in-this-4419';

/** Where the files of a database are; null: they are out of reach. */
type FolderOf = (database: TestDatabase) => Promise<string | null>;

const DATABASES: readonly [name: string, open: () => Promise<TestDatabase>, folderOf: FolderOf][] =
  [
    ['PGlite', inFolder, async ({ config }) => config.folder],
    ['PostgreSQL', () => onPostgres(inject('databaseUrl')), dataDirectory],
  ];

/** Brings all of it to the disk before. */
async function dataDirectory({ config }: TestDatabase): Promise<string | null> {
  const client = new pg.Client({ connectionString: config.databaseUrl ?? '' });
  await client.connect();
  try {
    await client.query('checkpoint');
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    const folder = rows[0]?.data_directory ?? '';
    readdirSync(folder);
    return folder;
  } catch {
    return null; // a server that was given may be on another machine
  } finally {
    await client.end();
  }
}

function seenIn(folder: string, canaries: readonly string[]): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const seen = files.flatMap(({ parentPath, name }) =>
    findCanaries(join(parentPath, name), canaries),
  );
  return new Set(seen.map(({ canary }) => canary));
}

describe.each(DATABASES)('in %s', (_name, openDatabase, folderOf) => {
  let keysFolder: string;
  let keyProvider: KeyProvider;
  let database: TestDatabase;
  let store: Store;
  let host: TestEngine;
  let calls = 0;

  beforeAll(async () => {
    keysFolder = mkdtempSync(join(tmpdir(), 'jornada-personal-keys-'));
    keyProvider = await openLocalKeyring({ folder: keysFolder, masterKey: null });
    database = await openDatabase();
    store = await openStore(database.config, createSealing(keyProvider));
    const charge = async ({ effectKey, customerKeyId }: JobInput) => {
      calls += 1;
      if (calls % 3 !== 0) {
        const cause = new Error(`the bank does not know ${IBAN}`);
        throw ApplicationFailure.create({ message: `cannot charge ${NAME} <${EMAIL}>`, cause });
      }
      const answer = async () => ({ iban: IBAN });
      return store.effects.runOnce(effectKey, 'charge', EMAIL, answer, customerKeyId);
    };
    const refuse = async (): Promise<never> => {
      const detail = {
        ...{ errorCode: 'REFUSED', message: `${NAME} refused`, variables: { why: REASON } },
      };
      throw ApplicationFailure.create({ type: 'BPMN_ERROR', message: NAME, details: [detail] });
    };
    const echo = async ({ variables }: JobInput) => variables;
    host = await startTestEngine({ charge, refuse, echo }, { keyProvider, store });
    const child = [startEvent('start'), serviceTask('echo', 'echo'), endEvent('end')];
    await host.deploy('kept-child', model('kept-child', child, 'start > echo > end'));
    const parts = [
      startEvent('start'),
      serviceTask('charge', 'charge', {}, 1),
      userTask('review'),
      messageCatch('reply', 'customer-replied', '=email'),
      callActivity('call', 'kept-child'),
      serviceTask('refuse', 'refuse'),
      endEvent('end'),
    ];
    const chain = 'start > charge > review > reply > call > refuse > end';
    await host.deploy('kept', model('kept', parts, chain));
  }, 60_000);

  afterAll(async () => {
    await host?.close();
    await store?.close();
    await database?.discard();
    rmSync(keysFolder, { recursive: true, force: true });
  });

  /** Runs a whole life under a key. @returns its instance */
  async function live(customerKeyId: string): Promise<string> {
    const variables = { name: NAME, email: EMAIL };
    const command = { processId: 'kept', requestId: null, actor: 'ana', variables, customerKeyId };
    const { instanceId } = await host.engine.start(command);
    const stuck = () =>
      host.until(instanceId, ({ state }) => Object.keys(state?.incidents ?? {}).length > 0);
    for (const round of [1, 2]) {
      const { state } = await stuck();
      const incidentId = Object.keys(state?.incidents ?? {})[0] ?? '';
      const request = { instanceId, incidentId, requestId: `r${round}`, actor: 'ana' };
      const answer = { how: 'retry', variables: { note: REASON }, reason: REASON } as const;
      await host.engine.resolveIncident({ ...request, ...answer });
      await act(`incident:${instanceId}/${incidentId}`);
    }
    const { state } = await host.until(
      instanceId,
      (view) => Object.keys(view.state?.tasks ?? {}).length > 0,
    );
    const taskId = Object.keys(state?.tasks ?? {})[0] ?? '';
    const request = { instanceId, taskId, requestId: 'c', actor: 'ana', action: null };
    await host.engine.completeTask({ ...request, variables: { answer: `${NAME}: ${IBAN}` } });
    await act(`task:${instanceId}/${taskId}`);
    await host.until(instanceId, (view) => Object.keys(view.state?.subscriptions ?? {}).length > 0);
    const message = { name: 'customer-replied', key: EMAIL, messageId: 'm', timeToLive: 'PT1M' };
    await host.engine.publish({ ...message, variables: { text: REASON } });
    await stuck();
    await host.engine.cancel({ instanceId, requestId: 'end', actor: 'ana' });
    expect(await host.ended(instanceId)).toBe('CANCELLED');
    return instanceId;
  }

  const act = (object: string) =>
    store.audit.append({
      ...{ at: new Date().toISOString(), actor: 'ana', action: 'act', object, outcome: 'done' },
      ...{ code: null, requestId: randomUUID(), reason: REASON, data: { names: ['note'] } },
    });

  async function readAll(instanceId: string) {
    const filter = { instanceId };
    const [journal, variables, incidents, subscriptions, acts] = await Promise.all([
      store.journal.search({ filter, limit: 1000 }),
      store.variables.search({ filter }),
      store.incidents.search({ filter }),
      store.subscriptions.search({ filter }),
      store.audit.query({ filter: { object: { $like: `*${instanceId}*` }, action: 'act' } }),
    ]);
    return [journal, variables, incidents, subscriptions, acts].flatMap(({ items }) => [...items]);
  }

  test('nothing personal is readable, and nothing is left once the key is destroyed', async () => {
    const customerKeyId = await keyProvider.create();
    const instanceId = await live(customerKeyId);
    const open = { processId: 'kept-child', requestId: null, actor: 'ana' };
    const plain = await host.engine.start({ ...open, variables: { said: IN_THE_OPEN } });
    await host.ended(plain.instanceId);
    const log = keepLogIn(store, keysFolder);
    await log.keeper.checkpoint();

    const before = await readAll(instanceId);
    for (const canary of CANARIES) expect(JSON.stringify(before)).toContain(canary);
    const wanted = { filter: { instanceId }, variables: [{ name: 'email', value: EMAIL }] };
    expect((await store.processInstances.search(wanted)).items).toHaveLength(1);
    await store.maintain();
    const search = async () => {
      const folder = await folderOf(database);
      if (folder === null) {
        expect(process.env.DATABASE_URL_TEST).toBeDefined();
        return;
      }
      expect([...seenIn(folder, [...CANARIES, IN_THE_OPEN])]).toEqual([IN_THE_OPEN]);
    };
    await search();

    await keyProvider.destroy(customerKeyId);
    const erased = await readAll(instanceId);
    expect(erased).toHaveLength(before.length);
    const text = JSON.stringify(erased);
    for (const canary of CANARIES) expect(text).not.toContain(canary);
    expect(erased.some(({ isErased }) => isErased)).toBe(true);
    expect(await log.verify()).toMatchObject({ isSound: true, checked: { erasedWithKey: 3 } });

    await store.journal.rebuild();
    while (!(await store.erasure.deleteProjected(customerKeyId, 3)).isDone);
    expect((await store.variables.search({ filter: { instanceId } })).items).toEqual([]);
    expect((await store.processInstances.search(wanted)).items).toEqual([]);
    expect(await log.verify()).toMatchObject({ isSound: true, findings: [] });
    const head = await store.processInstances.get(instanceId);
    expect(head).toMatchObject({ state: 'CANCELLED', customerKeyId });
    await search();
  }, 120_000);
});
