/** What only a server shows: several processes at once, a server that is away, a schema of another version. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JournalEntry, JournalKind } from '../../engine/model/index.js';
import { type Database, openDatabase } from '../../store/database.js';
import { openStore } from '../../store/index.js';
import { insertEntries } from '../../store/journal/entries.js';
import { migrate, readMigrations } from '../../store/migrate.js';
import { aLife, anInstance, numbered, onPostgres, type TestDatabase } from '../support/store.js';

describe('several stores on one PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await onPostgres(inject('databaseUrl'));
  });
  afterAll(() => database.discard());

  test('start together on an empty database, and append the same instances together', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => openStore(database.config)));
    const many = Array.from({ length: 20 }, () => anInstance());
    const life = aLife();
    const appends = stores.flatMap((store) =>
      many.flatMap((instance) => [
        store.journal.append(instance, life.slice(0, 9)),
        store.journal.append(instance, life),
      ]),
    );
    const written = await Promise.all(appends);
    expect(Math.max(...written.map(({ lastSequence }) => lastSequence))).toBe(life.length);
    const filter = { instanceId: { $in: many.map(({ instanceId }) => instanceId) } };
    const entries = await stores[0]?.journal.search({ filter, limit: 10_000 });
    expect(entries?.items).toHaveLength(many.length * life.length);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a note that an instance is parked leaves the journal whole that begins in the same moment', async () => {
    const stores = await Promise.all([1, 2].map(() => openStore(database.config)));
    const [one, other] = stores;
    if (!one || !other) throw new Error('there are two');
    const life = aLife();
    const parked = {
      incidentId: 'parked:0',
      code: 'ENGINE_PARKED',
      message: 'no',
      at: life[0]?.at,
    };
    const many = Array.from({ length: 100 }, () => anInstance());
    const { length } = life;
    for (const instance of many) {
      await Promise.all([
        one.journal.append(instance, life.slice(0, 9)),
        other.journal.park(instance, { ...parked, at: parked.at ?? '', fence: 0 }),
      ]);
      expect((await one.journal.append(instance, life)).lastSequence).toBe(length);
    }
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe('migrations', () => {
  let database: TestDatabase;
  let opened: Database;
  beforeAll(async () => {
    database = await onPostgres(inject('databaseUrl'));
    opened = await openDatabase(database.config);
  });
  afterAll(async () => {
    await opened.close();
    await database.discard();
  });

  test('are applied once, and refused when they were edited or come from a later version', async () => {
    const known = await readMigrations();
    await migrate(opened.db, known);
    await migrate(opened.db, known);
    const [first, ...rest] = known;
    if (!first) throw new Error('there are no migrations');
    const edited = [{ ...first, digest: 'other' }, ...rest];
    await expect(migrate(opened.db, edited)).rejects.toMatchObject({
      code: 'STORE_MIGRATION_CHANGED',
    });
    await expect(migrate(opened.db, rest)).rejects.toMatchObject({ code: 'STORE_SCHEMA_NEWER' });
  });

  test('leave nothing behind when one fails', async () => {
    const known = await readMigrations();
    const half = { name: '9998_half.sql', text: 'create table half (n int)', digest: 'a' };
    const broken = { name: '9999_broken.sql', text: 'create tabel broken ()', digest: 'b' };
    await expect(migrate(opened.db, [...known, half, broken])).rejects.toThrow();
    const { rows } = await opened.db.execute(sql`select to_regclass('half') as half`);
    expect(rows).toEqual([{ half: null }]);
  });
});

test('a server that is away is named without the password', async () => {
  const databaseUrl = 'postgres://someone:secret@127.0.0.1:1/nothing';
  const opening = openStore({ databaseUrl, folder: null });
  await expect(opening).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
  await expect(opening).rejects.not.toThrow(/secret/);
});

test('a database of before tells after its migration what a rebuild tells', async () => {
  const database = await onPostgres(inject('databaseUrl'));
  const opened = await openDatabase(database.config);
  const known = await readMigrations();
  const before = known.filter(({ name }) => name < '0009');
  await migrate(opened.db, before);
  const write = async (id: string, entries: readonly JournalEntry[]): Promise<void> => {
    await opened.db.execute(sql`insert into process_instances (instance_id, process_id,
      definition_version, definition_hash, root_instance_id, customer_key_id, last_sequence, state)
      values (${id}, 'p', 1, 'h', ${id}, 'system', ${entries.length}, 'CREATED')`);
    await opened.db.execute(
      insertEntries(entries.map((one) => ({ instanceId: id, ...one, sealed: null }))),
    );
  };
  const timer = (kind: JournalKind, timerId: string) =>
    ({ kind, elementId: 'late', data: { timerId, dueAt: '2026-03-03T10:00:00.000Z' } }) as const;
  const wait = (kind: JournalKind, subscriptionId: string) =>
    ({
      kind,
      elementId: 'paid',
      data: { subscriptionId, of: 'message', name: 'm', key: '' },
    }) as const;
  await write(
    'runs',
    numbered([
      { kind: 'instanceStarted' },
      ...[timer('timerArmed', 't:1'), timer('timerArmed', 't:2'), timer('timerFired', 't:2')],
      ...[wait('subscriptionOpened', 's:1'), wait('subscriptionOpened', 's:2')],
      ...[wait('subscriptionClosed', 's:2'), wait('subscriptionOpened', 's:3')],
      ...[wait('messageReceived', 's:3'), { kind: 'requestRefused' } as const],
    ]),
  );
  await write('refused', numbered([{ kind: 'requestRefused', data: { code: 'X' } }]));
  await opened.close();

  const store = await openStore(database.config);
  const told = async () => ({
    timers: (await store.timers.search({ filter: { state: 'ARMED' } })).items,
    waits: (await store.subscriptions.search({ filter: { closedAt: null } })).items,
    refused: await store.processInstances.get('refused'),
  });
  const migrated = await told();
  expect(migrated.timers.map(({ timerId }) => timerId)).toEqual(['t:1']);
  expect(
    migrated.waits.map(({ subscriptionId, takenAt }) => [subscriptionId, takenAt !== null]),
  ).toEqual([
    ['s:1', false],
    ['s:3', true],
  ]);
  expect(migrated.refused).toMatchObject({ state: 'REFUSED' });
  await store.journal.rebuild();
  expect(await told()).toEqual(migrated);
  await store.close();
  await database.discard();
});
