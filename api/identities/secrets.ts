/** Secrets of 256 bits: of sessions, API tokens and links. The store knows their hashes alone. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { hashOfToken } from '../token.js';

/** A secret that was just made, and the hash by which the store knows it. */
export interface NewSecret {
  readonly secret: string;
  readonly tokenHash: string;
}

/** What API tokens begin with, so that programs that look for leaked secrets know them. */
const TOKEN_PREFIX = 'jrn_';

/** Makes one. @param prefix - `jrn_` of API tokens. Class: side effect (chance). */
export function newSecret(prefix: '' | typeof TOKEN_PREFIX = ''): NewSecret {
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { secret, tokenHash: hashOfToken(secret) };
}

/** Whether a text has the form of a session's secret, or of a token. Class: pure. */
export const isSessionSecret = (text: string): boolean => /^[\w-]{43}$/.test(text);
export const isApiToken = (text: string): boolean => /^jrn_[\w-]{43}$/.test(text);

/** What a page sends along in `x-csrf-token`: it comes of the secret of the session, which no page can read. Class: pure. */
export function csrfTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('csrf').digest('base64url');
}

/** Compares two texts in a time that tells nothing of them. Class: pure. */
export function isSameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
