/**
 * A sign-in that has begun: all that belongs to it comes of one secret, which the browser keeps in a cookie and nobody else
 * knows; so an answer is of this browser, of this sign-in, within its time. Nothing of it is kept here until it is used.
 * Source: RFC 9700 §2.1; RFC 7636; OpenID Connect Core 1.0 §15.5.2. Class: pure, but for the secret.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isSameText } from '../secrets.js';

/** So long it may take to sign in at the provider. */
export const PENDING_MS = 10 * 60_000;

/** One that has begun. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Where the browser goes once somebody is signed in: a path of ours. */
  readonly returnTo: string;
  /** By which it is known that it was used. */
  readonly useHash: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Its cookie. Not `__Host-` over plain HTTP, where browsers take no such cookie. */
export const pendingCookie = (isHttps: boolean): string =>
  isHttps ? '__Host-jornada-sign-in' : 'jornada-sign-in';

/** Begins one. @param key - signs what the cookie holds */
export function beginPending(
  key: Buffer,
  returnTo: string,
  now: number,
): { readonly cookie: string; readonly pending: Pending } {
  const secret = randomBytes(32).toString('base64url');
  const path = Buffer.from(returnTo).toString('base64url');
  const signed = `${secret}.${now + PENDING_MS}.${path}`;
  const pending = pendingOf(secret, returnTo, now + PENDING_MS);
  return { cookie: `${signed}.${signatureOf(key, signed)}`, pending };
}

/** The sign-in of a cookie; null: it is none of ours, or its time is over. */
export function openPending(key: Buffer, cookie: string | undefined, now: number): Pending | null {
  const [secret = '', until = '', path = '', signature = '', ...more] = cookie?.split('.') ?? [];
  if (more.length > 0 || !isSameText(signature, signatureOf(key, `${secret}.${until}.${path}`))) {
    return null;
  }
  if (!(Number(until) > now)) return null;
  return pendingOf(secret, Buffer.from(path, 'base64url').toString(), Number(until));
}

function pendingOf(secret: string, returnTo: string, until: number): Pending {
  const derived = (what: string): string =>
    createHmac('sha256', secret).update(what).digest('base64url');
  return {
    ...{ state: derived('state'), nonce: derived('nonce'), codeVerifier: derived('verifier') },
    useHash: createHash('sha256').update(`sign-in ${secret}`).digest('hex'),
    ...{ returnTo, until },
  };
}

const signatureOf = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(`sign-in ${text}`).digest('base64url');

/** A path of ours: `//host`, `/\host` and the like are other hosts to browsers. */
export const isLocalPath = (path: string): boolean =>
  /^\/(?![/\\])[^\\\p{Cc}\s]*$/u.test(path) &&
  new URL(path, 'https://here.invalid').origin === 'https://here.invalid';
