/**
 * A generation of the keyring: a folder with one master and every key wrapped under it.
 *
 *     <folder>/generation-7/master            secret of the master
 *     <folder>/generation-7/<keyId>.kek       one wrapped key
 *     <folder>/generation-7/<keyId>.shredded  empty: this key was destroyed
 *
 * A generation is built in `draft-<n>` and renamed when it is whole, so the newest `generation-<n>` is always complete;
 * older ones are swept. That one rename is what makes a destruction happen wholly or not at all.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { failure } from '../failure.js';
import { KEY_BYTES, seal, unseal } from '../seal.js';
import type { KeyFiles } from './files.js';
import { inGroups } from './in-groups.js';
import { MASTER_FILE_BYTES, masterOf, newMaster } from './master-key.js';

/** Where a keyring lives and what opens it. */
export interface Place {
  readonly files: KeyFiles;
  readonly folder: string;
  readonly operatorKey: Uint8Array | null;
}

const MASTER = 'master';
const KEK = '.kek';
const SHREDDED = '.shredded';
const GENERATION = /^generation-(\d{1,15})$/;
const LEFT_OVER = /^(?:generation|draft)-\d{1,15}$/;

/** Number of the newest generation; 0 when there is none. Class: side effect. */
export async function newestGeneration({ files, folder }: Place): Promise<number> {
  const numbers = (await files.list(folder)).map((name) => Number(GENERATION.exec(name)?.[1] ?? 0));
  return numbers.reduce((newest, number) => Math.max(newest, number), 0);
}

/** Path of a generation. Class: pure. */
export function generationFolder({ folder }: Place, number: number): string {
  return join(folder, `generation-${number}`);
}

/** The key ids of a generation, sorted. Class: side effect. */
export async function idsOf(
  place: Place,
  number: number,
): Promise<{ readonly keys: readonly string[]; readonly shredded: readonly string[] }> {
  const names = [...(await place.files.list(generationFolder(place, number)))].sort();
  const ending = (end: string) =>
    names.filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length));
  return { keys: ending(KEK), shredded: ending(SHREDDED) };
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

/** A key-encrypting key of a generation. Errors: `KEYRING_DAMAGED`. Class: side effect. */
export async function readKek(
  place: Place,
  number: number,
  keyId: string,
  master: Buffer,
): Promise<Buffer> {
  const file = join(generationFolder(place, number), `${keyId}${KEK}`);
  const kek = unseal(master, await place.files.read(file), kekAad(keyId));
  if (kek?.length !== KEY_BYTES) {
    throw failure('KEYRING_DAMAGED', { file, detail: 'its master does not open it' });
  }
  return kek;
}

/** Adds new random keys to the newest generation; the caller holds the lock. Class: side effect. */
export async function addKeks(
  place: Place,
  number: number,
  keyIds: readonly string[],
): Promise<void> {
  const folder = generationFolder(place, number);
  const master = await readMaster(place, number);
  await inGroups(keyIds, async (keyId) => {
    const draft = join(folder, `${keyId}.${randomUUID()}`);
    await place.files.write(draft, seal(master, randomBytes(KEY_BYTES), kekAad(keyId)));
    await place.files.rename(draft, join(folder, `${keyId}${KEK}`));
  });
  await place.files.syncFolder(folder);
}

/**
 * Builds the next generation under a new master, without one key, and switches to it; the caller holds the lock.
 *
 * @param from - generation to take over; 0 makes the first one. Class: side effect.
 */
export async function advance(place: Place, from: number, without: string | null): Promise<number> {
  const { files, folder } = place;
  const draft = join(folder, `draft-${from + 1}`);
  const master = newMaster(place.operatorKey);
  await files.makeFolder(draft);
  await files.write(join(draft, MASTER), master.file);
  if (from > 0) await carryOver(place, from, without, draft, master.key);
  await files.syncFolder(draft);
  await files.rename(draft, generationFolder(place, from + 1));
  await files.syncFolder(folder);
  return from + 1;
}

async function carryOver(
  place: Place,
  from: number,
  without: string | null,
  draft: string,
  master: Buffer,
): Promise<void> {
  const old = await readMaster(place, from);
  const { keys, shredded } = await idsOf(place, from);
  const kept = keys.filter((id) => id !== without);
  await inGroups(kept, async (keyId) => {
    const kek = await readKek(place, from, keyId, old);
    await place.files.write(join(draft, `${keyId}${KEK}`), seal(master, kek, kekAad(keyId)));
    kek.fill(0);
  });
  const gone = without === null ? shredded : [...shredded, without];
  await inGroups(gone, (keyId) =>
    place.files.write(join(draft, `${keyId}${SHREDDED}`), new Uint8Array()),
  );
}

/** Removes all but the newest generation, each one's master first; the caller holds the lock. Class: side effect. */
export async function sweep(place: Place): Promise<void> {
  const { files, folder } = place;
  const kept = `generation-${await newestGeneration(place)}`;
  const names = (await files.list(folder)).filter((name) => LEFT_OVER.test(name) && name !== kept);
  for (const name of names) {
    const old = join(folder, name);
    await files.remove(join(old, MASTER));
    await inGroups(await files.list(old), (file) => files.remove(join(old, file)));
    await files.removeFolder(old);
  }
  if (names.length > 0) await files.syncFolder(folder);
}

function kekAad(keyId: string): Buffer {
  return Buffer.from(`jornada kek 1\n${keyId}`);
}
