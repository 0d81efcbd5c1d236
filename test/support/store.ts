/** Databases for tests of the store: the same tests run on each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import type { JournalEntry } from '../../engine/model/index.js';
import {
  type JournalInstance,
  openStore,
  type Sealing,
  type Store,
  type StoreConfig,
} from '../../store/index.js';
import {
  createSealing,
  type KeyProvider,
  openLocalKeyring,
} from '../../worker/encryption/index.js';
import { fixedKeys } from './fixed-keys.js';
import { putEmptyDatabase } from './pglite-template.js';

/** A database that is empty at first; `discard` removes it. */
export interface TestDatabase {
  readonly config: StoreConfig;
  readonly discard: () => Promise<void>;
}

/** PGlite in memory. */
export const inMemory = async (): Promise<TestDatabase> => ({
  config: { databaseUrl: null, folder: null },
  discard: async () => {},
});

/** PGlite in a folder that goes away. */
export const inFolder = async (): Promise<TestDatabase> => {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-test-store-'));
  await putEmptyDatabase(folder);
  return {
    config: { databaseUrl: null, folder },
    discard: async () => rmSync(folder, { recursive: true, force: true }),
  };
};

let databases = 0;

/** A database of its own on a PostgreSQL server. */
export async function onPostgres(serverUrl: string): Promise<TestDatabase> {
  databases += 1;
  const name = `store_test_${process.pid}_${databases}_${Date.now()}`;
  await command(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    config: { databaseUrl: url.href, folder: null },
    discard: () => command(serverUrl, `drop database ${name} with (force)`),
  };
}

/**
 * A store of its own on the PostgreSQL of the integration tests; closing it removes its database. It seals with keys that
 * are the same for ever, unless others are given. Opening takes a fiftieth of the CPU time that PGlite takes, which makes a whole database first.
 */
export async function openTestStore(keyProvider: KeyProvider = fixedKeys()): Promise<Store> {
  const database = await onPostgres(inject('databaseUrl'));
  const store = await openStore(database.config, createSealing(keyProvider));
  const close = async (): Promise<void> => {
    await store.close();
    await database.discard();
  };
  return { ...store, close };
}

