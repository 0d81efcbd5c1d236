/**
 * Starts one Temporal server and one PostgreSQL for all integration tests, side by side, and ends both.
 *
 * Tests read them by `inject('temporalAddress')`, `inject('temporalDatabaseFile')` and `inject('databaseUrl')`.
 */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
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
    // Built once, before many starts would all build it.
    promisify(execFile)(process.execPath, [resolve('web/build.js')]),
  ]);
  const stopAll = async (): Promise<void> => {
    const servers = started.slice(0, 2).filter((part) => part.status === 'fulfilled');
    await Promise.all(servers.map(({ value }) => 'stop' in value && value.stop()));
  };
  const [temporal, postgres] = started;
  const failed = started.find((part) => part.status === 'rejected');
  if (failed || temporal.status === 'rejected' || postgres.status === 'rejected') {
    await stopAll();
    throw failed?.reason;
  }
  project.provide('temporalAddress', temporal.value.address);
  project.provide('temporalDatabaseFile', temporal.value.databaseFile);
  project.provide('databaseUrl', postgres.value.url);
  return stopAll;
}
