/** A store that was opened without a keyring: it holds nothing of customers, and says so. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../store/index.js';
import { aLife, anInstance, inFolder, KEYS, openTestKeyring } from '../support/store.js';

const sealed = anInstance({ customerKeyId: KEYS.ana });
const refused = { code: 'STORE_UNSEALED' };
let store: Store;
let discard: (() => Promise<void>) | null = null;

beforeAll(async () => {
  const database = await inFolder();
  const keyring = await openTestKeyring();
  const first = await openStore(database.config, keyring.sealing);
  await first.journal.append(sealed, aLife());
  await first.close();
  store = await openStore(database.config);
  discard = async () => {
    await store.close();
    await database.discard();
    keyring.discard();
  };
}, 60_000);

afterAll(() => discard?.());

test('refuses to write what is of a customer, and stores nothing of it', async () => {
  const instance = anInstance({ customerKeyId: KEYS.bo });
  await expect(store.journal.append(instance, aLife())).rejects.toMatchObject(refused);
  const parked = { incidentId: 'parked:1', code: 'STATE_TOO_LARGE', message: 'x', fence: 1 };
  const at = '2026-03-02T12:00:00.000Z';
  await expect(store.journal.park(instance, { ...parked, at })).rejects.toMatchObject(refused);
  expect(await store.processInstances.get(instance.instanceId)).toBeNull();
  await expect(store.effects.plan('e', 'http', 'r', KEYS.bo)).rejects.toMatchObject(refused);
  expect(await store.effects.get('e')).toBeNull();
});

test('refuses to read it, but for what stands in the open', async () => {
  const filter = { instanceId: sealed.instanceId };
  await expect(store.variables.search({ filter })).rejects.toMatchObject(refused);
  await expect(store.journal.search({ filter })).rejects.toMatchObject(refused);
  const found = await store.processInstances.get(sealed.instanceId);
  expect(found).toMatchObject({ state: 'COMPLETED' });
  const records = [];
  for await (const record of store.audit.log.journals()) records.push(record);
  expect(records).toHaveLength(aLife().length);
});

test('takes in nobody who signs in: names and mails are sealed', async () => {
  const user = { userId: randomUUID(), loginName: 'ana', displayName: 'Ana', mail: null };
  const may = { locale: 'en', roles: [], groups: [], isDemo: false } as const;
  const by = { actor: null, requestId: null, reason: null, at: '2026-03-02T12:00:00.000Z' };
  await expect(store.identities.add({ ...user, ...may }, null, by)).rejects.toMatchObject(refused);
  expect(await store.identities.credentialOf('ana')).toBeNull();
});

test('holds what is of nobody', async () => {
  const instance = anInstance();
  await store.journal.append(instance, aLife().slice(0, 8));
  const wanted = { variables: [{ name: 'seats', value: 80 }] };
  const { items } = await store.processInstances.search(wanted);
  expect(items.map(({ instanceId }) => instanceId)).toEqual([instance.instanceId]);
});
