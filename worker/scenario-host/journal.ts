/** The journal of all instances of a run, in the order in which their decisions wrote it. */
import type { JournalEntry } from '../../engine/model/index.js';
import type { TracedEntry } from '../../engine/play/scenario/index.js';
import type { RunInstance } from './run-instance.js';

/**
 * Writes what a decision tells, behind the entry `after`. It refuses gaps, as the store does; what a decision wrote that
 * did not reach the history gives way to what is decided anew.
 *
 * @returns the number of the instance's last entry
 */
export function writeJournal(
  journal: TracedEntry[],
  instance: RunInstance,
  entries: readonly JournalEntry[],
  after: number,
): number {
  if (after < instance.journaled) eraseAfter(journal, instance, after);
  for (const entry of entries) {
    if (entry.sequence !== instance.journaled + 1) throw new Error('a gap in the journal');
    instance.journaled = entry.sequence;
    journal.push({ instanceId: instance.id, processId: instance.process.id, entry });
  }
  return instance.journaled;
}

function eraseAfter(journal: TracedEntry[], instance: RunInstance, after: number): void {
  const isErased = ({ instanceId, entry }: TracedEntry): boolean =>
    instanceId === instance.id && entry.sequence > after;
  const kept = journal.filter((one) => !isErased(one));
  journal.splice(0, journal.length, ...kept);
  instance.journaled = after;
}
