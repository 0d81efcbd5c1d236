/**
 * The keys that sign checkpoints: Ed25519, a file each (`keys/audit/<id>.key`, 0600), wrapped under the deployment's own key
 * like all that the keyring guards. Which one signs is what the log itself says. Class: side effect.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import {
  firstKeyFacts,
  type KeyTerm,
  keyAt,
  type NoteKey,
  nextKeyFacts,
  noteKey,
  termOf,
} from '../../audit/index.js';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { AuditLog } from '../../store/index.js';
import type { KeyProvider } from '../encryption/index.js';
import { diskFiles, isAbsence } from '../encryption/keyring/files.js';
import { type AuditFailure, auditFailure } from './failure.js';

/** Where keys are, and which log they sign. */
export interface KeyPlace {
  readonly log: AuditLog;
  readonly keyProvider: KeyProvider;
  /** Folder of the keys. */
  readonly folder: string;
}

/** Signs for a log. */
export interface Signer {
  readonly origin: string;
  readonly terms: readonly KeyTerm[];
  /** The key that signs a checkpoint of this size, with its private half. Errors: `AUDIT_KEY_MISSING`. */
  readonly keyFor: (
    size: number,
  ) => Promise<{ readonly key: NoteKey; readonly privateKey: KeyObject }>;
}

/** Opens the keys of a log; the first one is made where there is none. Errors: `AUDIT_LOG_DAMAGED`. */
export async function openSigner(place: KeyPlace): Promise<Signer> {
  const { origin } = await place.log.head();
  for (;;) {
    const terms = await termsOf(place.log);
    const [first] = terms;
    if (first) {
      return { origin: first.key.name, terms, keyFor: (size) => keyFor(place, terms, size) };
    }
    const key = await makeKey(place, origin);
    if (!(await place.log.nameKey(firstKeyFacts(key), 0))) await forgetKey(place, key);
  }
}

/**
 * Hands over to a new key: an entry names it, signed by the one before. Checkpoints from that entry on are signed by it.
 *
 * @returns the number of that entry; null when another process handed over meanwhile
 */
export async function rotateKey(place: KeyPlace): Promise<{ readonly number: number } | null> {
  const { origin, terms, keyFor: current } = await openSigner(place);
  const { key, privateKey } = await current(Number.MAX_SAFE_INTEGER);
  const next = await makeKey(place, origin);
  const named = await place.log.nameKey(nextKeyFacts(next, key, privateKey), terms.length);
  if (!named) await forgetKey(place, next);
  return named;
}

async function termsOf(log: AuditLog): Promise<readonly KeyTerm[]> {
  const terms: KeyTerm[] = [];
  for (const entry of await log.keyEntries()) {
    const term = termOf(entry, terms);
    if (typeof term === 'string') throw damaged(`of entry ${entry.number}: ${term}`);
    if (term) terms.push(term);
  }
  return terms;
}

/** The failure of a log that cannot be signed as it stands. Class: pure. */
export function damaged(detail: string): AuditFailure {
  return auditFailure('AUDIT_LOG_DAMAGED', { detail });
}

async function keyFor(place: KeyPlace, terms: readonly KeyTerm[], size: number) {
  const key = keyAt(terms, size);
  if (!key) throw damaged('no entry names a key');
  return { key, privateKey: await readKey(place, key) };
}

async function makeKey({ keyProvider, folder }: KeyPlace, origin: string): Promise<NoteKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = noteKey(origin, publicKey);
  const plain = privateKey.export({ format: 'der', type: 'pkcs8' });
  const wrapped = await keyProvider.wrap(SYSTEM_KEY_ID, plain, aadOf(key));
  plain.fill(0);
  await diskFiles.makeFolder(folder);
  await diskFiles.write(fileOf(folder, key), wrapped);
  await diskFiles.syncFolder(folder);
  return key;
}

async function readKey({ keyProvider, folder }: KeyPlace, key: NoteKey): Promise<KeyObject> {
  const file = fileOf(folder, key);
  const wrapped = await diskFiles.read(file).catch((error: unknown) => {
    if (!isAbsence(error)) throw error;
    throw auditFailure('AUDIT_KEY_MISSING', { key: key.id, file });
  });
  const plain = await keyProvider.unwrap(SYSTEM_KEY_ID, wrapped, aadOf(key));
  return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
}

async function forgetKey({ folder }: KeyPlace, key: NoteKey): Promise<void> {
  await diskFiles.remove(fileOf(folder, key));
}

function fileOf(folder: string, { id }: NoteKey): string {
  return join(folder, `${id}.key`);
}

function aadOf({ name, id }: NoteKey): Buffer {
  return Buffer.from(`jornada audit key 1\n${name}\n${id}`);
}
