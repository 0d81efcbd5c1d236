/**
 * The envelope of an encrypted payload: what its metadata says, and what of it the cipher authenticates.
 *
 *     encoding     binary/encrypted
 *     key-id       customer key id        dek-id   data key id, `<yyyy-mm>.<random>`
 *     dek          the data key, wrapped  packing  `deflate`, or absent
 *     purpose      `detached`, or absent for an ordinary payload
 *
 * The additional data is version, key id, data key id, purpose and packing: a payload that is moved or relabelled
 * does not open.
 */
import type { Payload } from '@temporalio/common';
import type { DataKey } from './data-keys.js';
import { failure } from './failure.js';
import { isKeyId } from './key-id.js';
import { type Packed, pack, unpack } from './packing.js';
import { SEAL_BYTES, seal, unseal } from './seal.js';

/** An ordinary payload belongs to the key of its workflow; a detached failure text to the key `system`. */
export type Purpose = 'payload' | 'detached';

/** What the metadata of an encrypted payload says; nothing of it is to be believed before it opens. */
export interface Envelope {
  readonly keyId: string;
  readonly dekId: string;
  readonly wrapped: Uint8Array;
  readonly purpose: Purpose;
  readonly deflated: boolean;
}

/** Encoding of an encrypted payload. */
export const ENCRYPTED = 'binary/encrypted';
/** Encoding of what an activity gave after its key was destroyed. */
export const SHREDDED = 'binary/shredded';
/** The server ends an instance at 2 MiB; this leaves room for what stands around a payload. */
export const MAX_ENCODED_BYTES = Math.floor(1.9 * 1024 * 1024);

const ENCRYPTED_BYTES = Buffer.from(ENCRYPTED);
const DEFLATE_BYTES = Buffer.from('deflate');
const DETACHED_BYTES = Buffer.from('detached');
const DEK_ID = /^\d{4}-\d{2}\.[\w-]{12}$/;
/** Metadata with its names and lengths; rounded up. */
const METADATA_BYTES = 256;

/**
 * How many bytes a payload has once it is encrypted, at most. Whoever is about to hand one to Temporal asks first,
 * since a payload that is too large ends the instance. Class: pure.
 */
export function encodedBytes(payload: Payload): number {
  return sizeOf(pack(payload));
}

function sizeOf({ bytes }: Packed): number {
  return bytes.length + SEAL_BYTES + METADATA_BYTES;
}

/** Packs a payload. Errors: `PAYLOAD_TOO_LARGE` above 1.9 MiB once encrypted. Class: pure. */
export function packWithinLimit(payload: Payload): Packed {
  const packed = pack(payload);
  const bytes = sizeOf(packed);
  if (bytes > MAX_ENCODED_BYTES) {
    throw failure('PAYLOAD_TOO_LARGE', { limit: MAX_ENCODED_BYTES, bytes });
  }
  return packed;
}

/** Encrypts what was packed. Class: side effect (random nonce). */
export function close(packed: Packed, dataKey: DataKey, purpose: Purpose): Payload {
  const { keyId, dekId, key, wrapped } = dataKey;
  const metadata: Record<string, Uint8Array> = {
    encoding: ENCRYPTED_BYTES,
    'key-id': Buffer.from(keyId),
    'dek-id': Buffer.from(dekId),
    dek: wrapped,
  };
  if (packed.deflated) metadata.packing = DEFLATE_BYTES;
  if (purpose === 'detached') metadata.purpose = DETACHED_BYTES;
  const aad = aadOf({ keyId, dekId, wrapped, purpose, deflated: packed.deflated });
  return { metadata, data: seal(key, packed.bytes, aad) };
}

/**
 * Reads the metadata of a payload. Errors: `PAYLOAD_NOT_ENCRYPTED`, `KEY_SHREDDED` for what an activity could not
 * encrypt any more, `PAYLOAD_REFUSED` for metadata that we never write. Class: pure.
 */
export function readEnvelope({ metadata }: Payload): Envelope {
  const text = (name: string) => Buffer.from(metadata?.[name] ?? []).toString('utf8');
  const encoding = text('encoding');
  const keyId = text('key-id');
  if (encoding === SHREDDED && isKeyId(keyId)) throw failure('KEY_SHREDDED', { keyId });
  if (encoding !== ENCRYPTED) {
    // Of a foreign encoding only the known characters are told: the text goes into a failure.
    const told = /^[\w/.-]{1,40}$/.test(encoding) ? encoding : 'no encoding';
    throw failure('PAYLOAD_NOT_ENCRYPTED', { encoding: told });
  }
  const dekId = text('dek-id');
  const wrapped = metadata?.dek;
  const purpose = text('purpose');
  const packing = text('packing');
  const isOurs =
    isKeyId(keyId) &&
    DEK_ID.test(dekId) &&
    wrapped !== undefined &&
    ['', 'detached'].includes(purpose) &&
    ['', 'deflate'].includes(packing);
  if (!isOurs) {
    const detail = 'its metadata is not what we write';
    throw failure('PAYLOAD_REFUSED', { keyId: isKeyId(keyId) ? keyId : 'unknown', detail });
  }
  const kind = purpose === '' ? 'payload' : 'detached';
  return { keyId, dekId, wrapped, purpose: kind, deflated: packing !== '' };
}

/** Decrypts. Errors: `PAYLOAD_REFUSED` when anything about it was changed. Class: pure. */
export function open(payload: Payload, envelope: Envelope, { key }: DataKey): Payload {
  const { keyId, deflated } = envelope;
  const bytes = unseal(key, payload.data ?? new Uint8Array(), aadOf(envelope));
  if (!bytes) throw failure('PAYLOAD_REFUSED', { keyId, detail: 'it does not open' });
  const plain = unpack({ bytes, deflated });
  if (!plain) throw failure('PAYLOAD_REFUSED', { keyId, detail: 'what is inside is no payload' });
  return plain;
}

function aadOf({ keyId, dekId, purpose, deflated }: Envelope): Buffer {
  return Buffer.from(
    `jornada payload 1\n${keyId}\n${dekId}\n${purpose}\n${deflated ? 'deflate' : ''}`,
  );
}
