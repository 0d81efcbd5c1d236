/** What only a server shows: several processes at once, a server that is away, a schema of another version. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Database, openDatabase } from '../../store/database.js';
import { openStore } from '../../store/index.js';
import { migrate, readMigrations } from '../../store/migrate.js';
import { aLife, anInstance, onPostgres, type TestDatabase } from '../support/store.js';

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
