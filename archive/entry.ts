/** What an entry of a ZIP is, and whether its name is one. Class: pure. */
import type { Entry } from 'yauzl';

/** Made on a system with modes of files, by which links are told. Source: APPNOTE §4.4.2. */
const UNIX = [3, 19];
const TYPE = 0o170_000;
const FILE = 0o100_000;
const FOLDER = 0o040_000;

/** What it is; `other`: a link, a device, a pipe. A name that ends with `/` is that of a folder. */
export function kindOf(
  { versionMadeBy, externalFileAttributes }: Entry,
  name: string,
): 'file' | 'folder' | 'other' {
  const type = (externalFileAttributes >>> 16) & TYPE;
  // Whatever it says it was made on: where there is a type, it is one that we take.
  const isTyped = type !== 0 || UNIX.includes(versionMadeBy >>> 8);
  if (isTyped && ![0, FILE, FOLDER].includes(type)) return 'other';
  if (name.endsWith('/')) return 'folder';
  return type === FOLDER ? 'other' : 'file';
}

/** What is wrong with a name; null: nothing. */
export function nameFault(name: string): string | null {
  if (name === '' || name.length > MOST) return 'is no name of a file';
  if (/\p{Cc}|\uFFFD/u.test(name)) return 'has characters that no name has';
  if (name.includes('\\') || /^[A-Za-z]:/.test(name)) return 'is a path of another system';
  if (name.startsWith('/')) return 'is no path inside of it';
  const parts = name.replace(/\/$/, '').split('/');
  return parts.some((part) => ['', '.', '..'].includes(part)) ? 'leads out of it' : null;
}

const MOST = 250;
