/**
 * Keys of files of a customer: made of the customer's key and the salt of the file, never stored, and gone with the
 * customer's key. Source: RFC 5869.
 */
import { hkdfSync } from 'node:crypto';
import type { FileKeys } from '../../store/index.js';
import type { KeyProvider } from './key-provider.js';
import { KEY_BYTES } from './seal.js';

/** Makes them. Errors of `fileKey`: those of the provider. Class: side effect (reads keys). */
export function createFileKeys(keyProvider: Pick<KeyProvider, 'derive'>): FileKeys {
  return {
    fileKey: async (keyId, salt) => {
      const base = await keyProvider.derive(keyId, 'files of exports');
      return Buffer.from(hkdfSync('sha256', base, salt, 'jornada file 1', KEY_BYTES));
    },
  };
}
