/** The Temporal server that all integration tests share. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DevServer, startDevServer, type Talk } from '../../worker/dev-server/index.js';

/** A running server with a database file in a folder of its own. */
export interface TestTemporal {
  readonly address: string;
  readonly databaseFile: string;
  /** Ends the server and removes its folder. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a development server for tests: a new file, write-ahead log, a free port.
 *
 * `TEMPORAL_ADDRESS` is not obeyed on purpose: tests fill the server, crash it and read its file. Errors: those of
 * `startDevServer`; without a server it fails, it never skips. Class: side effect.
 */
export async function obtainTemporal(talk: Talk): Promise<TestTemporal> {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-test-temporal-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const server: DevServer = await startDevServer({
      dataFolder: folder,
      wal: true,
      env: process.env,
      log: talk,
    });
    const stop = async (): Promise<void> => {
      await server.stop();
      remove();
    };
    return { address: server.address, databaseFile: join(folder, 'temporal.db'), stop };
  } catch (error) {
    remove();
    throw error;
  }
}
