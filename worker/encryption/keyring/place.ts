/** Where a keyring lives and what opens it. */
import type { KeyFiles } from './files.js';

/** Runs a change of a keyring while nobody else changes it. */
export type Exclusive = <T>(change: () => Promise<T>) => Promise<T>;

export interface Place {
  readonly files: KeyFiles;
  readonly folder: string;
  readonly operatorKey: Uint8Array | null;
  readonly exclusive: Exclusive;
}
