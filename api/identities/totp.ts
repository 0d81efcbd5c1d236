/**
 * One-time passwords by time: what an app on a phone shows. Class: pure, but for the secret. Source: RFC 6238, RFC 4226, RFC 4648
 * §6; the address is the one that such apps read from a QR code.
 */
import { createHmac, randomBytes } from 'node:crypto';

/** Seconds that a code is shown. */
const STEP_SECONDS = 30;
const DIGITS = 6;
/** Steps before and after the present one that count as well: clocks differ, and people type slowly. */
const WINDOW = 1;
const SECRET_BYTES = 20;

/** Makes a secret. Class: side effect (chance). */
export const newFactorSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** The code of a step. `hash` and `digits` as RFC 6238 has them beside those that apps use. */
export function codeOf(secret: Buffer, step: number, digits = DIGITS, hash = 'sha1'): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac(hash, secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The step of an instant in milliseconds since the epoch. */
export const stepAt = (ms: number): number => Math.floor(ms / 1000 / STEP_SECONDS);

/** The step that a code is of; null: it is of none that counts. Codes up to `lastStep` were used. */
export function stepOfCode(
  secret: Buffer,
  code: string,
  now: number,
  lastStep: number,
): number | null {
  const present = stepAt(now);
  for (let step = present - WINDOW; step <= present + WINDOW; step += 1) {
    if (step > lastStep && codeOf(secret, step) === code) return step;
  }
  return null;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes as people copy them by hand. */
export function base32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const parts = bits.match(/.{1,5}/g) ?? [];
  return parts.map((part) => ALPHABET[Number.parseInt(part.padEnd(5, '0'), 2)]).join('');
}

/** What a QR code of it says. */
export function addressOfFactor(secret: Buffer, loginName: string): string {
  const label = encodeURIComponent(`Jornada:${loginName}`);
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=Jornada`;
}

const RECOVERY_CODES = 10;

/** Codes for whoever lost their phone: 80 bits each, in groups. Class: side effect (chance). */
export const newRecoveryCodes = (): readonly string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    (base32(randomBytes(10)).toLowerCase().match(/.{4}/g) ?? []).join('-'),
  );

/** A recovery code as it is compared: spaces, dashes and case do not count. */
export const plainRecoveryCode = (code: string): string => code.toLowerCase().replace(/[\s-]/g, '');
