/**
 * The audit: acts by people, refusals, and what the engine anchors. A log whose entries the database refuses to change,
 * numbered without gaps, and hashed so that changes beneath the database show. Source: docs/audit.md.
 */
import type {
  CertificateFields,
  Entry,
  Facts,
  FoundEntry,
  JournalRecord,
  Peaks,
  PersonalPart,
} from '../../audit/index.js';
import { KEY_ACTION } from '../../audit/index.js';
import type { Queryable } from '../database.js';
import { plainOf, readCertificates } from '../erasure/certificates.js';
import type { Seals } from '../sealing/index.js';
import type { Page, Search } from '../search/index.js';
import { anchorJournals } from './anchors.js';
import { appendActs } from './append.js';
import {
  addCheckpoint,
  checkpointBelow,
  lastCheckpoint,
  leafHashes,
  notesAfter,
  type StoredCheckpoint,
} from './checkpoints.js';
import { type Erasing, erasePersonal } from './erase.js';
import { readJournals, readRecords } from './journals.js';
import { type LogRange, numbersAt, type RangeEntry, readRange, readRangeParts } from './range.js';
import { entriesAbout, keyEntries, readEntries } from './read.js';
import { withSealedPart } from './sealed-parts.js';
import { type Act, type AuditRow, holdLog, readHead, searchActs } from './table.js';

export { adoptFormerActs } from './adopt.js';
export type { StoredCheckpoint } from './checkpoints.js';
export type { Erasing } from './erase.js';
export type { LogRange, RangeEntry } from './range.js';
export type { Act, AuditRow } from './table.js';

/** The audit. */
export interface Audit {
  /**
   * Adds one act. Why, and with what, is sealed where it is upon a customer, or an instance that belongs to one.
   * @returns its number
   */
  readonly append: (act: Act) => Promise<{ readonly number: number }>;
  /** One page; see `search` for the errors. Newest first. */
  readonly query: (query: Search<keyof AuditRow>) => Promise<Page<AuditRow>>;
  /** Erases personal parts and says so in the log. @returns the numbers of entries that had one */
  readonly erase: (numbers: readonly number[], erasing: Erasing) => Promise<readonly number[]>;
  /** The log beneath it. */
  readonly log: AuditLog;
}

/** The log, as it is signed and checked. */
export interface AuditLog {
  readonly head: () => Promise<{ readonly origin: string; readonly size: number }>;
  /** All entries in order. @returns how many the log counts when the last was read */
  readonly entries: () => AsyncGenerator<FoundEntry, number>;
  readonly journals: () => AsyncGenerator<JournalRecord>;
  /** Entries of some journals from their beginnings, by instance and sequence; `limit` at most. */
  readonly journalsOf: (
    instanceIds: readonly string[],
    limit: number,
  ) => Promise<readonly JournalRecord[]>;
  /** Entries, up to a number, whose objects name any of these ids, and those that name the keys of the log; in order. */
  readonly entriesAbout: (ids: readonly string[], until: number) => Promise<readonly FoundEntry[]>;
  readonly keyEntries: () => Promise<readonly Entry[]>;
  /** Certificates of deletion in their order, by their fields alone. */
  readonly certificates: () => Promise<readonly CertificateFields[]>;
  /** Names the next key, where `known` keys are named so far. @returns null when others were named meanwhile */
  readonly nameKey: (facts: Facts, known: number) => Promise<{ readonly number: number } | null>;
  readonly hashes: (after: number, to: number) => Promise<readonly Buffer[]>;
  readonly lastCheckpoint: () => Promise<{ readonly note: string | null; readonly peaks: Peaks }>;
  /** The newest checkpoint of fewer than so many entries; null: there is none. */
  readonly checkpointBelow: (size: number) => Promise<StoredCheckpoint | null>;
  /** Numbers of the first entry from a time on, and of the last one before another; null times: of all there is. */
  readonly numbersAt: (
    since: string | null,
    until: string | null,
  ) => Promise<{ readonly first: number | null; readonly last: number | null }>;
  /** All entries of a range in order, those that it does not ask for by their hashes alone. */
  readonly range: (range: LogRange) => AsyncGenerator<RangeEntry>;
  /** The personal parts of those that it asks for, as far as they are there and open. */
  readonly rangeParts: (
    range: LogRange,
  ) => AsyncGenerator<PersonalPart & { readonly number: number }>;
  /** @returns false: another process was faster */
  readonly addCheckpoint: (checkpoint: StoredCheckpoint, follows: number) => Promise<boolean>;
  /** Notes of checkpoints beyond `size` entries, in order. */
  readonly notesAfter: (
    size: number,
    limit: number,
  ) => Promise<readonly { readonly size: number; readonly note: string }[]>;
  /** Anchors some of the journals that moved. @returns how many; 0: nothing is left */
  readonly anchorJournals: (isEndedOnly: boolean) => Promise<number>;
}

/** Makes the group. */
export function createAudit(db: Queryable, seals: Seals): Audit {
  return {
    append: async (act) => {
      const written = await withSealedPart(db, seals, act);
      return { number: (await appendActs(db, [written])).first };
    },
    query: (query) => searchActs(db, seals, query),
    erase: (numbers, erasing) => erasePersonal(db, numbers, erasing),
    log: {
      head: () => readHead(db),
      entries: () => readEntries(db, seals),
      journals: () => readJournals(db),
      journalsOf: (ids, limit) => readRecords(db, new Map(ids.map((id) => [id, 0])), limit),
      entriesAbout: (ids, until) => entriesAbout(db, seals, ids, until),
      keyEntries: () => keyEntries(db),
      certificates: async () => (await readCertificates(db)).map(plainOf),
      nameKey: (facts, known) => nameKey(db, facts, known),
      hashes: (after, to) => leafHashes(db, after, to),
      lastCheckpoint: () => lastCheckpoint(db),
      checkpointBelow: (size) => checkpointBelow(db, size),
      numbersAt: (since, until) => numbersAt(db, since, until),
      range: (range) => readRange(db, range),
      rangeParts: (range) => readRangeParts(db, seals, range),
      addCheckpoint: (checkpoint, follows) => addCheckpoint(db, checkpoint, follows),
      notesAfter: (size, limit) => notesAfter(db, size, limit),
      anchorJournals: (isEndedOnly) => anchorJournals(db, isEndedOnly),
    },
  };
}

function nameKey(
  db: Queryable,
  facts: Facts,
  known: number,
): Promise<{ readonly number: number } | null> {
  return db.transaction(async (tx) => {
    const { origin } = await holdLog(tx);
    if ((await keyEntries(tx)).length !== known) return null;
    const act = { at: new Date().toISOString(), actor: null, action: KEY_ACTION, object: origin };
    const bare = {
      outcome: 'done',
      code: null,
      requestId: null,
      reason: null,
      data: null,
    } as const;
    return { number: (await appendActs(tx, [{ ...act, ...bare, facts }])).first };
  });
}
