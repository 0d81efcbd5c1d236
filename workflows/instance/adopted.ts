/**
 * Entries of early decisions are stored before Temporal records them. An attempt at a workflow task that was lost may
 * have written others in their place, so they are sent once more with the next decision that is asked for: the store
 * compares, and mends. Class: workflow. Source: docs/decisions/0010-decisions-are-taken-early.md.
 */
import { isDue } from './continue.js';
import type { Host } from './host.js';

/** About a hundred kilobytes. */
const MOST_ADOPTED = 500;

/**
 * Whether a decision is to be asked for so that the store confirms them: before an end, a new run, or too many; and at
 * once where nothing else would tell of them.
 */
export function mustConfirm(host: Host): boolean {
  const { adopted, ended, parked, isUntraced } = host;
  if (parked) return false;
  if (isUntraced) return true;
  if (adopted.length === 0) return false;
  return ended !== null || adopted.length >= MOST_ADOPTED || isDue(host);
}
