import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  grow,
  inclusionProofs,
  isIncluded,
  leafHash,
  NO_PEAKS,
  peakCount,
  rootOf,
  siblingSpans,
} from '../../audit/index.js';

/** The entries that implementations of RFC 6962 are tested with, and the roots over the first 0, 1, … of them. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** The definition of RFC 6962 §2.1 word for word: MTH. */
function naiveRoot(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return sha256();
  const [only] = entries;
  if (entries.length === 1 && only) return sha256(Buffer.of(0), only);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Buffer.of(1), naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)));
}

/** The definition of RFC 6962 §2.1.1 word for word: PATH. */
function naivePath(m: number, entries: readonly Uint8Array[]): Buffer[] {
  if (entries.length <= 1) return [];
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return m < k
    ? [...naivePath(m, entries.slice(0, k)), naiveRoot(entries.slice(k))]
    : [...naivePath(m - k, entries.slice(k)), naiveRoot(entries.slice(0, k))];
}

const some = (count: number): readonly Buffer[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`entry ${index}`));
const flipped = (hash: Buffer): Buffer =>
  Buffer.from(hash.map((byte, at) => (at ? byte : byte ^ 1)));

describe('the tree of RFC 6962', () => {
  test.each(ROOTS.map((root, size) => ({ root, size })))('has its root over $size', (given) => {
    const entries = ENTRIES.slice(0, given.size);
    const peaks = grow(NO_PEAKS, entries.map(leafHash));
    expect(rootOf(peaks).toString('hex')).toBe(given.root);
    expect(naiveRoot(entries).toString('hex')).toBe(given.root);
    expect(peaks.hashes).toHaveLength(peakCount(given.size));
  });

  test('grows on from anywhere to the same root', () => {
    fc.assert(
      fc.property(fc.nat(130), fc.nat(130), (first, more) => {
        const entries = some(first + more);
        const grown = grow(
          grow(NO_PEAKS, entries.slice(0, first).map(leafHash)),
          entries.slice(first).map(leafHash),
        );
        expect(rootOf(grown)).toEqual(naiveRoot(entries));
      }),
      { seed: 6962 },
    );
  });

  test('proves every entry of every tree, and no other', () => {
    for (let size = 1; size <= 33; size += 1) {
      const entries = some(size);
      const leaves = entries.map(leafHash);
      const root = naiveRoot(entries);
      for (const [index, leaf] of leaves.entries()) {
        const [path = []] = inclusionProofs(leaves, [index]);
        expect(path).toEqual(naivePath(index, entries));
        // One by one it is made of the subtrees beside it.
        const beside = siblingSpans(index, size).map((span) => entries.slice(span.from, span.to));
        expect(beside.map(naiveRoot)).toEqual(path);
        expect(isIncluded(leaf, index, size, path, root)).toBe(true);
        expect(isIncluded(flipped(leaf), index, size, path, root)).toBe(false);
        expect(isIncluded(leaf, index, size, [...path, leaf], root)).toBe(false);
        for (const at of path.keys()) {
          const forged = path.map((hash, other) => (other === at ? flipped(hash) : hash));
          expect(isIncluded(leaf, index, size, forged, root)).toBe(false);
        }
        if (size > 1) expect(isIncluded(leaf, index, size, path.slice(1), root)).toBe(false);
        if (size > 1) expect(isIncluded(leaf, (index + 1) % size, size, path, root)).toBe(false);
      }
    }
  });
});
