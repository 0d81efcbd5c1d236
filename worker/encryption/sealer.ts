/**
 * Seals single values of the store under the key of their customer. The data key travels with the value, wrapped, as it
 * does with payloads:
 *
 *     1 byte   version, 1
 *     1 byte   length of the data key's id, then the id
 *     2 bytes  length of the wrapped data key, then the wrapped data key
 *     rest     nonce, ciphertext, tag
 *
 * The additional data is version, key id, data key id and place: a value that is moved to another row, column or
 * customer does not open. Source: docs/decisions/0014-the-record-is-sealed-by-class.md.
 */
import type { Sealer } from '../../store/index.js';
import { createDataKeys, type DataKeysOptions } from './data-keys.js';
import { failure, isFailure } from './failure.js';
import { seal, unseal } from './seal.js';

const VERSION = 1;

interface Sealed {
  readonly dekId: string;
  readonly wrapped: Uint8Array;
  readonly body: Uint8Array;
}

/** Makes the sealer of a process. Class: side effect. */
export function createSealer(options: DataKeysOptions): Sealer {
  const dataKeys = createDataKeys(options);
  return {
    seal: async (keyId, plain, place) => {
      const { dekId, key, wrapped } = await dataKeys.writing(keyId);
      return write({ dekId, wrapped, body: seal(key, plain, aadOf(keyId, dekId, place)) });
    },
    open: async (keyId, bytes, place) => {
      const sealed = read(bytes);
      if (!sealed) throw refused(keyId, place, 'its form is not what we write');
      const { dekId, wrapped, body } = sealed;
      try {
        const { key } = await dataKeys.reading(keyId, dekId, wrapped);
        const plain = unseal(key, body, aadOf(keyId, dekId, place));
        if (!plain) throw refused(keyId, place, 'it does not open');
        return plain;
      } catch (error) {
        if (isFailure(error, 'KEY_SHREDDED')) return null;
        if (!isFailure(error, 'PAYLOAD_REFUSED')) throw error;
        throw refused(keyId, place, 'its data key does not belong to that key');
      }
    },
  };
}

function refused(keyId: string, place: string, detail: string): Error {
  return failure('SEALED_VALUE_REFUSED', { keyId, place, detail });
}

function aadOf(keyId: string, dekId: string, place: string): Buffer {
  return Buffer.from(`jornada record ${VERSION}\n${keyId}\n${dekId}\n${place}`);
}

function write({ dekId, wrapped, body }: Sealed): Buffer {
  const id = Buffer.from(dekId, 'latin1');
  const wrappedLength = Buffer.alloc(2);
  wrappedLength.writeUInt16BE(wrapped.length);
  return Buffer.concat([Buffer.from([VERSION, id.length]), id, wrappedLength, wrapped, body]);
}

/** Null when the lengths do not fit. What the bytes say is believed only once they open. */
function read(bytes: Uint8Array): Sealed | null {
  const [version, idLength = 0] = bytes;
  const wrappedAt = 4 + idLength;
  if (version !== VERSION || bytes.length < wrappedAt) return null;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bodyAt = wrappedAt + view.readUInt16BE(wrappedAt - 2);
  if (bytes.length < bodyAt) return null;
  return {
    dekId: view.toString('latin1', 2, wrappedAt - 2),
    wrapped: view.subarray(wrappedAt, bodyAt),
    body: view.subarray(bodyAt),
  };
}
