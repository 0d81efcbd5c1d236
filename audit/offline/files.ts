/**
 * An exported log as a folder:
 *
 *     entries.jsonl     the canonical text of an entry a line: exactly the bytes that are hashed
 *     personal.jsonl    the personal parts that were not erased, in canonical JSON, a line each
 *     checkpoints.txt   the signed notes, one after the other
 *     public-key.txt    the first key of the log
 *     certificates.jsonl   certificates of deletion in canonical JSON, a line each; exports of before have none
 *
 * Class: pure.
 */
import { canonicalJson } from '../canonical.js';
import type { PersonalPart } from '../entry.js';

/** Names of the files of an export. */
export const EXPORT_FILES = {
  entries: 'entries.jsonl',
  personal: 'personal.jsonl',
  checkpoints: 'checkpoints.txt',
  publicKey: 'public-key.txt',
  certificates: 'certificates.jsonl',
} as const;

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
