/**
 * Signed notes: a text, and under it who signs it. Anybody can check one with the public key and a few lines of code.
 * Class: pure. Source: https://c2sp.org/signed-note (Ed25519, signature type 0x01).
 */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** A public key with the name it signs under. */
export interface NoteKey {
  readonly name: string;
  /** First 4 bytes of `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)`, in hex. */
  readonly id: string;
  readonly publicKey: KeyObject;
}

const ED25519 = 0x01;
const ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
/** What comes before the 32 bytes of an Ed25519 key in its DER form. Source: RFC 8410 §4. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const NAME = /^[^\s+]+$/u;

/** The key as one text: `<name>+<id>+<base64(0x01 ‖ key)>`. */
export function keyText({ name, id, publicKey }: NoteKey): string {
  return `${name}+${id}+${Buffer.concat([Buffer.of(ED25519), rawOf(publicKey)]).toString('base64')}`;
}

/** Names a public key. */
export function noteKey(name: string, publicKey: KeyObject): NoteKey {
  return { name, id: idOf(name, rawOf(publicKey)), publicKey };
}

/** Reads the text of a key; null when it is none, or its id is not that of the key. */
export function parseKey(text: string): NoteKey | null {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(text) ?? [];
  const bytes = strictBase64(base64);
  if (!name || bytes?.length !== 33 || bytes[0] !== ED25519) return null;
  const raw = bytes.subarray(1);
  if (idOf(name, raw) !== id) return null;
  const key = Buffer.concat([SPKI, raw]);
  return { name, id, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) };
}

/** Signs a text, which ends with a line end and holds no empty line. @returns the whole note */
export function signNote(text: string, key: NoteKey, privateKey: KeyObject): string {
  const signature = sign(null, Buffer.from(text), privateKey);
  const signed = Buffer.concat([Buffer.from(key.id, 'hex'), signature]).toString('base64');
  return `${text}\n— ${key.name} ${signed}\n`;
}

/** A note, not yet checked: its text with the last line end, and its one signature. */
export interface Note {
  readonly text: string;
  readonly name: string;
  readonly keyId: string;
  readonly signature: Buffer;
}

/** Takes a note apart; null when it is not exactly a text, an empty line and one signature. */
export function parseNote(note: string): Note | null {
  const [, text, name, base64] = /^((?:[^\n]+\n)+)\n— ([^\n ]+) ([^\n ]+)\n$/.exec(note) ?? [];
  const bytes = strictBase64(base64);
  if (!text || !name || !NAME.test(name)) return null;
  if (bytes?.length !== ID_BYTES + SIGNATURE_BYTES) return null;
  const keyId = bytes.subarray(0, ID_BYTES).toString('hex');
  return { text, name, keyId, signature: bytes.subarray(ID_BYTES) };
}

/** Whether a key signed a note. */
export function isSignedBy({ text, name, keyId, signature }: Note, key: NoteKey): boolean {
  if (name !== key.name || keyId !== key.id) return false;
  return verify(null, Buffer.from(text), key.publicKey, signature);
}

function rawOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
}

function idOf(name: string, raw: Uint8Array): string {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(ED25519)).update(raw);
  return hash.digest('hex').slice(0, 2 * ID_BYTES);
}

/** Bytes of base64 in its one right form: otherwise a changed bit could go unseen. */
export function strictBase64(text: string | undefined): Buffer | null {
  if (text === undefined) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
