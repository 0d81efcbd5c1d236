/** What is checked, and what a check finds. Types only. */
import type { CertificateFields } from '../certificate.js';
import type { Entry, PersonalPart } from '../entry.js';
import type { JournalRecord } from '../journal.js';

/** Why a sealed personal part was not opened. `other key`: it is said to be under one that the entry does not stand for. */
export type Unopened = 'key destroyed' | 'no key at hand' | 'does not open' | 'other key';

/** An entry as it was found. */
export interface FoundEntry {
  /** Null: what stands there is no entry. */
  readonly entry: Entry | null;
  /** The hash that is stored beside it; null where none is. */
  readonly hash: Buffer | null;
  /** Null: there is none, or not any more. */
  readonly personal: PersonalPart | Unopened | null;
}

/** Checkpoints of one place. `place` is how people call it. */
export interface FoundCheckpoints {
  readonly place: string;
  readonly text: string;
}

/** A log and what belongs to it. */
export interface LogSource {
  /** In the order of their numbers. */
  readonly entries: () => AsyncIterable<FoundEntry>;
  /** How many entries there should be, asked when all were read; null: nobody says. */
  readonly size: () => number | null;
  /** The checkpoints of the log itself: all there are, the first one first. */
  readonly checkpoints: FoundCheckpoints;
  /** Checkpoints that were kept elsewhere: any part of them. */
  readonly kept: readonly FoundCheckpoints[];
  /** All journals, by instance and sequence; null: they are not at hand. */
  readonly journals: (() => AsyncIterable<JournalRecord>) | null;
  /** Certificates of deletion in their order, asked before the entries and after them; absent: they are not at hand. */
  readonly certificates?: () => Promise<readonly CertificateFields[]>;
  /** The first key as it was kept elsewhere; null: the log's own word is taken. */
  readonly publicKey: string | null;
}

/** What part of a log is wrong. */
export type Part = 'entry' | 'personal part' | 'checkpoint' | 'key' | 'journal' | 'certificate';

/** One thing that is wrong. */
export interface Finding {
  readonly part: Part;
  /** Number of the first entry that is wrong, or may be; null: of none. */
  readonly number: number | null;
  /** Number of the last one that may be, where it is not told which of several is wrong. */
  readonly to: number | null;
  /** Which one, in words: `entry 17`, `checkpoint of 512 entries in the store`. */
  readonly what: string;
  readonly why: string;
}

/** What was checked, in numbers. */
export interface Checked {
  readonly entries: number;
  /** Entries that the newest checkpoint of the log covers. */
  readonly covered: number;
  readonly checkpoints: number;
  /** Those that were kept elsewhere, by place. */
  readonly kept: readonly { readonly place: string; readonly checkpoints: number }[];
  readonly keys: number;
  /**
   * Personal parts that are whole, and those that were erased; of these, how many with the key of a customer, and how
   * many without an entry that says so.
   */
  readonly personal: number;
  readonly erased: number;
  readonly erasedWithKey: number;
  readonly erasedUntold: number;
  /** Personal parts that are sealed, where no key was at hand to check them. */
  readonly unopened: number;
  /** Null: journals are not at hand. */
  readonly journals: { readonly instances: number; readonly entries: number } | null;
  /** Certificates of deletion; null: they are not at hand. */
  readonly certificates: number | null;
  /** Anchors that a replaced tail of a journal has made void. */
  readonly replacedAnchors: number;
  /** Journals that were deleted with their instances, whose time of retention was over. */
  readonly deletedJournals: number;
}

/** The answer: sound when nothing was found; the first finding is the first that is wrong. */
export interface Verdict {
  readonly isSound: boolean;
  readonly findings: readonly Finding[];
  readonly checked: Checked;
  /** Root over all entries, in base64. */
  readonly root: string;
  readonly origin: string | null;
}
