/**
 * Offers entries to the store without making the instance wait for it: a short try, and after a failure shorter ones
 * for a while. Class: side effect. Source: docs/design.md D6.
 */
import type { InstanceIdentity } from '../../contracts/decision.js';
import type { DefinitionRef } from '../../contracts/instance.js';
import type { JournalEntry } from '../../engine/model/index.js';
import { type Basis, StoreFailure } from '../../store/index.js';
import { inTime } from './in-time.js';

/** Whose entries they are, as the store knows an instance. */
export interface JournalOwner extends InstanceIdentity {
  readonly instanceId: string;
  readonly definition: DefinitionRef;
}

/** The port to the journal: idempotent by (instance, sequence), and it refuses gaps. */
export interface JournalPort {
  /** @returns the last sequence number that the store has of this instance */
  append(owner: JournalOwner, entries: readonly JournalEntry[], basis: Basis): Promise<number>;
}

const TRY_MS = 2000;
const SHORT_TRY_MS = 50;
const PAUSE_MS = 2000;

/** Writes entries and says up to which one the store has them; 0 when it cannot say. */
export type WriteJournal = (
  owner: JournalOwner,
  entries: readonly JournalEntry[],
  basis: Basis,
) => Promise<number>;

/** Makes the writer. `now` is the worker's clock. */
export function createJournalWriter(journal: JournalPort, now: () => number): WriteJournal {
  let failedAt = Number.NEGATIVE_INFINITY;
  return async (owner, entries, basis) => {
    const tryMs = now() - failedAt < PAUSE_MS ? SHORT_TRY_MS : TRY_MS;
    try {
      const writing: Promise<number | null> = journal.append(owner, entries, basis);
      const stored = await inTime(writing, tryMs, () => null);
      if (stored === null) failedAt = now();
      return stored ?? 0;
    } catch (error) {
      // A refusal is an answer: the store is there.
      if (!(error instanceof StoreFailure)) failedAt = now();
      return 0;
    }
  };
}
