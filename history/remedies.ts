import { ERASED } from './erased.js';

/**
 * A message with its remedy once. What failed inside something else brings a message of its own, and both say what to do
 * before resolving: the first of them is the nearer. What is recorded keeps its words; null was erased. Class: pure.
 */
export function remediedOnce(message: string | null): string {
  if (message === null) return ERASED;
  return message.replace(REPEATED, '$1.');
}

/** `…, then resolve; mend the cause, then resolve.`, the first as a sentence of its own or not. */
const REPEATED = /(, then resolve)\.?(?:; [^;]*?, then resolve\.?)+/g;