async function command(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Customer keys of the keyring that suites have. */
export const KEYS = {
  ana: '11111111-1111-4111-8111-111111111111',
  bo: '22222222-2222-4222-8222-222222222222',
} as const;

/** A keyring in a folder that goes away, with all of `KEYS`. */
export async function openTestKeyring(): Promise<{
  readonly keyProvider: KeyProvider;
  readonly sealing: Sealing;
  readonly discard: () => void;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-test-keys-'));
  const keyProvider = await openLocalKeyring({ folder, masterKey: null });
  await keyProvider.createAll(Object.values(KEYS));
  const discard = (): void => rmSync(folder, { recursive: true, force: true });
  return { keyProvider, sealing: createSealing(keyProvider), discard };
}

/** Opens one store for all given suites, with a keyring of its own, and closes it after them. */
export function describeStore(
  title: string,
  database: () => Promise<TestDatabase>,
  suites: readonly ((store: () => Store, keys: () => KeyProvider) => void)[],
): void {
  describe(title, () => {
    let opened: Opened | null = null;
    beforeAll(async () => {
      const made = await database();
      const keyring = await openTestKeyring();
      opened = { database: made, keyring, store: await openStore(made.config, keyring.sealing) };
    }, 60_000);
    afterAll(async () => {
      await opened?.store.close();
      await opened?.database.discard();
      opened?.keyring.discard();
    }, 60_000);
    const all = (): Opened => {
      if (!opened) throw new Error('the store is not open');
      return opened;
    };
    for (const suite of suites) {
      suite(
        () => all().store,
        () => all().keyring.keyProvider,
      );
    }
  });
}

interface Opened {
  readonly store: Store;
  readonly database: TestDatabase;
  readonly keyring: Awaited<ReturnType<typeof openTestKeyring>>;
}

let instances = 0;

/** An instance with an id that no other test has. */
export function anInstance(changes: Partial<JournalInstance> = {}): JournalInstance {
  instances += 1;
  const instanceId = `instance-${process.pid}-${instances}`;
  return {
    instanceId,
    processId: 'onboarding',
    definition: { version: 1, hash: 'hash-1' },
    callerInstanceId: null,
    rootInstanceId: instanceId,
    customerKeyId: 'system',
    businessKey: null,
    ...changes,
  };
}

/** Numbers entries from `from` on; an entry tells what differs from an empty one, one second apart. */
export function numbered(
  entries: readonly (Pick<JournalEntry, 'kind'> & Partial<JournalEntry>)[],
  from = 1,
): readonly JournalEntry[] {
  return entries.map((entry, index) => ({
    elementId: null,
    elementInstanceId: null,
    scopeId: null,
    cause: null,
    actor: null,
    rule: null,
    data: null,
    at: new Date(Date.UTC(2026, 2, 2, 12, 0, from + index)).toISOString(),
    ...entry,
    sequence: from + index,
  }));
}

/** A whole life: started, one task worked on, one incident, one called instance, variables in two scopes, ended. */
export function aLife(): readonly JournalEntry[] {
  const task = { elementId: 'Task_Call', elementInstanceId: 'Task_Call:2', scopeId: 'Process:1' };
  const job = { elementId: 'Task_Mail', elementInstanceId: 'Task_Mail:3', scopeId: 'Process:1' };
  const call = { elementId: 'Call_Bill', elementInstanceId: 'Call_Bill:4', scopeId: 'Process:1' };
  return numbered([
    { kind: 'instanceStarted', data: { processId: 'onboarding', businessKey: null } },
    {
      kind: 'elementEntered',
      elementId: 'Process',
      elementInstanceId: 'Process:1',
      data: { kind: 'process', name: 'Onboarding' },
    },
    {
      kind: 'variablesWritten',
      scopeId: 'Process:1',
      data: { values: { plan: 'gold', seats: 80, note: null, text: '5', nested: { a: [1, 'x'] } } },
    },
    { kind: 'elementEntered', ...task, data: { kind: 'userTask', name: 'Call the customer' } },
    { kind: 'taskOpened', ...task, data: aTask({ candidateGroups: ['success'] }) },
    { kind: 'taskAssigned', ...task, actor: 'ana', data: { assignee: 'ana' } },
    { kind: 'taskCompleted', ...task, actor: 'ana', data: { action: 'approve' } },
    { kind: 'variablesWritten', scopeId: 'Task_Call:2', data: { values: { answer: true } } },
    { kind: 'elementCompleted', ...task },
    { kind: 'elementEntered', ...job, data: { kind: 'serviceTask', name: 'Welcome mail' } },
    { kind: 'jobStarted', ...job, data: { jobId: 'job:5', type: 'send-email' } },
    {
      kind: 'incidentOpened',
      ...job,
      data: {
        incidentId: 'incident:6',
        code: 'MAIL_REFUSED',
        class: 'UNKNOWN',
        message: 'Expected …',
      },
    },
    { kind: 'incidentResolved', ...job, actor: 'olga', data: { incidentId: 'incident:6' } },
    { kind: 'elementCancelled', ...job },
    { kind: 'elementEntered', ...call, data: { kind: 'callActivity', name: null } },
    { kind: 'childStarted', ...call, data: { childId: 'child:7', processId: 'billing' } },
    { kind: 'childEnded', ...call, data: { childId: 'child:7', outcome: 'completed' } },
    { kind: 'elementCompleted', ...call },
    { kind: 'variablesWritten', scopeId: 'Process:1', data: { values: { plan: 'silver' } } },
    { kind: 'elementCompleted', elementId: 'Process', elementInstanceId: 'Process:1' },
    { kind: 'instanceCompleted' },
  ]);
}

/** The data of an opened task. */
export function aTask(changes: object = {}): NonNullable<JournalEntry['data']> {
  return {
    name: 'Call the customer',
    assignee: null,
    candidateGroups: [],
    candidateUsers: [],
    dueAt: null,
    followUpAt: null,
    priority: 50,
    formId: 'call-form',
    ...changes,
  };
}
