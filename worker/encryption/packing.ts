/**
 * What of a payload gets encrypted: its bytes, deflated when that makes them smaller. States that are carried over
 * shrink to a fraction. Source: RFC 1951.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Payload } from '@temporalio/common';
import { failure } from './failure.js';
import { readPayload, writePayload } from './payload-wire.js';

/** Payloads of more bytes than this are deflated. */
export const DEFLATE_ABOVE_BYTES = 1024;
/** No payload is larger than this before it is deflated or after it is inflated. */
export const MAX_PLAIN_BYTES = 16 * 1024 * 1024;

/** Bytes to encrypt. */
export interface Packed {
  readonly bytes: Buffer;
  readonly deflated: boolean;
}

/** Packs a payload. Errors: `PAYLOAD_TOO_LARGE` above 16 MiB of plain text. Class: pure. */
export function pack(payload: Payload): Packed {
  const plain = writePayload(payload);
  if (plain.length <= DEFLATE_ABOVE_BYTES) return { bytes: plain, deflated: false };
  if (plain.length > MAX_PLAIN_BYTES) {
    throw failure('PAYLOAD_TOO_LARGE', { limit: MAX_PLAIN_BYTES, bytes: plain.length });
  }
  const bytes = deflateRawSync(plain, { level: 1 });
  return bytes.length < plain.length
    ? { bytes, deflated: true }
    : { bytes: plain, deflated: false };
}

/** Undoes `pack`; null when the bytes are no payload, or inflate to more than 16 MiB. Class: pure. */
export function unpack({ bytes, deflated }: Packed): Payload | null {
  const plain = deflated ? inflate(bytes) : bytes;
  return plain && readPayload(plain);
}

function inflate(bytes: Buffer): Buffer | null {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_PLAIN_BYTES });
  } catch {
    return null;
  }
}
