/**
 * Keyed hashes for ids that are made of something personal: the id of a correlator holds one instead of the
 * correlation key, and it means nothing once the customer's key is destroyed. Source: docs/design.md D7; RFC 2104, 4648.
 */
import { createHmac } from 'node:crypto';
import { PLAIN_KEY_MS } from './data-keys.js';
import type { KeyProvider } from './key-provider.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Hashes a text under a key that is derived from a customer's: HMAC-SHA-256 in base32, 52 lower-case characters.
 *
 * Errors: those of the provider. Class: side effect (reads keys).
 */
export type KeyedHash = (keyId: string, text: string) => Promise<string>;

/** Makes the hash function of a process; derived keys are kept for five minutes. Class: side effect. */
export function createKeyedHash(options: {
  readonly keyProvider: KeyProvider;
  readonly now?: () => number;
}): KeyedHash {
  const { keyProvider, now = Date.now } = options;
  const derived = new Map<string, { readonly key: Buffer; readonly until: number }>();
  let drops = 0;
  keyProvider.onDestroy((keyId) => {
    drops++;
    derived.delete(keyId);
  });
  return async (keyId, text) => {
    const known = derived.get(keyId);
    if (known && now() < known.until) return hash(known.key, text);
    for (const [old, { until }] of derived) if (until <= now()) derived.delete(old);
    const before = drops;
    const key = await keyProvider.derive(keyId, 'ids of correlators');
    if (before === drops) derived.set(keyId, { key, until: now() + PLAIN_KEY_MS });
    return hash(key, text);
  };
}

function hash(key: Buffer, text: string): string {
  return base32(createHmac('sha256', key).update(text, 'utf8').digest());
}

/** Base32 without padding, in lower case. Source: RFC 4648 §6. */
function base32(bytes: Buffer): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) out += ALPHABET[(held >>> (bits - 5)) & 31];
    held &= 31;
  }
  return bits > 0 ? out + ALPHABET[(held << (5 - bits)) & 31] : out;
}
