/**
 * Reads the file of the provider of identities, and the secret that it points to. A fault tells place and reason; no text of the
 * file and no secret is repeated. Class: side effect (files).
 */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { type ProviderSettings, SIGN_IN_FILE } from '../../api/index.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads it. @returns null: no file is named. @throws Error whose message says what is wrong */
export async function readSignIn(path: string, env: Environment): Promise<ProviderSettings | null> {
  if (path === '') return null;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`names a file that cannot be read (${error.code ?? 'unknown'})`);
  });
  const { clientSecret: place, ...settings } = settingsIn(text);
  const said = 'env' in place ? env[place.env] : await readFile(place.file, 'utf8').catch(() => '');
  const clientSecret = (said ?? '').trim();
  if (!/^[\x21-\x7e]+$/.test(clientSecret)) {
    throw new Error('clientSecret: it is not there, or no text of printable characters');
  }
  return { ...settings, clientSecret };
}

function settingsIn(text: string) {
  let content: unknown;
  try {
    // JSON is YAML as well
    content = parse(text);
  } catch {
    throw new Error('names a file that is neither YAML nor JSON');
  }
  const read = SIGN_IN_FILE.safeParse(content);
  if (read.success) return read.data;
  const faults = read.error.issues.slice(0, 10);
  throw new Error(faults.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}
