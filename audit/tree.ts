/** The Merkle tree over the entries of a log. Hashes are 32 bytes of SHA-256. Class: pure. Source: RFC 6962 §2.1. */
import { createHash } from 'node:crypto';

/** Bytes of a hash. */
export const HASH_BYTES = 32;

/** The hash of an entry: `SHA-256(0x00 ‖ entry)`. */
export function leafHash(entry: string | Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(entry).digest();
}

/** The hash of a node above two others: `SHA-256(0x01 ‖ left ‖ right)`. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/**
 * A tree that only grows, as its peaks: the roots of the full subtrees it consists of, largest first. There are at most
 * as many as `size` has bits, so keeping and growing it costs next to nothing.
 */
export interface Peaks {
  readonly size: number;
  readonly hashes: readonly Buffer[];
}

/** The tree without entries. */
export const NO_PEAKS: Peaks = { size: 0, hashes: [] };

/** The tree with more leaves, given as their hashes. */
export function grow(peaks: Peaks, leaves: Iterable<Uint8Array>): Peaks {
  let { size } = peaks;
  const hashes = [...peaks.hashes];
  for (const leaf of leaves) {
    let peak = Buffer.from(leaf);
    // As many trailing ones as the size has, so many full subtrees are joined by this leaf.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      peak = nodeHash(hashes.pop() ?? peak, peak) as Buffer<ArrayBuffer>;
    }
    hashes.push(peak);
    size += 1;
  }
  return { size, hashes };
}

/** The root of the whole tree; of the empty one the hash of nothing. */
export function rootOf({ hashes }: Peaks): Buffer {
  const [last, ...others] = hashes.toReversed();
  if (!last) return createHash('sha256').digest();
  return others.reduce((right, left) => nodeHash(left, right), last);
}

/** How many peaks a tree of this size has. */
export function peakCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
