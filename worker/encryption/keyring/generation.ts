/**
 * A generation of the keyring: a folder with one master, and the keys of all buckets wrapped under it.
 *
 *     <folder>/generation-7/master   secret of the master
 *     <folder>/generation-7/buckets  which file each bucket has, and its wrapped key
 *
 * A key is destroyed by a new generation, in which its bucket has a new key and a new file without it. What the old file
 * holds opens with the old key of the bucket alone, and that with a master that is gone. So it costs what one bucket
 * costs, and no copy of a file that is left anywhere opens anything.
 *
 * A generation is built in `draft-<n>` and renamed when it is whole, so the newest `generation-<n>` is always complete;
 * older ones are swept, and files of buckets that it does not name. That one rename is what makes a destruction happen
 * wholly or not at all.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SYSTEM_KEY_ID } from '../../../contracts/workflow-ids.js';
import { failure } from '../failure.js';
import { KEY_BYTES } from '../seal.js';
import {
  BUCKETS,
  type Bucket,
  bucketName,
  bucketOf,
  bucketsFolder,
  type Entries,
  readBucket,
  unwrapKek,
  wrapKek,
  writeBucket,
} from './buckets.js';
import { isAbsence } from './files.js';
import { inGroups } from './in-groups.js';
import { MASTER_FILE_BYTES, masterOf, newMaster } from './master-key.js';
import type { Place } from './place.js';
import { bucketIn, newBucket, type OpenBucket, openBucket, tableBytes } from './table.js';

const MASTER = 'master';
const TABLE = 'buckets';
const GENERATION = /^generation-(\d{1,15})$/;
const LEFT_OVER = /^(?:generation|draft)-\d{1,15}$/;
const INDEXES = Array.from({ length: BUCKETS }, (_, index) => index);

/** Number of the newest generation; 0 when there is none. Class: side effect. */
export async function newestGeneration({ files, folder }: Place): Promise<number> {
  const numbers = (await files.list(folder)).map((name) => Number(GENERATION.exec(name)?.[1] ?? 0));
  return numbers.reduce((newest, number) => Math.max(newest, number), 0);
}

/** Path of a generation. Class: pure. */
export function generationFolder({ folder }: Place, number: number): string {
  return join(folder, `generation-${number}`);
}

/** The master of a generation. Errors: `KEYRING_DAMAGED`, `MASTER_KEY_WRONG`. Class: side effect. */
export async function readMaster(place: Place, number: number): Promise<Buffer> {
  const file = join(generationFolder(place, number), MASTER);
  const bytes = await place.files.read(file);
  if (bytes.length !== MASTER_FILE_BYTES) {
    throw failure('KEYRING_DAMAGED', { file, detail: `it has ${bytes.length} bytes` });
  }
  const master = masterOf(bytes, place.operatorKey);
  if (!master) throw failure('MASTER_KEY_WRONG', { folder: place.folder });
  return master;
}

/** Whether a generation has buckets: those of before had a file a key. Class: side effect. */
export async function hasBuckets(place: Place, number: number): Promise<boolean> {
  return (await place.files.list(generationFolder(place, number))).includes(TABLE);
}

/** What a generation says of buckets. */
export interface Ring {
  readonly master: Buffer;
  readonly bucket: (index: number) => OpenBucket;
}

/** Opens a generation. Errors: `KEYRING_DAMAGED`, `MASTER_KEY_WRONG`. Class: side effect. */
export async function readRing(place: Place, number: number): Promise<Ring> {
  const file = join(generationFolder(place, number), TABLE);
  const master = await readMaster(place, number);
  const table = await place.files.read(file);
  return { master, bucket: (index) => openBucket(table, master, index, file) };
}

/** All keys of the newest generation, bucket by bucket. Class: side effect. */
export async function readAll(
  place: Place,
): Promise<readonly { readonly bucket: OpenBucket; readonly entries: Entries }[]> {
  for (;;) {
    const number = await newestGeneration(place);
    try {
      const { bucket } = await readRing(place, number);
      const found: { bucket: OpenBucket; entries: Entries }[] = [];
      await inGroups(INDEXES, async (index) => {
        const one = bucket(index);
        found.push({ bucket: one, entries: (await readBucket(place, one)) ?? new Map() });
      });
      if ((await newestGeneration(place)) === number) return found;
    } catch (error) {
      if (!isAbsence(error) || (await newestGeneration(place)) === number) throw error;
    }
  }
}

