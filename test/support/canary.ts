/**
 * Looks for texts that must not be in a file, in the forms that software likes to hide them in.
 *
 * It knows nothing of codec or database, on purpose: it is the independent eye.
 */
import { existsSync, readFileSync } from 'node:fs';
import { inflateRawSync, inflateSync } from 'node:zlib';

/** A canary that was found. */
export interface Sighting {
  readonly canary: string;
  /** As which it was written: utf8, base64, hex, utf16le, … */
  readonly form: string;
  readonly file: string;
  /** Byte offset, inside the inflated stream or at the seam of two pages where `form` says so. */
  readonly offset: number;
}

interface Needle {
  readonly canary: string;
  readonly form: string;
  readonly bytes: Buffer;
}

const MAX_INFLATED_BYTES = 4 * 1024 * 1024;
/** Files that SQLite keeps beside its database. */
const BESIDE = ['', '-wal', '-journal'];

/**
 * Searches a file, and the write-ahead log and journal beside it, for canaries: plain, hex, base64 (each alignment),
 * UTF-16, percent and JSON escapes, inside gzip and zlib streams, and across the page chains of SQLite.
 *
 * @param canaries - of 12 characters or more, so that no form of one is there by chance
 */
export function findCanaries(file: string, canaries: readonly string[]): Sighting[] {
  const needles = canaries.flatMap(formsOf);
  return BESIDE.map((end) => `${file}${end}`)
    .filter((path) => existsSync(path))
    .flatMap((path) => findIn(readFileSync(path), needles, path));
}

function findIn(bytes: Buffer, needles: readonly Needle[], file: string): Sighting[] {
  const found = search(bytes, needles, file, '');
  for (const stream of streamsIn(bytes))
    found.push(...search(stream, needles, file, ' compressed'));
  const seams = seamsIn(bytes);
  if (seams) found.push(...search(seams, needles, file, ' across pages'));
  return found;
}

function search(
  bytes: Buffer,
  needles: readonly Needle[],
  file: string,
  where: string,
): Sighting[] {
  return needles.flatMap(({ canary, form, bytes: needle }) => {
    const offset = bytes.indexOf(needle);
    return offset < 0 ? [] : [{ canary, form: `${form}${where}`, file, offset }];
  });
}

function formsOf(canary: string): Needle[] {
  const utf8 = Buffer.from(canary, 'utf8');
  const utf16 = Buffer.from(canary, 'utf16le');
  const escaped = JSON.stringify(canary)
    .slice(1, -1)
    .replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const forms: [form: string, bytes: Buffer][] = [
    ['utf8', utf8],
    ['utf16le', utf16],
    ['utf16be', Buffer.from(utf16).swap16()],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
    ['escaped', Buffer.from(escaped)],
    ['percent', Buffer.from(encodeURIComponent(canary))],
  ];
  for (const shift of [0, 1, 2]) {
    const inner = base64At(utf8, shift);
    forms.push(['base64', Buffer.from(inner)]);
    forms.push(['base64url', Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_'))]);
  }
  return forms.map(([form, bytes]) => ({ canary, form, bytes }));
}

/** The characters of base64 that depend on the canary alone when `shift` bytes stand before it. */
function base64At(bytes: Buffer, shift: number): string {
  const all = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  return all.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}

function* streamsIn(bytes: Buffer): Generator<Buffer> {
  for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    const isHeader = bytes[at + 1] === 0x8b && bytes[at + 2] === 8;
    if (isHeader) yield* attempt(inflateRawSync, bytes, endOfGzipHeader(bytes, at));
  }
  for (let at = bytes.indexOf(0x78); at >= 0; at = bytes.indexOf(0x78, at + 1)) {
    const isHeader = [0x01, 0x5e, 0x9c, 0xda].includes(bytes[at + 1] ?? 0);
    if (isHeader) yield* attempt(inflateSync, bytes, at);
  }
}

/** After ten bytes a file name may stand; other optional fields are hardly ever written. Source: RFC 1952, 2.3. */
function endOfGzipHeader(bytes: Buffer, at: number): number {
  const hasName = ((bytes[at + 3] ?? 0) & 8) !== 0;
  return hasName ? bytes.indexOf(0, at + 10) + 1 : at + 10;
}

function* attempt(inflate: typeof inflateSync, bytes: Buffer, at: number): Generator<Buffer> {
  try {
    const end = at + MAX_INFLATED_BYTES;
    yield inflate(bytes.subarray(at, end), { maxOutputLength: MAX_INFLATED_BYTES, finishFlush: 2 });
  } catch {
    // Not a stream: those few bytes only looked like the beginning of one.
  }
}

/**
 * A long value of SQLite goes on in overflow pages, each of which names the next one in its first four bytes, so a
 * text can be cut in two. All places where a page number stands are joined with the page of that number. Source:
 * sqlite.org, "Database File Format", 1.6.
 */
function seamsIn(bytes: Buffer): Buffer | null {
  if (bytes.subarray(0, 15).toString('latin1') !== 'SQLite format 3') return null;
  const size = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  const pages = Math.floor(bytes.length / size);
  const seams: Buffer[] = [];
  const join = (before: number, page: number): void => {
    const start = (page - 1) * size + 4;
    const head = bytes.subarray(Math.max(0, before - 128), before);
    seams.push(head, bytes.subarray(start, start + 128), Buffer.alloc(1));
  };
  for (let page = 0; page < pages; page++) {
    const start = page * size;
    const next = bytes.readUInt32BE(start);
    if (next > 1 && next <= pages) join(start + size, next);
    for (let at = start + 128; at <= start + size - 4; at++) {
      const named = bytes.readUInt32BE(at);
      if (named > 1 && named <= pages) join(at, named);
    }
  }
  return Buffer.concat(seams);
}
