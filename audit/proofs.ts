/**
 * Proofs that an entry is in a log, for whoever holds no more of it than checkpoints.
 * Class: pure. Source: RFC 6962 §2.1.1; the check as in RFC 9162 §2.1.3.
 */
import { nodeHash } from './tree.js';

/** The largest power of two that is smaller than `size`. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Leaves `from` up to, but not with, `to`. */
export interface LeafSpan {
  readonly from: number;
  readonly to: number;
}

/** The subtrees whose roots are the audit path of a leaf, from its sibling up. Throws a `RangeError` where there is no such leaf. */
export function siblingSpans(index: number, size: number): readonly LeafSpan[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`there is no leaf ${index}`);
  const path = (from: number, to: number): LeafSpan[] => {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...path(from, middle), { from: middle, to }]
      : [...path(middle, to), { from, to: middle }];
  };
  return path(0, size);
}

/**
 * The audit paths of several leaves: the tree is made once, whatever their number.
 * Throws a `RangeError` where there is no such leaf.
 */
export function inclusionProofs(
  leaves: readonly Buffer[],
  indices: readonly number[],
): readonly (readonly Buffer[])[] {
  const wrong = indices.find((index) => !(index >= 0 && index < leaves.length));
  if (wrong !== undefined) throw new RangeError(`there is no leaf ${wrong}`);
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) level = above(level);
  return indices.map((index) =>
    levels.flatMap((level, depth) => {
      const sibling = level[Math.floor(index / 2 ** depth) ^ 1];
      return sibling === undefined ? [] : [sibling];
    }),
  );
}

/** The nodes above some; a lone last one goes up as it is. */
function above(level: readonly Buffer[]): readonly Buffer[] {
  return Array.from({ length: Math.ceil(level.length / 2) }, (_, index) => {
    const [left, right] = [level[2 * index], level[2 * index + 1]];
    return right === undefined || left === undefined ? (left as Buffer) : nodeHash(left, right);
  });
}

/** Whether a path leads from a leaf to a root. */
export function isIncluded(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Buffer[],
  root: Buffer,
): boolean {
  if (index < 0 || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.equals(root);
}
