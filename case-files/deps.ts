/** What case files are made of. Types only. */
import type { Registry } from '../registry/index.js';
import type { CustomerRecord, Store } from '../store/index.js';

/** The log as it stands: everything in it up to a checkpoint, and what signs for it. */
export interface SealedLog {
  readonly origin: string;
  /** Entries that the checkpoint covers. */
  readonly size: number;
  /** The signed note. */
  readonly note: string;
  /** The first key of the log, as a text. */
  readonly firstKey: string;
  /** Signs a text. @returns a detached JWS, one line */
  readonly sign: (text: string) => string;
}

/** What reading leans on. */
export interface CaseReads {
  readonly store: Store;
  readonly registry: Pick<Registry, 'process'>;
  readonly record: Pick<CustomerRecord, 'table'>;
}

/** What packing leans on besides. */
export interface CaseDeps extends CaseReads {
  /** Anchors and signs all there is. */
  readonly seal: () => Promise<SealedLog>;
  /** The program that checks an unpacked case file with nothing but Node. */
  readonly verifier: () => Promise<string>;
}
