/**
 * A lock that all processes of a deployment share, wherever they run: held by a session of the database, so that it is
 * free again when its holder dies. Class: side effect. Source: PostgreSQL 15, section 13.3.5.
 */
import pg from 'pg';
import { rootMessage } from './database.js';
import { storeFailure } from './failure.js';

const WAIT_MS = 30_000;

/**
 * Runs `change` while holding the lock of a name.
 *
 * Errors: `STORE_UNREACHABLE`; those of the database, also after 30 s of waiting.
 */
export async function withDatabaseLock<T>(
  databaseUrl: string,
  name: string,
  change: () => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    statement_timeout: WAIT_MS,
    connectionTimeoutMillis: WAIT_MS,
  });
  // a connection that breaks later fails the next query; without a listener it would end the process
  client.on('error', () => {});
  await client.connect().catch((error: unknown) => {
    throw storeFailure('STORE_UNREACHABLE', { detail: rootMessage(error) });
  });
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`jornada ${name}`]);
    return await change();
  } finally {
    await client.end();
  }
}
