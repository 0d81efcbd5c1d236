/** Ids: new ones, and those that come of something else and so are the same at each attempt. Source: RFC 9562 §5.7, §5.8. */
import { createHash, randomBytes } from 'node:crypto';

/** A new UUIDv7: random, ordered by time, and of no meaning. Class: side effect (clock, chance). */
export function newId(nowMs: number): string {
  return uuidV7(nowMs, randomBytes(16));
}

/** A UUIDv7 of an instant, whose other bits are those of 16 bytes; they are changed. Class: pure but for them. */
export function uuidV7(ms: number, bytes: Buffer): string {
  bytes.writeUIntBE(ms, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return written(bytes);
}

/** A UUIDv8 of a text: whoever asks again, also after having been killed, gets the same. Class: pure. */
export function idOfText(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x0f) | 0xa0;
  return written(bytes);
}

function written(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
