/**
 * The database behind the store: PostgreSQL over TCP, or PGlite in a thread. Both are spoken to by `pg` in
 * PostgreSQL's own protocol, so that every statement, type and error is the same on both.
 */
import { type ExtractTablesWithRelations, sql } from 'drizzle-orm';
import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { storeFailure } from './failure.js';
import { openPglite } from './pglite/index.js';

type NoSchema = Record<string, never>;

/** Anything statements can be sent to: the database, or a transaction in it. */
export type Queryable = PgDatabase<
  NodePgQueryResultHKT,
  NoSchema,
  ExtractTablesWithRelations<NoSchema>
>;

/** Where the data is. A URL wins; a folder is PGlite's; neither is PGlite in memory. */
export interface StoreConfig {
  readonly databaseUrl: string | null;
  readonly folder: string | null;
}

/** An open database. */
export interface Database {
  readonly engine: 'postgres' | 'pglite';
  readonly db: Queryable;
  readonly close: () => Promise<void>;
}

const MAX_CONNECTIONS = 10;
const CONNECT_WITHIN_MS = 30_000;
const MINIMUM_VERSION = 150_000;

/**
 * Opens the database.
 *
 * On PGlite there is one connection: whoever holds a transaction must send every statement through it, or waits
 * for itself. Errors: `STORE_FOLDER_LOCKED`, `STORE_UNREACHABLE`, `STORE_VERSION_TOO_OLD`. Class: side effect.
 */
export async function openDatabase(config: StoreConfig): Promise<Database> {
  const { databaseUrl, folder } = config;
  const database = databaseUrl ? openPostgres(databaseUrl) : await openEmbedded(folder);
  try {
    await refuseOldServer(database.db);
    return database;
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
}

function openPostgres(connectionString: string): Database {
  const pool = new pg.Pool({
    connectionString,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    application_name: 'jornada',
  });
  return overPool('postgres', pool, async () => {});
}

async function openEmbedded(folder: string | null): Promise<Database> {
  const pglite = await openPglite(folder);
  const pool = new pg.Pool({
    stream: pglite.connect,
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
  });
  return overPool('pglite', pool, pglite.close);
}

function overPool(engine: Database['engine'], pool: pg.Pool, after: () => Promise<void>): Database {
  // An idle connection that breaks is replaced by the next use; unheard, the event would end the process.
  pool.on('error', () => {});
  // So would one that breaks between two statements of a transaction: the next of them says so.
  pool.on('connect', (client) => client.on('error', () => {}));
  const close = async (): Promise<void> => {
    await pool.end();
    await after();
  };
  return { engine, db: drizzle({ client: pool }), close };
}

async function refuseOldServer(db: Queryable): Promise<void> {
  const { rows } = await db
    .execute<{ server_version_num: string }>(sql`show server_version_num`)
    .catch((error: unknown) => {
      throw storeFailure('STORE_UNREACHABLE', { detail: rootMessage(error) });
    });
  const found = rows[0]?.server_version_num ?? '0';
  if (Number(found) < MINIMUM_VERSION) throw storeFailure('STORE_VERSION_TOO_OLD', { found });
}

/** The database's own words: Drizzle wraps an error and repeats the statement and its parameters. */
export function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause) return rootMessage(error.cause);
  return error.message || error.name;
}

/** The SQLSTATE of a database error; null for any other. Class: pure. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return sqlState(error.cause);
}
