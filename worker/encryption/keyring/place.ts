/** Where a keyring lives and what opens it. */
import type { KeyFiles } from './files.js';

export interface Place {
  readonly files: KeyFiles;
  readonly folder: string;
  readonly operatorKey: Uint8Array | null;
}
