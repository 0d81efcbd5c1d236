/**
 * Starts one Temporal server and one PostgreSQL for all integration tests, side by side, and ends both.
 *
 * Tests read them by `inject('temporalAddress')`, `inject('temporalDatabaseFile')` and `inject('databaseUrl')`.
 */
import type { TestProject } from 'vitest/node';
import { obtainPostgres } from '../support/postgres.js';
import { obtainTemporal } from '../support/temporal.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port` of the shared Temporal server; namespace `default`. */
    temporalAddress: string;
    /** Path of its SQLite file; write-ahead log, so what is new may be in the file beside it that ends in `-wal`. */
    temporalDatabaseFile: string;
    /** URL of an empty PostgreSQL database whose user may create schemas and databases. */
    databaseUrl: string;
  }
}

/** Called by vitest before the first integration test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const talk = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const started = await Promise.allSettled([
    obtainTemporal(talk),
    obtainPostgres(process.env, talk),
  ]);
  const stopAll = async (): Promise<void> => {
    const parts = started.filter((part) => part.status === 'fulfilled');
    await Promise.all(parts.map((part) => part.value.stop()));
  };
  const [temporal, postgres] = started;
  if (temporal.status === 'rejected' || postgres.status === 'rejected') {
    await stopAll();
    throw temporal.status === 'rejected'
      ? temporal.reason
      : (postgres as PromiseRejectedResult).reason;
  }
  project.provide('temporalAddress', temporal.value.address);
  project.provide('temporalDatabaseFile', temporal.value.databaseFile);
  project.provide('databaseUrl', postgres.value.url);
  return stopAll;
}
