/**
 * A payload as bytes, in the protobuf form of `temporal.api.common.v1.Payload`, so that a worker in any SDK language
 * can read what another one encrypted: `map<string, bytes> metadata = 1; bytes data = 2`.
 *
 * Written by hand because the SDK does not offer its protobuf classes as a public dependency. Source: Protocol
 * Buffers, "Encoding".
 */
import type { Payload } from '@temporalio/common';

/** Field 1 and 2 with wire type 2 (length-delimited); the same tags serve the entries of the map. */
const FIRST = 0x0a;
const SECOND = 0x12;
const NOTHING = new Uint8Array();

/** Writes a payload. Class: pure. */
export function writePayload(payload: Payload): Buffer {
  const entries = Object.entries(payload.metadata ?? {}).map(toEntry);
  const data = payload.data ?? NOTHING;
  const head = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const out = Buffer.allocUnsafe(head + fieldBytes(data.length));
  let at = 0;
  for (const { key, value, length } of entries) {
    at = writeVarint(out, writeVarint(out, at, FIRST), length);
    at = writeField(out, at, FIRST, key);
    at = writeField(out, at, SECOND, value);
  }
  writeField(out, at, SECOND, data);
  return out;
}

interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly length: number;
  readonly bytes: number;
}

function toEntry([name, value]: readonly [string, Uint8Array]): Entry {
  const key = Buffer.from(name);
  const length = fieldBytes(key.length) + fieldBytes(value.length);
  return { key, value, length, bytes: fieldBytes(length) };
}

function fieldBytes(length: number): number {
  let bytes = 2 + length;
  for (let rest = length; rest >= 0x80; rest >>>= 7) bytes++;
  return bytes;
}

function writeField(out: Buffer, at: number, tag: number, bytes: Uint8Array): number {
  const start = writeVarint(out, writeVarint(out, at, tag), bytes.length);
  out.set(bytes, start);
  return start + bytes.length;
}

function writeVarint(out: Buffer, at: number, value: number): number {
  let next = at;
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) out[next++] = (rest & 0x7f) | 0x80;
  out[next++] = rest;
  return next;
}

/** Reads what `writePayload` wrote; null when it is something else. Class: pure. */
export function readPayload(bytes: Buffer): Payload | null {
  const metadata: Record<string, Uint8Array> = Object.create(null);
  let data: Uint8Array = NOTHING;
  const fields = readFields(bytes);
  if (!fields) return null;
  for (const [tag, value] of fields) {
    if (tag === SECOND) data = value;
    else if (!readEntry(value, metadata)) return null;
  }
  return { metadata: { ...metadata }, data };
}

function readEntry(bytes: Buffer, metadata: Record<string, Uint8Array>): boolean {
  const fields = readFields(bytes);
  if (!fields) return false;
  const key = fields.find(([tag]) => tag === FIRST)?.[1] ?? NOTHING;
  metadata[Buffer.from(key).toString('utf8')] =
    fields.find(([tag]) => tag === SECOND)?.[1] ?? NOTHING;
  return true;
}

function readFields(bytes: Buffer): (readonly [number, Buffer])[] | null {
  const fields: (readonly [number, Buffer])[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at++];
    let length = 0;
    let shift = 1;
    let part = 0x80;
    for (; part >= 0x80 && shift <= 2 ** 28; shift *= 0x80) {
      part = bytes[at++] ?? 0;
      length += (part & 0x7f) * shift;
    }
    if ((tag !== FIRST && tag !== SECOND) || part >= 0x80 || at + length > bytes.length)
      return null;
    fields.push([tag, bytes.subarray(at, at + length)]);
    at += length;
  }
  return fields;
}
