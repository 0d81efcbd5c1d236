/**
 * The master key: what wraps the key-encrypting keys of one generation of the keyring.
 *
 * It is derived from a random secret in the generation's own file and, when given, from the operator's master key. So
 * destroying the file destroys the master, even where the operator's key lives on elsewhere and cannot be rotated.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { failure } from '../failure.js';
import { KEY_BYTES } from '../seal.js';

const CHECK_BYTES = 16;

/** Bytes of a master file: secret ‖ check value. */
export const MASTER_FILE_BYTES = KEY_BYTES + CHECK_BYTES;

/** A new master: the bytes of its file, and the key. Class: side effect (random). */
export function newMaster(operatorKey: Uint8Array | null): { file: Buffer; key: Buffer } {
  const secret = randomBytes(KEY_BYTES);
  const key = deriveMaster(secret, operatorKey);
  return { file: Buffer.concat([secret, checkOf(key)]), key };
}

/** The key of a master file, or null when the operator's key is not the one it was made with. Class: pure. */
export function masterOf(file: Buffer, operatorKey: Uint8Array | null): Buffer | null {
  const key = deriveMaster(file.subarray(0, KEY_BYTES), operatorKey);
  return timingSafeEqual(checkOf(key), file.subarray(KEY_BYTES)) ? key : null;
}

/**
 * Reads an operator's master key: 32 bytes in base64 or hex, white space around it ignored.
 *
 * @param source - where it came from, for the message. Errors: `MASTER_KEY_INVALID`. Class: pure.
 */
export function parseMasterKey(text: string, source: string): Buffer {
  const trimmed = text.trim();
  const isHex = /^[0-9a-fA-F]{64}$/.test(trimmed);
  const bytes = Buffer.from(trimmed, isHex ? 'hex' : 'base64');
  const isBase64 = /^[A-Za-z0-9+/]{43}=?$/.test(trimmed);
  if (!isHex && !isBase64) {
    throw failure('MASTER_KEY_INVALID', { source, detail: `it has ${trimmed.length} characters` });
  }
  if (new Set(bytes).size < 8) {
    throw failure('MASTER_KEY_INVALID', { source, detail: 'its bytes repeat' });
  }
  return bytes;
}

/** The variables that can hold an operator's master key: itself, or the path of a file with it. */
export interface MasterKeyEnvironment {
  readonly JORNADA_MASTER_KEY?: string | undefined;
  readonly JORNADA_MASTER_KEY_FILE?: string | undefined;
}

/**
 * Reads the operator's master key from environment variables; null when neither is set.
 *
 * Errors: `MASTER_KEY_INVALID`, also when both are set or the file cannot be read. Class: side effect.
 */
export async function readMasterKey(env: MasterKeyEnvironment): Promise<Buffer | null> {
  const { JORNADA_MASTER_KEY: text, JORNADA_MASTER_KEY_FILE: file } = env;
  if (text && file) {
    const detail = 'JORNADA_MASTER_KEY_FILE is set as well';
    throw failure('MASTER_KEY_INVALID', { source: 'JORNADA_MASTER_KEY', detail });
  }
  if (text) return parseMasterKey(text, 'JORNADA_MASTER_KEY');
  return file ? parseMasterKey(await readSecret(file), `file '${file}'`) : null;
}

async function readSecret(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const detail = `it cannot be read (${error instanceof Error && 'code' in error ? error.code : error})`;
    throw failure('MASTER_KEY_INVALID', { source: `file '${file}'`, detail });
  }
}

function deriveMaster(secret: Uint8Array, operatorKey: Uint8Array | null): Buffer {
  const salt = operatorKey ?? new Uint8Array();
  return Buffer.from(hkdfSync('sha256', secret, salt, 'jornada master 1', KEY_BYTES));
}

function checkOf(key: Buffer): Buffer {
  return createHmac('sha256', key).update('jornada check').digest().subarray(0, CHECK_BYTES);
}