/** Adds new random keys to the newest generation; the caller holds the lock. @returns those that can be used */
export async function addKeks(
  place: Place,
  number: number,
  keyIds: readonly string[],
): Promise<readonly string[]> {
  const { bucket } = await readRing(place, number);
  const usable = new Set<string>();
  const wanted = new Map<number, string[]>();
  for (const keyId of new Set(keyIds)) {
    const index = bucketOf(keyId);
    wanted.set(index, [...(wanted.get(index) ?? []), keyId]);
  }
  await inGroups([...wanted], async ([index, ids]) => {
    const one = bucket(index);
    const entries: Entries = (await readBucket(place, one)) ?? new Map();
    const missing = ids.filter((keyId) => !entries.has(keyId));
    for (const keyId of missing)
      entries.set(keyId, wrapKek(one.key, keyId, randomBytes(KEY_BYTES)));
    if (missing.length > 0) await writeBucket(place, one, entries);
    for (const keyId of ids) if (entries.get(keyId)) usable.add(keyId);
  });
  await place.files.syncFolder(bucketsFolder(place));
  return [...new Set(keyIds)].filter((keyId) => usable.has(keyId));
}

/** Makes the first generation, with the deployment's own key; the caller holds the lock. Class: side effect. */
export async function makeFirst(place: Place): Promise<number> {
  const index = bucketOf(SYSTEM_KEY_ID);
  const buckets = INDEXES.map((one) => newBucket(one, 1));
  const own = buckets[index] ?? newBucket(index, 1);
  const wrapped = wrapKek(own.key, SYSTEM_KEY_ID, randomBytes(KEY_BYTES));
  return build(place, 1, buckets, [[own, new Map([[SYSTEM_KEY_ID, wrapped]])]]);
}

/**
 * Builds the next generation under a new master, without one key, and switches to it; the caller holds the lock.
 *
 * Errors: `KEYRING_DAMAGED`, before anything is switched. Class: side effect.
 */
export async function advanceWithout(place: Place, from: number, keyId: string): Promise<number> {
  const { bucket } = await readRing(place, from);
  const index = bucketOf(keyId);
  const old = bucket(index);
  const fresh = newBucket(index, from + 1);
  const entries: Entries = new Map();
  for (const [id, wrapped] of (await readBucket(place, old)) ?? new Map<string, Buffer>()) {
    const isKept = wrapped !== null && id !== keyId;
    entries.set(id, isKept ? rewrapped(place, old, fresh, id, wrapped) : null);
  }
  const buckets = INDEXES.map((one) => (one === index ? fresh : bucket(one)));
  return build(place, from + 1, buckets, [[fresh, entries]]);
}

function rewrapped(
  place: Place,
  old: OpenBucket,
  fresh: OpenBucket,
  keyId: string,
  wrapped: Buffer,
): Buffer {
  const kek = unwrapKek(place, old, old.key, keyId, wrapped);
  const again = wrapKek(fresh.key, keyId, kek);
  kek.fill(0);
  return again;
}

/** Builds a generation of buckets, some of which have new files, and switches to it. Class: side effect. */
export async function build(
  place: Place,
  number: number,
  buckets: readonly OpenBucket[],
  filled: readonly (readonly [Bucket, Entries])[],
): Promise<number> {
  const { files, folder } = place;
  const draft = join(folder, `draft-${number}`);
  const master = newMaster(place.operatorKey);
  await files.makeFolder(bucketsFolder(place));
  await inGroups(filled, ([bucket, entries]) => writeBucket(place, bucket, entries));
  await files.syncFolder(bucketsFolder(place));
  await files.makeFolder(draft);
  await files.write(join(draft, MASTER), master.file);
  await files.write(join(draft, TABLE), tableBytes(master.key, buckets));
  await files.syncFolder(draft);
  await files.rename(draft, generationFolder(place, number));
  await files.syncFolder(folder);
  return number;
}

/**
 * Removes all but the newest generation, each one's master first, and the files of buckets that it does not name; the
 * caller holds the lock. Class: side effect.
 */
export async function sweep(place: Place): Promise<void> {
  const { files, folder } = place;
  const number = await newestGeneration(place);
  const names = await files.list(folder);
  const old = names.filter((name) => LEFT_OVER.test(name) && name !== `generation-${number}`);
  for (const name of old) {
    const inside = join(folder, name);
    await files.remove(join(inside, MASTER));
    await inGroups(await files.list(inside), (file) => files.remove(join(inside, file)));
    await files.removeFolder(inside);
  }
  if (old.length > 0) await files.syncFolder(folder);
  if (!names.includes('buckets')) return;
  const kept = await namesOf(place, number);
  const inside = bucketsFolder(place);
  const stray = (await files.list(inside)).filter((name) => !kept.has(name));
  await inGroups(stray, (name) => files.remove(join(inside, name)));
  if (stray.length > 0) await files.syncFolder(inside);
}

/** The files of buckets that a generation names. */
async function namesOf(place: Place, number: number): Promise<ReadonlySet<string>> {
  if (number === 0 || !(await hasBuckets(place, number))) return new Set();
  const file = join(generationFolder(place, number), TABLE);
  const table = await place.files.read(file);
  return new Set(INDEXES.map((index) => bucketName(bucketIn(table, index, file))));
}
