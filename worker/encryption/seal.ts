/**
 * AES-256-GCM in one piece: nonce ‖ ciphertext ‖ tag. Source: NIST SP 800-38D, 8.2.2 (random 96-bit nonce).
 */
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Bytes of a key. */
export const KEY_BYTES = 32;
/** What sealing adds to the length. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

/** Random bytes are fetched for many nonces at once, which is several times faster. No byte is used twice. */
const pool = { bytes: Buffer.alloc(NONCE_BYTES * 512), used: NONCE_BYTES * 512 };

function newNonce(): Buffer {
  if (pool.used === pool.bytes.length) {
    pool.bytes = randomFillSync(Buffer.alloc(pool.bytes.length));
    pool.used = 0;
  }
  pool.used += NONCE_BYTES;
  return pool.bytes.subarray(pool.used - NONCE_BYTES, pool.used);
}

/** Encrypts and authenticates `plain`, and authenticates `aad`. Class: side effect (random nonce). */
export function seal(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Buffer {
  const nonce = newNonce();
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()], plain.length + SEAL_BYTES);
}

/** Undoes `seal`; null when key, `aad` or any byte is another one. Class: pure. */
export function unseal(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Buffer | null {
  if (sealed.length < SEAL_BYTES) return null;
  const end = sealed.length - TAG_BYTES;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, end));
  try {
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}
