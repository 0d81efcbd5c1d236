/**
 * The stamp beside a database file: which server version made it. Temporal creates its schema once and never
 * migrates it, so another version on an old file is refused.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from './failure.js';

/** Path of the database file in a folder. Class: pure. */
export function databaseFile(folder: string): string {
  return join(folder, 'temporal.db');
}

/** Path of the version stamp in a folder. Class: pure. */
export function stampFile(folder: string): string {
  return join(folder, 'temporal.version');
}

/** The server version that the file in a folder is of: null when there is no file, `unknown` when it has no stamp. */
export function stampedVersion(folder: string): string | null {
  if (!existsSync(databaseFile(folder))) return null;
  return existsSync(stampFile(folder)) ? readFileSync(stampFile(folder), 'utf8').trim() : 'unknown';
}

/**
 * Stamps a new file, or checks that an old one is of this server version.
 *
 * The stamp is written before the server creates the file: a crash in between leaves no file without a stamp.
 * Errors: `TEMPORAL_FILE_VERSION`. Class: side effect.
 */
export function checkStamp(folder: string, serverVersion: string): void {
  const stamped = stampedVersion(folder);
  if (stamped === null) {
    writeFileSync(stampFile(folder), `${serverVersion}\n`);
    return;
  }
  if (stamped === serverVersion) return;
  const file = databaseFile(folder);
  throw failure('TEMPORAL_FILE_VERSION', { file, server: serverVersion, stamped });
}
