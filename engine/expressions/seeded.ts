/**
 * Values drawn from a seed: the same seed and ordinal give the same value, on every machine.
 * Class: pure. Source: FIPS 180-4 (SHA-256); RFC 9562 §5.8 (UUID version 8).
 */
const WORDS = 64;

/** Fractional bits of the roots of the first primes, as SHA-256 defines its constants. */
function primeRoots(exponent: number, count: number): readonly number[] {
  const roots: number[] = [];
  for (let candidate = 2; roots.length < count; candidate += 1) {
    if (isPrime(candidate)) roots.push(((candidate ** exponent % 1) * 2 ** 32) | 0);
  }
  return roots;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

const ROUND = primeRoots(1 / 3, WORDS);
const START = primeRoots(1 / 2, 8);

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

function blocksOf(text: string): Int32Array {
  const bytes = utf8(text);
  const words = new Int32Array((((bytes.length + 8) >> 6) + 1) * 16);
  bytes.push(0x80);
  for (const [index, byte] of bytes.entries()) {
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << (24 - (index % 4) * 8));
  }
  words[words.length - 1] = (bytes.length - 1) * 8;
  return words;
}

/** The text in UTF-8; half a surrogate pair becomes U+FFFD. */
export function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) {
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    } else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63));
      bytes.push(0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
  }
  return bytes;
}

/** SHA-256 of a text in UTF-8, as eight 32-bit words. */
export function sha256(text: string): readonly number[] {
  const words = blocksOf(text);
  let hash: readonly number[] = START;
  for (let block = 0; block < words.length; block += 16) {
    hash = compress(hash, words.subarray(block, block + 16));
  }
  return hash;
}

function schedule(block: Int32Array): Int32Array {
  const w = new Int32Array(WORDS);
  w.set(block);
  for (let i = 16; i < WORDS; i += 1) {
    const [a, b] = [w[i - 15] ?? 0, w[i - 2] ?? 0];
    const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
    const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
    w[i] = ((w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1) | 0;
  }
  return w;
}

function compress(hash: readonly number[], block: Int32Array): readonly number[] {
  const w = schedule(block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let i = 0; i < WORDS; i += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[i] ?? 0) + (w[i] ?? 0)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (hash[index] ?? 0)) | 0);
}

const draw = (seed: string, ordinal: number): readonly number[] =>
  sha256(`${seed}\n${ordinal}`).map((word) => word >>> 0);

/** A UUID of version 8. */
export function seededUuid(seed: string, ordinal: number): string {
  const [a = 0, b = 0, c = 0, d = 0] = draw(seed, ordinal);
  const words = [a, (b & 0xffff0fff) | 0x8000, (c & 0x3fffffff) | 0x80000000, d];
  const hex = words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A number from 0 up to but not including 1. */
export function seededNumber(seed: string, ordinal: number): number {
  const [high = 0, low = 0] = draw(seed, ordinal);
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}
