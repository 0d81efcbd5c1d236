/**
 * The table of a generation: which file each bucket has, and its key, wrapped under the master. One format byte, then for
 * each bucket 8 bytes of version and the wrapped key. Class: pure but for nonces.
 */
import { randomBytes } from 'node:crypto';
import { failure } from '../failure.js';
import { KEY_BYTES, SEAL_BYTES, seal, unseal } from '../seal.js';
import { BUCKETS, type Bucket } from './buckets.js';

const FORMAT = 2;
const VERSION_BYTES = 8;
const WRAPPED_BYTES = KEY_BYTES + SEAL_BYTES;
const ROW_BYTES = VERSION_BYTES + WRAPPED_BYTES;

/** A bucket with its key in plain. Use it and let it go. */
export interface OpenBucket extends Bucket {
  readonly key: Buffer;
}

/** A bucket under a new key. */
export function newBucket(index: number, version: number): OpenBucket {
  return { index, version, key: randomBytes(KEY_BYTES) };
}

/** The bytes of a table; all buckets are given, in order. */
export function tableBytes(master: Buffer, buckets: readonly OpenBucket[]): Buffer {
  const rows = buckets.map((bucket) => {
    const version = Buffer.alloc(VERSION_BYTES);
    version.writeBigUInt64BE(BigInt(bucket.version));
    return Buffer.concat([version, seal(master, bucket.key, aadOf(bucket))]);
  });
  return Buffer.concat([Buffer.of(FORMAT), ...rows]);
}

/** Which file a bucket has. Errors: `KEYRING_DAMAGED`. */
export function bucketIn(table: Buffer, index: number, file: string): Bucket {
  if (table.length !== 1 + BUCKETS * ROW_BYTES || table[0] !== FORMAT) {
    throw failure('KEYRING_DAMAGED', { file, detail: `it is no table of ${BUCKETS} buckets` });
  }
  return { index, version: Number(table.readBigUInt64BE(1 + index * ROW_BYTES)) };
}

/** A bucket with its key. Errors: `KEYRING_DAMAGED`. */
export function openBucket(table: Buffer, master: Buffer, index: number, file: string): OpenBucket {
  const bucket = bucketIn(table, index, file);
  const at = 1 + index * ROW_BYTES + VERSION_BYTES;
  const key = unseal(master, table.subarray(at, at + WRAPPED_BYTES), aadOf(bucket));
  if (key?.length === KEY_BYTES) return { ...bucket, key };
  throw failure('KEYRING_DAMAGED', { file, detail: `its master does not open bucket ${index}` });
}

function aadOf({ index, version }: Bucket): Buffer {
  return Buffer.from(`jornada bucket 1\n${index}\n${version}`);
}
