/**
 * Takes over a keyring of before there were buckets. A generation was then a folder with a file a key:
 *
 *     <folder>/generation-7/<keyId>.kek       one key, wrapped under the master
 *     <folder>/generation-7/<keyId>.shredded  empty: this key was destroyed
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SYSTEM_KEY_ID } from '../../../contracts/workflow-ids.js';
import { failure } from '../failure.js';
import { isKeyId } from '../key-id.js';
import { KEY_BYTES, unseal } from '../seal.js';
import { BUCKETS, bucketOf, type Entries, kekAad, wrapKek } from './buckets.js';
import { build, generationFolder, readMaster } from './generation.js';
import { inGroups } from './in-groups.js';
import type { Place } from './place.js';
import { newBucket } from './table.js';

const KEK = '.kek';
const SHREDDED = '.shredded';

/**
 * Builds the next generation with all keys in buckets, and switches to it; the caller holds the lock and has swept.
 *
 * Errors: `KEYRING_DAMAGED`, before anything is switched. Class: side effect.
 */
export async function intoBuckets(place: Place, from: number): Promise<number> {
  const buckets = Array.from({ length: BUCKETS }, (_, index) => newBucket(index, from + 1));
  const filled = buckets.map((bucket) => [bucket, new Map() as Entries] as const);
  const put = (keyId: string, kek: Buffer | null): void => {
    const [bucket, entries] = filled[bucketOf(keyId)] ?? [];
    if (bucket) entries?.set(keyId, kek && wrapKek(bucket.key, keyId, kek));
    kek?.fill(0);
  };
  const folder = generationFolder(place, from);
  const names = await place.files.list(folder);
  const ending = (end: string): readonly string[] =>
    names
      .filter((name) => name.endsWith(end))
      .map((name) => name.slice(0, -end.length))
      .filter(isKeyId);
  const master = await readMaster(place, from);
  const keys = ending(KEK);
  await inGroups(keys, async (keyId) => {
    const file = join(folder, `${keyId}${KEK}`);
    const kek = unseal(master, await place.files.read(file), kekAad(keyId));
    if (kek?.length !== KEY_BYTES) {
      throw failure('KEYRING_DAMAGED', { file, detail: 'its master does not open it' });
    }
    put(keyId, kek);
  });
  for (const keyId of ending(SHREDDED)) put(keyId, null);
  // One that was killed as it was made has none yet.
  if (!keys.includes(SYSTEM_KEY_ID)) put(SYSTEM_KEY_ID, randomBytes(KEY_BYTES));
  return build(
    place,
    from + 1,
    buckets,
    filled.filter(([, entries]) => entries.size > 0),
  );
}
