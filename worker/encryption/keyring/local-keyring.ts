/**
 * The keyring of a deployment without a key management service: files in a folder of their own.
 *
 * Keep the folder out of the backups of the data: a backup that holds both undoes a destruction.
 */
import { hkdfSync, randomUUID } from 'node:crypto';
import { SYSTEM_KEY_ID } from '../../../contracts/workflow-ids.js';
import { failure, isFailure } from '../failure.js';
import { isKeyId } from '../key-id.js';
import type { KeyHealth, KeyProvider } from '../key-provider.js';
import { KEY_BYTES, seal, unseal } from '../seal.js';
import { bucketOf, bucketsFolder, readBucket, unwrapKek } from './buckets.js';
import { diskFiles, isAbsence, type KeyFiles } from './files.js';
import {
  addKeks,
  advanceWithout,
  generationFolder,
  hasBuckets,
  makeFirst,
  newestGeneration,
  readAll,
  readMaster,
  readRing,
  sweep,
} from './generation.js';
import { inGroups } from './in-groups.js';
import { withLock } from './lock.js';
import type { Exclusive, Place } from './place.js';
import { intoBuckets } from './upgrade.js';

/** What a local keyring needs. */
export interface LocalKeyringOptions {
  /** Its own folder; made when absent. */
  readonly folder: string;
  /** The operator's master key, 32 bytes (`parseMasterKey`); null keeps the whole secret in the folder. */
  readonly masterKey: Uint8Array | null;
  /** The lock of a deployment of several processes; null or absent: a file, which works on one machine alone. */
  readonly exclusive?: Exclusive | null;
  /** Other file operations, for tests. */
  readonly files?: KeyFiles;
}

/**
 * Opens the keyring of a folder, or makes it; finishes what a killed process began. The key `system` is always there.
 *
 * Errors: `MASTER_KEY_WRONG`, `KEYRING_DAMAGED`, `KEYRING_LOCKED`. Class: side effect.
 */
