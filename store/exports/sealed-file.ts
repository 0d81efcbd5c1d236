/**
 * A file that is sealed while it is written and opened while it is read, in pieces, so that its size costs no memory:
 *
 *     4 bytes  `JXF1`
 *     16 bytes salt, from which and from the customer's key the key of this file alone is made
 *     rest     pieces of 64 KiB of plain bytes, the last one shorter or empty: ciphertext, tag
 *
 * AES-256-GCM. The nonce is the number of the piece and whether it is the last one, so that pieces can be neither
 * swapped nor left out, and a file that was cut off does not open to its end. The additional data is header and place:
 * a file that is moved to another name or export does not open. Class: pure, but for the salt.
 * Source: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance"
 * (STREAM); NIST SP 800-38D.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { storeFailure } from '../failure.js';

const MAGIC = Buffer.from('JXF1');
const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;

/** Bytes of the salt of a file. */
export const SALT_BYTES = 16;
/** Bytes before the first piece. */
export const HEADER_BYTES = MAGIC.length + SALT_BYTES;
/** Plain bytes of a piece. */
export const PIECE_BYTES = 64 * 1024;

const SEALED_PIECE = PIECE_BYTES + TAG_BYTES;

/** The first bytes of a file. */
export function headerOf(salt: Uint8Array): Buffer {
  return Buffer.concat([MAGIC, salt]);
}

/** The salt in a header; null when it is none of ours. */
export function saltIn(header: Uint8Array): Buffer | null {
  const bytes = Buffer.from(header);
  const isOurs = bytes.length === HEADER_BYTES && bytes.subarray(0, MAGIC.length).equals(MAGIC);
  return isOurs ? bytes.subarray(MAGIC.length) : null;
}

/** How many plain bytes a file of some length holds. */
export function plainBytes(fileBytes: number): number {
  const sealed = Math.max(0, fileBytes - HEADER_BYTES);
  return sealed - Math.ceil(sealed / SEALED_PIECE) * TAG_BYTES;
}

/** Seals bytes of any cut into pieces. The header is not among them. */
export async function* sealPieces(
  key: Uint8Array,
  aad: Uint8Array,
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { piece, isLast } of piecesOf(plain, PIECE_BYTES)) {
    const cipher = createCipheriv(ALGORITHM, key, nonceOf(number++, isLast), {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(aad);
    const body = cipher.update(piece);
    cipher.final();
    yield Buffer.concat([body, cipher.getAuthTag()]);
  }
}

/** Opens what was sealed. Errors: `EXPORT_FILE_DAMAGED` when key, place or any byte is another one. */
export async function* openPieces(
  key: Uint8Array,
  aad: Uint8Array,
  sealed: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { piece, isLast } of piecesOf(sealed, SEALED_PIECE)) {
    const at = piece.length - TAG_BYTES;
    if (at < 0) throw storeFailure('EXPORT_FILE_DAMAGED', { file: name });
    const decipher = createDecipheriv(ALGORITHM, key, nonceOf(number++, isLast), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(aad);
    decipher.setAuthTag(piece.subarray(at));
    const plain = decipher.update(piece.subarray(0, at));
    try {
      decipher.final();
    } catch {
      throw storeFailure('EXPORT_FILE_DAMAGED', { file: name });
    }
    yield plain;
  }
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 3);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Cuts bytes anew: whole pieces, then one last that is shorter than a piece, whole, or empty where there is none else. */
async function* piecesOf(
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly piece: Buffer; readonly isLast: boolean }> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const part of bytes) {
    held.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
    length += part.byteLength;
    // One byte more than a piece tells that it is not the last.
    if (length <= size) continue;
    const all = Buffer.concat(held, length);
    let at = 0;
    for (; all.length - at > size; at += size) {
      yield { piece: all.subarray(at, at + size), isLast: false };
    }
    held = [all.subarray(at)];
    length = all.length - at;
  }
  yield { piece: Buffer.concat(held, length), isLast: true };
}
