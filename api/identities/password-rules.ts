/**
 * What a password must be: long, and not among what anybody tries first. No rule says which characters it has; it is
 * checked exactly as it was typed. Class: pure. Source: OWASP ASVS 5.0, 6.2.
 */
import { COMMON_WORDS, RUNS } from './common-passwords.js';

/** In characters, as people count them. */
export const SHORTEST = 12;
export const LONGEST = 128;

/** What is wrong with a password. */
export type PasswordFault = 'PASSWORD_LENGTH' | 'PASSWORD_COMMON';

/** @param loginName - of its person: a password that is made of it is among the first tries. @returns null: it will do */
export function passwordFault(password: string, loginName: string): PasswordFault | null {
  const { length } = [...password];
  if (length < SHORTEST || length > LONGEST) return 'PASSWORD_LENGTH';
  return isCommon(password.toLowerCase(), loginName) ? 'PASSWORD_COMMON' : null;
}

function isCommon(text: string, loginName: string): boolean {
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const isOfWord = COMMON_WORDS.has(core) || COMMON_WORDS.has(unmasked(core));
  const isOfName = loginName !== '' && core === loginName;
  return isOfWord || isOfName || isRepeated(text) || isRun(text);
}

/** `p@ssw0rd` → `password`. */
function unmasked(text: string): string {
  return text.replace(/[@4310$5!7]/g, (letter) => MASKS[letter] ?? letter);
}

const MASKS: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** One piece of up to four characters over and over. */
function isRepeated(text: string): boolean {
  return [1, 2, 3, 4].some((size) => {
    const piece = text.slice(0, size);
    return piece.repeat(Math.ceil(text.length / size)).slice(0, text.length) === text;
  });
}

/** A piece of a run, there or back. */
function isRun(text: string): boolean {
  const back = [...text].reverse().join('');
  return RUNS.some((run) => run.includes(text) || run.includes(back));
}
