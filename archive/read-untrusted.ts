/**
 * Reads a ZIP that somebody sent: all of it, or nothing with why. What it says of itself is not believed: bytes are counted
 * while they are inflated, names are taken as they stand in its list, and nothing is written anywhere.
 *
 * Class: side effect (memory). Source: OWASP ASVS 5.0, 5.2.3 and 5.3.2; PKWARE APPNOTE 6.3.10 §4.3 and §4.4.
 */
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { kindOf, nameFault } from './entry.js';

/** Why a ZIP is refused. */
export type ArchiveFault =
  | 'duplicate'
  | 'encrypted'
  | 'link'
  | 'name'
  | 'ratio'
  | 'too-large'
  | 'too-many'
  | 'unreadable';

/** Thrown for all that is refused; `detail` completes “but …”. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';

  constructor(
    readonly fault: ArchiveFault,
    readonly detail: string,
  ) {
    super(`${fault}: ${detail}`);
  }
}

/** What is taken at most. */
export interface ArchiveLimits {
  readonly files: number;
  /** Of all files together, inflated. */
  readonly bytes: number;
  /** How many times larger a file, or all of them, may become. */
  readonly ratio: number;
}

/** Reads it. @returns name → bytes, without folders. Errors: `ArchiveRefused`. */
export async function readUntrustedZip(
  bytes: Buffer,
  limits: ArchiveLimits,
): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await opened(bytes);
  const entries = await listed(zip, limits);
  const files = new Map<string, Buffer>();
  let left = limits.bytes;
  for (const [name, entry] of entries) {
    // What is packed is what the file has, not what its list says of it: several names may point at the same bytes.
    const most = Math.min(left, limits.ratio * Math.max(entry.compressedSize, 1));
    const read = await inflated(zip, entry, most);
    if (read === null) {
      const isRatio = most < left;
      if (isRatio) throw refusedRatio(name, limits);
      throw new ArchiveRefused('too-large', `its files have more than ${limits.bytes} bytes`);
    }
    left -= read.length;
    files.set(name, read);
  }
  if (limits.bytes - left > limits.ratio * bytes.length) throw refusedRatio('it', limits);
  return files;
}

const refusedRatio = (name: string, { ratio }: ArchiveLimits): ArchiveRefused =>
  new ArchiveRefused('ratio', `${quoted(name)} becomes more than ${ratio} times as large`);

const quoted = (name: string): string =>
  name === 'it' ? name : `'${name.slice(0, 80).replace(/\p{Cc}/gu, '?')}'`;

function unreadable(error: unknown): ArchiveRefused {
  if (error instanceof ArchiveRefused) return error;
  const { message } = error as Error;
  if (message.startsWith('strong encryption')) return new ArchiveRefused('encrypted', 'it is');
  return new ArchiveRefused('unreadable', `it is no whole ZIP file (${message})`);
}

function opened(bytes: Buffer): Promise<ZipFile> {
  // Names as bytes: the library would mend some, and take others from a field that no list shows.
  const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: true } as const;
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, options, (error, zip) => (error ? reject(unreadable(error)) : resolve(zip)));
  });
}

/** Its list, judged before anything is inflated. */
function listed(zip: ZipFile, limits: ArchiveLimits): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > limits.files) return Promise.reject(tooMany(limits));
  const entries = new Map<string, Entry>();
  // As systems see names that do not tell capitals apart.
  const seen = new Set<string>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      const found = judged(entry, seen);
      if (found instanceof ArchiveRefused) return reject(found);
      if (found !== null) entries.set(found, entry);
      // How many it has is counted, not believed.
      if (seen.size > limits.files) return reject(tooMany(limits));
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', (error: unknown) => reject(unreadable(error)));
    zip.readEntry();
  });
}

const tooMany = ({ files }: ArchiveLimits): ArchiveRefused =>
  new ArchiveRefused('too-many', `it has more than ${files} files`);

/** The name of a file; null: it is a folder. */
function judged(entry: Entry, seen: Set<string>): string | ArchiveRefused | null {
  const name = (entry.fileName as unknown as Buffer).toString('utf8');
  const fault = nameFault(name);
  if (fault !== null) return new ArchiveRefused('name', `${quoted(name)} ${fault}`);
  const kind = kindOf(entry, name);
  if (kind === 'other') return new ArchiveRefused('link', `${quoted(name)} is a link or a device`);
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) {
    return new ArchiveRefused('encrypted', `${quoted(name)} is encrypted`);
  }
  const folded = name.normalize('NFC').toLowerCase().replace(/\/$/, '');
  if (seen.has(folded)) return new ArchiveRefused('duplicate', `${quoted(name)} is there twice`);
  seen.add(folded);
  return kind === 'folder' ? null : name;
}

/** Encrypted. Source: APPNOTE §4.4.4. */
const ENCRYPTED = 0x1;

/** The bytes of a file; null: they are more than that. */
async function inflated(zip: ZipFile, entry: Entry, most: number): Promise<Buffer | null> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, made) => (error ? reject(unreadable(error)) : resolve(made)));
  });
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > most) return null;
      parts.push(part);
    }
  } catch (error) {
    throw unreadable(error);
  } finally {
    stream.destroy();
  }
  const whole = Buffer.concat(parts);
  // The library counts bytes, and does not look at what they are.
  if (crc32(whole) === entry.crc32) return whole;
  throw unreadable(new Error('a file is not what its sum says'));
}
