/** Signs checkpoints of the log, each after the one before. Class: side effect. */
import {
  checkpointText,
  grow,
  isSignedBy,
  keyAt,
  noteHash,
  type Peaks,
  parseCheckpoint,
  rootOf,
  signNote,
} from '../../audit/index.js';
import type { AuditLog } from '../../store/index.js';
import { damaged, type Signer } from './signing-keys.js';

/** Entries that a checkpoint adds at most. */
export const EVERY = 256;

/**
 * Signs what is due: whatever fills a checkpoint, and with `isAll` what is left over.
 *
 * @returns how many were signed. Errors: `AUDIT_LOG_DAMAGED`, `AUDIT_KEY_MISSING`
 */
export async function signDue(log: AuditLog, signer: Signer, isAll: boolean): Promise<number> {
  for (let signed = 0; ; ) {
    const { note, peaks } = await log.lastCheckpoint();
    const left = (await log.head()).size - peaks.size;
    const added = left >= EVERY ? EVERY : isAll ? left : 0;
    if (added <= 0) return signed;
    refuseForged(note, peaks, signer);
    const size = peaks.size + added;
    const grown = grow(peaks, await log.hashes(peaks.size, size));
    if (grown.size !== size)
      throw damaged(`${size - grown.size} of its entries up to ${size} are gone`);
    const { key, privateKey } = await signer.keyFor(size);
    const previous = note === null ? null : noteHash(note);
    const at = new Date().toISOString();
    const text = checkpointText({ origin: signer.origin, size, root: rootOf(grown), at, previous });
    const isMine = await log.addCheckpoint(
      { note: signNote(text, key, privateKey), peaks: grown },
      peaks.size,
    );
    if (isMine) signed += 1;
  }
}

/** What stands in the store is believed only as far as it was signed: nobody gets a signature by changing it. */
function refuseForged(note: string | null, peaks: Peaks, { terms }: Signer): void {
  if (note === null) return;
  const checkpoint = parseCheckpoint(note);
  const key = checkpoint && keyAt(terms, checkpoint.size);
  const isTrue = checkpoint && key && isSignedBy(checkpoint.note, key);
  const isSame = checkpoint?.size === peaks.size && checkpoint.root.equals(rootOf(peaks));
  if (!isTrue || !isSame)
    throw damaged(`its checkpoint of ${peaks.size} entries was not signed so`);
}
