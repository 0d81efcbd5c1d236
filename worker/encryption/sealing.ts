/** What a store is opened with, so that it can hold what is of customers. */
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Sealing } from '../../store/index.js';
import type { KeyProvider } from './key-provider.js';
import { createKeyedHash } from './keyed-hash.js';
import { createSealer } from './sealer.js';

/** Makes it of a keyring. Marks are of this deployment alone. Class: side effect. */
export function createSealing(keyProvider: KeyProvider): Sealing {
  const keyedHash = createKeyedHash({ keyProvider });
  return {
    sealer: createSealer({ keyProvider }),
    fingerprint: (text) => keyedHash(SYSTEM_KEY_ID, `fingerprint\n${text}`),
  };
}
