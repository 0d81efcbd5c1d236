/**
 * Reads the file of connected systems and the secrets that it points to. A fault tells place and reason; no text of the
 * file and no secret is repeated. Class: side effect (files).
 */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type * as z from 'zod';
import {
  type SecretPlace,
  SYSTEMS_FILE,
  type System,
} from '../../activities/systems/declaration.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads it. @throws Error whose message says what is wrong; an empty path gives no systems */
export async function readSystems(path: string, env: Environment): Promise<readonly System[]> {
  if (path === '') return [];
  const { systems } = await readFileOf(path);
  return Promise.all(systems.map((system) => withSecrets(system, env)));
}

async function readFileOf(path: string): Promise<z.infer<typeof SYSTEMS_FILE>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`names a file that cannot be read (${error.code ?? 'unknown'})`);
  });
  let content: unknown;
  try {
    // JSON is YAML as well
    content = parse(text);
  } catch {
    throw new Error('names a file that is neither YAML nor JSON');
  }
  const read = SYSTEMS_FILE.safeParse(content);
  if (read.success) return read.data;
  const faults = read.error.issues.slice(0, 10);
  throw new Error(faults.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; '));
}

async function withSecrets(
  system: z.infer<typeof SYSTEMS_FILE>['systems'][number],
  env: Environment,
): Promise<System> {
  if (system.kind === 'by-hand') return system;
  const { read, write, ...rest } = system;
  const [readToken, writeToken] = await Promise.all([
    secretOf(system.id, 'read', read, env),
    secretOf(system.id, 'write', write, env),
  ]);
  if (readToken === writeToken) {
    throw new Error(`${system.id}.read: must be another credential than write`);
  }
  return { ...rest, readToken, writeToken };
}

async function secretOf(
  id: string,
  use: string,
  place: SecretPlace,
  env: Environment,
): Promise<string> {
  const text =
    'tokenEnv' in place
      ? (env[place.tokenEnv] ?? '')
      : await readFile(place.tokenFile, 'utf8').catch(() => '');
  const secret = text.trim();
  if (/^[\x21-\x7e]+$/.test(secret)) return secret;
  throw new Error(`${id}.${use}: the secret is not there, or no token of printable characters`);
}
