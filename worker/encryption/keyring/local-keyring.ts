/**
 * The keyring of a deployment without a key management service: files in a folder of their own.
 *
 * Keep the folder out of the backups of the data: a backup that holds both undoes a destruction.
 */
import { hkdfSync, randomUUID } from 'node:crypto';
import { failure } from '../failure.js';
import { isKeyId } from '../key-id.js';
import { type KeyHealth, type KeyProvider, SYSTEM_KEY_ID } from '../key-provider.js';
import { KEY_BYTES, seal, unseal } from '../seal.js';
import { diskFiles, isAbsence, type KeyFiles } from './files.js';
import {
  addKeks,
  advance,
  generationFolder,
  idsOf,
  newestGeneration,
  type Place,
  readKek,
  readMaster,
  sweep,
} from './generation.js';
import { inGroups } from './in-groups.js';
import { withLock } from './lock.js';

/** What a local keyring needs. */
export interface LocalKeyringOptions {
  /** Its own folder; made when absent. */
  readonly folder: string;
  /** The operator's master key, 32 bytes (`parseMasterKey`); null keeps the whole secret in the folder. */
  readonly masterKey: Uint8Array | null;
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
  const place: Place = { files, folder: options.folder, operatorKey: options.masterKey };
  await files.makeFolder(place.folder);
  await withLock(files, place.folder, () => prepare(place));
  const listeners = new Set<(keyId: string) => void>();
  return {
    create: (keyId = randomUUID()) => create(place, keyId),
    createAll: (keyIds) => createAll(place, keyIds),
    wrap: (keyId, plain, aad) => withKek(place, keyId, (kek) => seal(kek, plain, aad)),
    unwrap: (keyId, wrapped, aad) =>
      withKek(place, keyId, (kek) => unsealOrRefuse(kek, keyId, wrapped, aad)),
    derive: (keyId, purpose) => withKek(place, keyId, (kek) => derive(kek, purpose)),
    destroy: (keyId) => destroy(place, keyId, listeners),
    list: async () => (await idsOf(place, await newestGeneration(place))).keys,
    health: () => health(place),
    onDestroy: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function prepare(place: Place): Promise<void> {
  const number = (await newestGeneration(place)) || (await first(place));
  await readMaster(place, number);
  const { keys } = await idsOf(place, number);
  if (!keys.includes(SYSTEM_KEY_ID)) await addKeks(place, number, [SYSTEM_KEY_ID]);
  await sweep(place);
}

/** A draft that was left behind before there was any generation holds nothing that is used. */
async function first(place: Place): Promise<number> {
  await sweep(place);
  return advance(place, 0, null);
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
  return withLock(place.files, place.folder, async () => {
    const number = await newestGeneration(place);
    const { keys, shredded } = await idsOf(place, number);
    const [there, gone] = [new Set(keys), new Set(shredded)];
    const usable = [...new Set(keyIds)].filter((keyId) => !gone.has(keyId));
    const missing = usable.filter((keyId) => !there.has(keyId));
    if (missing.length > 0) await addKeks(place, number, missing);
    return usable;
  });
}

async function destroy(
  place: Place,
  keyId: string,
  listeners: ReadonlySet<(keyId: string) => void>,
): Promise<void> {
  if (keyId === SYSTEM_KEY_ID) throw failure('KEY_SYSTEM_KEPT', { keyId });
  if (!isKeyId(keyId)) throw failure('KEY_ID_INVALID', { keyId });
  await withLock(place.files, place.folder, async () => {
    await sweep(place);
    const number = await newestGeneration(place);
    const { keys, shredded } = await idsOf(place, number);
    if (keys.includes(keyId)) await advance(place, number, keyId);
    else if (!shredded.includes(keyId)) throw failure('KEY_UNKNOWN', { keyId });
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
      const kek = await readKek(place, number, keyId, await readMaster(place, number));
      const result = use(kek);
      kek.fill(0);
      return result;
    } catch (error) {
      if (!isAbsence(error)) throw error;
      if ((await newestGeneration(place)) === number) throw await whyAbsent(place, number, keyId);
    }
  }
}

async function whyAbsent(place: Place, number: number, keyId: string): Promise<Error> {
  const { keys, shredded } = await idsOf(place, number);
  if (shredded.includes(keyId)) return failure('KEY_SHREDDED', { keyId });
  if (!keys.includes(keyId)) return failure('KEY_UNKNOWN', { keyId });
  const file = generationFolder(place, number);
  return failure('KEYRING_DAMAGED', { file, detail: 'its master is gone' });
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

async function health(place: Place): Promise<KeyHealth> {
  const number = await newestGeneration(place);
  const { keys, shredded } = await idsOf(place, number);
  const problems: string[] = [];
  const folder = generationFolder(place, number);
  await inGroups(await place.files.list(folder), async (name) => {
    const mode = await place.files.mode(`${folder}/${name}`);
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      problems.push(`${name} can be read by others (mode ${mode.toString(8)})`);
    }
  });
  try {
    const master = await readMaster(place, number);
    await inGroups(keys, async (keyId) => {
      (await readKek(place, number, keyId, master)).fill(0);
    });
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return { ok: problems.length === 0, keys: keys.length, shredded: shredded.length, problems };
}
