/**
 * A detached signature over a text, as a JSON Web Signature: any tool that knows EdDSA can check it. `kid` is the text of
 * the key. Class: pure. Source: RFC 7515, appendix F; RFC 8037 §3.1.
 */
import { type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '../canonical.js';
import { keyText, type NoteKey, parseKey } from '../note.js';

/** Signs a text. @returns one line: header, nothing, signature */
export function signDetached(text: string, key: NoteKey, privateKey: KeyObject): string {
  const header = headerOf(keyText(key));
  const signature = sign(null, inputOf(header, text), privateKey).toString('base64url');
  return `${header}..${signature}\n`;
}

/** The key that signed a text; null when it is not exactly a signature over it. */
export function signerOfDetached(line: string, text: string): string | null {
  const [, header = '', base64 = ''] = /^([\w-]+)\.\.([\w-]+)\n$/.exec(line) ?? [];
  const kid = kidIn(header);
  const key = kid === null ? null : parseKey(kid);
  if (kid === null || !key || headerOf(kid) !== header) return null;
  const signature = Buffer.from(base64, 'base64url');
  if (signature.toString('base64url') !== base64) return null;
  return verify(null, inputOf(header, text), key.publicKey, signature) ? kid : null;
}

const headerOf = (kid: string): string =>
  Buffer.from(canonicalJson({ alg: 'EdDSA', kid })).toString('base64url');

function kidIn(header: string): string | null {
  try {
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
    return typeof kid === 'string' ? kid : null;
  } catch {
    return null;
  }
}

const inputOf = (header: string, text: string): Buffer =>
  Buffer.from(`${header}.${Buffer.from(text).toString('base64url')}`);
