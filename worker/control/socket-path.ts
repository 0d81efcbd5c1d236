/** Where the control socket of a data folder is. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Longest path that every system takes for a socket, in bytes. Source: unix(7); macOS has 104. */
const LONGEST = 100;

/** Name of the socket in its folder. */
const NAME = 'control.sock';

/**
 * The path to listen on and to connect to: in the data folder; where that path is too long, in a folder of this user
 * alone below the one for temporary files; on Windows a named pipe. Class: pure but for the user's name.
 */
export function socketPath(folder: string, platform: NodeJS.Platform = process.platform): string {
  const whole = resolve(folder);
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\jornada-${hash}`;
  const inside = join(whole, NAME);
  if (Buffer.byteLength(inside) <= LONGEST) return inside;
  return join(tmpdir(), `jornada-${userInfo().uid}`, `${hash}.sock`);
}

/**
 * Makes the folder of a socket that cannot lie in its data folder, and refuses one that is not this user's own.
 *
 * @returns what is wrong, or null. Class: side effect.
 */
export function prepareSocketFolder(folder: string, path: string): string | null {
  if (process.platform === 'win32' || path.startsWith(join(resolve(folder), ''))) return null;
  const outside = join(path, '..');
  mkdirSync(outside, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(outside);
  const isOurs = uid === userInfo().uid && (mode & 0o077) === 0;
  return isOurs ? null : `'${outside}' belongs to, or is open to, somebody else`;
}
