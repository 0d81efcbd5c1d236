/** Personal parts as lines of an export. Class: pure. */
import { canonicalJson } from './canonical.js';
import type { PersonalPart } from './entry.js';

/** The line of a personal part, without its end. */
export function personalText(number: number, { reason, data, salt }: PersonalPart): string {
  return canonicalJson({ data, number, reason, salt: Buffer.from(salt).toString('hex') });
}

/** Reads such a line; null when it is not exactly one. */
export function parsePersonal(text: string): (PersonalPart & { readonly number: number }) | null {
  try {
    const { number, reason, data, salt } = JSON.parse(text);
    const part = { number, reason, data, salt: Buffer.from(salt, 'hex') };
    return Number.isSafeInteger(number) && personalText(number, part) === text ? part : null;
  } catch {
    return null;
  }
}