export async function openLocalKeyring(options: LocalKeyringOptions): Promise<KeyProvider> {
  const files = options.files ?? diskFiles;
  const { folder, masterKey: operatorKey } = options;
  const exclusive: Exclusive = options.exclusive ?? ((change) => withLock(files, folder, change));
  const place: Place = { files, folder, operatorKey, exclusive };
  await files.makeFolder(folder);
  await exclusive(() => prepare(place));
  const listeners = new Set<(keyId: string) => void>();
  return {
    create: (keyId = randomUUID()) => create(place, keyId),
    createAll: (keyIds) => createAll(place, keyIds),
    wrap: (keyId, plain, aad) => withKek(place, keyId, (kek) => seal(kek, plain, aad)),
    unwrap: (keyId, wrapped, aad) =>
      withKek(place, keyId, (kek) => unsealOrRefuse(kek, keyId, wrapped, aad)),
    derive: (keyId, purpose) => withKek(place, keyId, (kek) => derive(kek, purpose)),
    destroy: (keyId) => destroy(place, keyId, listeners),
    list: async () => idsIn(await readAll(place), true),
    health: () => health(place),
    onDestroy: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function prepare(place: Place): Promise<void> {
  const number = await newestGeneration(place);
  // Whoever has another master key changes nothing.
  if (number > 0) await readMaster(place, number);
  await sweep(place);
  if (number === 0) await makeFirst(place);
  else if (!(await hasBuckets(place, number))) await intoBuckets(place, number);
  await sweep(place);
  await withKek(place, SYSTEM_KEY_ID, () => null).catch((error: unknown) => {
    if (!isFailure(error, 'KEY_UNKNOWN')) throw error;
    const file = bucketsFolder(place);
    throw failure('KEYRING_DAMAGED', { file, detail: 'the key of the deployment is not in it' });
  });
}

async function create(place: Place, keyId: string): Promise<string> {
  const [usable] = await createAll(place, [keyId]);
  if (usable === undefined) throw failure('KEY_SHREDDED', { keyId });
  return usable;
}

async function createAll(place: Place, keyIds: readonly string[]): Promise<readonly string[]> {
  const invalid = keyIds.find((keyId) => !isKeyId(keyId));
  if (invalid !== undefined) throw failure('KEY_ID_INVALID', { keyId: invalid });
  if (keyIds.length === 0) return [];
  return place.exclusive(async () => addKeks(place, await newestGeneration(place), keyIds));
}

async function destroy(
  place: Place,
  keyId: string,
  listeners: ReadonlySet<(keyId: string) => void>,
): Promise<void> {
  if (keyId === SYSTEM_KEY_ID) throw failure('KEY_SYSTEM_KEPT', { keyId });
  if (!isKeyId(keyId)) throw failure('KEY_ID_INVALID', { keyId });
  await place.exclusive(async () => {
    await sweep(place);
    const number = await newestGeneration(place);
    const { bucket } = await readRing(place, number);
    const found = (await readBucket(place, bucket(bucketOf(keyId))))?.get(keyId);
    if (found === undefined) throw failure('KEY_UNKNOWN', { keyId });
    if (found !== null) await advanceWithout(place, number, keyId);
    for (const listener of listeners) listener(keyId);
    await sweep(place);
  });
}

/** Reads without the lock; when the generation changed meanwhile, it reads again from the new one. */
async function withKek<T>(place: Place, keyId: string, use: (kek: Buffer) => T): Promise<T> {
  if (!isKeyId(keyId)) throw failure('KEY_ID_INVALID', { keyId });
  for (;;) {
    const number = await newestGeneration(place);
    try {
      const bucket = (await readRing(place, number)).bucket(bucketOf(keyId));
      const wrapped = (await readBucket(place, bucket))?.get(keyId);
      if (wrapped) {
        const kek = unwrapKek(place, bucket, bucket.key, keyId, wrapped);
        const result = use(kek);
        kek.fill(0);
        return result;
      }
      if (wrapped === null) throw failure('KEY_SHREDDED', { keyId });
      if ((await newestGeneration(place)) === number) throw failure('KEY_UNKNOWN', { keyId });
    } catch (error) {
      if (!isAbsence(error)) throw error;
      if ((await newestGeneration(place)) === number) throw whyAbsent(place, number);
    }
  }
}

function whyAbsent(place: Place, number: number): Error {
  const file = generationFolder(place, number);
  return failure('KEYRING_DAMAGED', { file, detail: 'its master or its table is gone' });
}

function unsealOrRefuse(kek: Buffer, keyId: string, wrapped: Uint8Array, aad: Uint8Array): Buffer {
  const plain = unseal(kek, wrapped, aad);
  if (plain) return plain;
  throw failure('PAYLOAD_REFUSED', { keyId, detail: 'its data key does not belong to that key' });
}

function derive(kek: Buffer, purpose: string): Buffer {
  const info = `jornada derive 1\n${purpose}`;
  return Buffer.from(hkdfSync('sha256', kek, new Uint8Array(), info, KEY_BYTES));
}

/** Ids of keys that can be used, or of those that were destroyed; sorted. Class: pure. */
function idsIn(all: Awaited<ReturnType<typeof readAll>>, isUsable: boolean): readonly string[] {
  const ids = all.flatMap(({ entries }) =>
    [...entries].flatMap(([keyId, wrapped]) => ((wrapped !== null) === isUsable ? [keyId] : [])),
  );
  return ids.sort();
}

async function health(place: Place): Promise<KeyHealth> {
  const problems: string[] = [];
  const folder = generationFolder(place, await newestGeneration(place));
  await tellModes(place, folder, problems);
  await tellModes(place, bucketsFolder(place), problems);
  try {
    const all = await readAll(place);
    for (const { bucket, entries } of all) {
      for (const [keyId, wrapped] of entries)
        if (wrapped) unwrapKek(place, bucket, bucket.key, keyId, wrapped).fill(0);
    }
    const [keys, shredded] = [idsIn(all, true).length, idsIn(all, false).length];
    return { ok: problems.length === 0, keys, shredded, problems };
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return { ok: false, keys: 0, shredded: 0, problems };
  }
}

async function tellModes(place: Place, folder: string, problems: string[]): Promise<void> {
  await inGroups(await place.files.list(folder), async (name) => {
    const mode = await place.files.mode(`${folder}/${name}`).catch(() => 0); // swept meanwhile
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      problems.push(`${name} can be read by others (mode ${mode.toString(8)})`);
    }
  });
}
