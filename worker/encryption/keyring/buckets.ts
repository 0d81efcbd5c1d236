/**
 * Keys lie in 256 buckets, so that destroying one touches the keys of one bucket alone, however many there are:
 *
 *     <folder>/buckets/1f.7   bucket 1f, as it was made for generation 7
 *
 * A bucket has a key of its own, which wraps the keys that lie in it and is wrapped by the master of the generation. Its
 * file is text: a head, then a line a key, `<keyId> <wrapped key in base64>`, or `<keyId> -` of one that was destroyed. A file
 * that is not there is a bucket without keys.
 */
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { failure } from '../failure.js';
import { isKeyId } from '../key-id.js';
import { KEY_BYTES, seal, unseal } from '../seal.js';
import { isAbsence } from './files.js';
import type { Place } from './place.js';

/** How many there are. */
export const BUCKETS = 256;

/** One bucket: `version` is the number of the generation that it was made for. */
export interface Bucket {
  readonly index: number;
  readonly version: number;
}

/** The wrapped keys of a bucket by id; null: this one was destroyed. */
export type Entries = Map<string, Buffer | null>;

const HEAD = 'jornada bucket 1';

/** The bucket of a key. Class: pure. */
export function bucketOf(keyId: string): number {
  return createHash('sha256').update(keyId).digest().readUInt8(0);
}

/** The folder of all of them. Class: pure. */
export function bucketsFolder({ folder }: Place): string {
  return join(folder, 'buckets');
}

/** The name of a bucket's file. Class: pure. */
export function bucketName({ index, version }: Bucket): string {
  return `${index.toString(16).padStart(2, '0')}.${version}`;
}

/** Reads a bucket; null: it has no file. Errors: `KEYRING_DAMAGED`. Class: side effect. */
export async function readBucket(place: Place, bucket: Bucket): Promise<Entries | null> {
  const file = join(bucketsFolder(place), bucketName(bucket));
  const text = await place.files.read(file).then(
    (bytes) => bytes.toString('latin1'),
    (error: unknown) => {
      if (isAbsence(error)) return null;
      throw error;
    },
  );
  if (text === null) return null;
  const [head, ...lines] = text.split('\n');
  const entries: Entries = new Map();
  for (const line of lines.slice(0, -1)) {
    const [keyId = '', wrapped = ''] = line.split(' ');
    if (!isKeyId(keyId) || bucketOf(keyId) !== bucket.index || wrapped === '') {
      throw failure('KEYRING_DAMAGED', { file, detail: 'a line of it is none that we write' });
    }
    entries.set(keyId, wrapped === '-' ? null : Buffer.from(wrapped, 'base64'));
  }
  if (head === HEAD && lines.at(-1) === '') return entries;
  throw failure('KEYRING_DAMAGED', { file, detail: 'it does not begin or end as we write it' });
}

/** Writes a bucket in one step; the caller syncs the folder. Class: side effect. */
export async function writeBucket(place: Place, bucket: Bucket, entries: Entries): Promise<void> {
  const folder = bucketsFolder(place);
  const lines = [...entries].map(
    ([keyId, wrapped]) => `${keyId} ${wrapped?.toString('base64') ?? '-'}\n`,
  );
  const draft = join(folder, `${bucketName(bucket)}.${randomUUID()}`);
  await place.files.write(draft, Buffer.from(`${HEAD}\n${lines.join('')}`, 'latin1'));
  await place.files.rename(draft, join(folder, bucketName(bucket)));
}

/** A key-encrypting key under the key of its bucket. Class: side effect (random nonce). */
export function wrapKek(bucketKey: Buffer, keyId: string, kek: Uint8Array): Buffer {
  return seal(bucketKey, kek, kekAad(keyId));
}

/** Undoes `wrapKek`. Errors: `KEYRING_DAMAGED`. Class: pure. */
export function unwrapKek(
  place: Place,
  bucket: Bucket,
  bucketKey: Buffer,
  keyId: string,
  wrapped: Buffer,
): Buffer {
  const kek = unseal(bucketKey, wrapped, kekAad(keyId));
  if (kek?.length === KEY_BYTES) return kek;
  const file = join(bucketsFolder(place), bucketName(bucket));
  throw failure('KEYRING_DAMAGED', { file, detail: `its bucket does not open key ${keyId}` });
}

/** What a key is wrapped with besides. Class: pure. */
export function kekAad(keyId: string): Buffer {
  return Buffer.from(`jornada kek 1\n${keyId}`);
}
