/**
 * A Chromium of this machine: `CHROMIUM_PATH`, else one on the path; as root on Debian it is installed when there is none.
 * Without one the tests fail and say so; they are never left out.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const;

/** Quiet, and without a word to anybody outside. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** Finds it, installing it if it may. Errors: what to install. Class: side effect. */
export function findChromium(talk: (line: string) => void = () => {}): string {
  const { CHROMIUM_PATH: named } = process.env;
  if (named) return named;
  const found = onPath();
  if (found) return found;
  if (mayInstall()) {
    talk('browser: installing Chromium by apt-get, a minute or two');
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      spawnSync('apt-get', args, {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: 'ignore',
      });
    }
    const installed = onPath();
    if (installed) return installed;
  }
  throw new Error(
    `Expected a Chromium for the browser tests, but there is none on the path; install it (Debian: apt-get install chromium) or set CHROMIUM_PATH`,
  );
}

function onPath(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const files = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return files.find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const mayInstall = (): boolean =>
  process.getuid?.() === 0 &&
  existsSync('/etc/debian_version') &&
  readFileSync('/etc/debian_version', 'utf8').trim() !== '';
