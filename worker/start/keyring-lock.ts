/** The lock of a keyring that several processes share. Class: side effect. */
import { withDatabaseLock } from '../../store/index.js';
import type { Exclusive } from '../encryption/index.js';
import type { StartConfig } from './environment.js';

/** Processes that share a keyring share a database; null: there is one process, and a file beside the keys will do. */
export function keyringLock({ databaseUrl }: Pick<StartConfig, 'databaseUrl'>): Exclusive | null {
  if (databaseUrl === null) return null;
  return (change) => withDatabaseLock(databaseUrl, 'keyring', change);
}
