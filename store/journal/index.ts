/** The journal: what is appended to it, and read from it. */
import type { JournalEntry } from '../../engine/model/index.js';
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import type { Page, Search } from '../search/index.js';
import type { Committer } from './committer.js';
import { type JournalField, type JournalRow, searchEntries } from './entries.js';
import { forgetUnstarted, noteGoesOn, noteParked, type Parked } from './parked.js';
import { type Rebuilt, rebuildProjections } from './rebuild.js';
import type { Basis, JournalInstance } from './types.js';

export type { JournalRow } from './entries.js';
export type { Parked } from './parked.js';
export type { Rebuilt } from './rebuild.js';
export type { Basis, JournalInstance } from './types.js';

/** The journal of all instances. */
export interface Journal {
  /**
   * Adds the entries of an instance, and brings what people read up to date in the same transaction.
   *
   * Entries that are there already are passed over, so a repetition is harmless. Others in their place, or behind the
   * last one, are what a decision left behind that was never recorded: given a basis that is not older than the last
   * writer's, they are removed, what people read is made anew for this instance, and the audit says so. What belongs to
   * a customer is sealed under the key of the instance.
   *
   * @param basis - what the decision rested on; absent, what is there stays
   * @returns the last sequence number that is stored
   * Errors: `STORE_JOURNAL_GAP` with the number that is expected; `STORE_JOURNAL_STALE` when a newer attempt has
   * written already; `STORE_UNSEALED` where nobody seals, and those of the sealer. Nothing is stored then.
   */
  readonly append: (
    instance: JournalInstance,
    entries: readonly JournalEntry[],
    basis?: Basis,
  ) => Promise<{ readonly lastSequence: number }>;
  /** Notes that no decision can be taken on an instance: an incident, until one is recorded. */
  readonly park: (instance: JournalInstance, parked: Parked) => Promise<void>;
  /** Notes that an instance is not parked any more, where no decision says so. */
  readonly unpark: (instanceId: string) => Promise<void>;
  /** Takes away what is known of an instance that has no entry. @returns false when it has some: it stays */
  readonly forget: (instanceId: string) => Promise<boolean>;
  /** One page of entries, in order; see `search` for the errors. */
  readonly search: (query: Search<JournalField>) => Promise<Page<JournalRow>>;
  /** Makes every projection anew; appends wait until it is done. */
  readonly rebuild: () => Promise<Rebuilt>;
}

/** Makes the journal of a database. */
export function createJournal(db: Queryable, seals: Seals, committer: Committer): Journal {
  return {
    append: (instance, entries, basis) =>
      committer.append({ instance, entries, basis: basis ?? null }),
    park: (instance, parked) => noteParked(db, seals, instance, parked),
    unpark: (instanceId) => noteGoesOn(db, instanceId),
    forget: (instanceId) => forgetUnstarted(db, instanceId),
    search: (query) => searchEntries(db, seals, query),
    rebuild: () => rebuildProjections(db, seals),
  };
}
