/**
 * One-time codes. A code comes from the job that sends it and a key of this deployment: an attempt that is repeated
 * sends the same one, and nothing has to keep it. What is kept is its mark, of which nobody finds the code.
 * Class: side effect (reads a key).
 */
import { createHash, timingSafeEqual } from 'node:crypto';

type Fingerprint = (text: string) => Promise<string>;

const DIGITS = 8;

/** The code of a job: eight digits. */
export async function codeOf(fingerprint: Fingerprint, effectKey: string): Promise<string> {
  const hash = createHash('sha256').update(await fingerprint(`one-time code\n${effectKey}`));
  const number = hash.digest().readBigUInt64BE() % BigInt(10 ** DIGITS);
  return number.toString().padStart(DIGITS, '0');
}

/** By which a code is known again, for this subject alone. */
export function markOf(fingerprint: Fingerprint, subject: string, code: string): Promise<string> {
  return fingerprint(`mark of one-time code\n${subject}\n${code}`);
}

/** Whether two marks are equal; takes the same time whichever they are. */
export function areEqual(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
