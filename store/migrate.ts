/**
 * Brings the tables of a database to this version: the files `migrations/NNNN_name.sql`, in order, all in one
 * transaction. A migration that was applied is never edited.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type { Queryable } from './database.js';
import { storeFailure } from './failure.js';

/** One file; `digest` is the SHA-256 of its text in hex. */
export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly digest: string;
}

const FOLDER = new URL('./migrations/', import.meta.url);

/** Any number that nobody else in the database locks: the letters "jornada" in ASCII. */
const ADVISORY_LOCK = 0x6a6f726e61646;

/** Reads the migrations of this version. Class: side effect. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, FOLDER), 'utf8');
      return { name, text, digest: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/**
 * Applies what is missing; several processes that start together wait for the first.
 *
 * Errors: `STORE_MIGRATION_CHANGED`, `STORE_SCHEMA_NEWER`. Class: side effect.
 */
export async function migrate(db: Queryable, migrations: readonly Migration[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    await tx.execute(sql`create table if not exists store_migrations (
      name text primary key, digest text not null, applied_at timestamptz not null default now())`);
    const applied = await appliedDigests(tx);
    refuseForeign(applied, migrations);
    for (const { name, text, digest } of migrations) {
      if (applied.has(name)) continue;
      await tx.execute(sql.raw(text));
      await tx.execute(
        sql`insert into store_migrations (name, digest) values (${name}, ${digest})`,
      );
    }
  });
}

async function appliedDigests(tx: Queryable): Promise<ReadonlyMap<string, string>> {
  const { rows } = await tx.execute<{ name: string; digest: string }>(
    sql`select name, digest from store_migrations order by name`,
  );
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

function refuseForeign(
  applied: ReadonlyMap<string, string>,
  migrations: readonly Migration[],
): void {
  for (const [name, digest] of applied) {
    const known = migrations.find((migration) => migration.name === name);
    if (!known) throw storeFailure('STORE_SCHEMA_NEWER', { name });
    if (known.digest !== digest) throw storeFailure('STORE_MIGRATION_CHANGED', { name });
  }
}
