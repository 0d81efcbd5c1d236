/**
 * Keys that are the same for ever, so that histories which a test recorded can be read by every later one. They
 * protect nothing, and nothing but tests may use them.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Sealing } from '../../store/index.js';
import { createSealing, type KeyProvider } from '../../worker/encryption/index.js';
import { seal, unseal } from '../../worker/encryption/seal.js';

const kekOf = (keyId: string): Buffer =>
  createHash('sha256').update(`a key of tests ${keyId}`).digest();

/** A provider that has every key. */
export function fixedKeys(): KeyProvider {
  return {
    create: async (keyId = SYSTEM_KEY_ID) => keyId,
    createAll: async (keyIds) => keyIds,
    wrap: async (keyId, plain, aad) => seal(kekOf(keyId), plain, aad),
    unwrap: async (keyId, wrapped, aad) => {
      const plain = unseal(kekOf(keyId), wrapped, aad);
      if (plain === null) throw new Error('another key wrapped this');
      return plain;
    },
    derive: async (keyId, purpose) =>
      Buffer.from(hkdfSync('sha256', kekOf(keyId), Buffer.alloc(0), purpose, 32)),
    destroy: async () => {
      throw new Error('the keys of tests are fixed');
    },
    list: async () => [SYSTEM_KEY_ID],
    health: async () => ({ ok: true, keys: 1, shredded: 0, problems: [] }),
    onDestroy: () => () => {},
  };
}

/** What a store is opened with to seal under these keys. */
export function fixedSealing(): Sealing {
  return createSealing(fixedKeys());
}
