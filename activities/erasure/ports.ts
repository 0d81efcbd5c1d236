/** What erasing leans on beside the store: keys, the signer of certificates, running instances, files. Types only. */

import type { CertificateSigner } from '../../store/erasure/index.js';
import type { Queryable, Sealer } from '../../store/index.js';

/** Keys of customers, and those under which something of them is kept. */
export interface ErasureKeys {
  /** Makes a key of an id, or leaves the one that is there. @returns false: it was destroyed before */
  readonly make: (keyId: string) => Promise<boolean>;
  /** Destroys a key for good; one that was destroyed is fine. */
  readonly destroy: (keyId: string) => Promise<void>;
  /** Ids of the keys under which something of a customer is, its own first; all of them die with it. */
  readonly of: (customerId: string) => Promise<readonly string[]>;
  /** Ids of keys that can be used. */
  readonly usable: () => Promise<ReadonlySet<string>>;
}

/** Instances of the engine. */
export interface ErasureInstances {
  /** Cancels an instance. @returns whether Temporal says that it has ended */
  readonly end: (instanceId: string, requestId: string) => Promise<boolean>;
  /** Ends one that does not end by itself: its events are lost. */
  readonly terminate: (instanceId: string) => Promise<void>;
  /**
   * Writes into the journal that an instance was cancelled, where it tells of no end and Temporal does not run it: it was
   * terminated, or Temporal has lost it. One that runs stays as it is.
   */
  readonly noteEnded: (instanceId: string, requestId: string) => Promise<void>;
  /** Whether the history of an instance can be decoded; false as well when Temporal has forgotten it. */
  readonly isReadable: (instanceId: string) => Promise<boolean>;
}

/** Mails that were caught in place of being sent. */
export interface CaughtMails {
  /** Ids of the mails of which something holds: an address they go to, or the key in their message id. */
  readonly find: (
    isOf: (mail: {
      readonly to: readonly string[];
      readonly key: string | null;
    }) => Promise<boolean>,
  ) => Promise<readonly string[]>;
  readonly remove: (ids: readonly string[]) => Promise<void>;
}

/** Packages of data that were made for customers. */
export interface ExportFiles {
  /** Paths of what belongs to one of the exports. */
  readonly find: (exportIds: readonly string[]) => Promise<readonly string[]>;
  readonly remove: (paths: readonly string[]) => Promise<void>;
}

/** All of them. */
export interface ErasurePorts {
  /** Reads by functions of `store/erasure`, or begins a transaction. */
  readonly reading: <T>(read: (db: Queryable) => Promise<T>) => Promise<T>;
  readonly sealer: Sealer;
  readonly keys: ErasureKeys;
  /** Opens what signs; before any transaction, for it reads the log itself. */
  readonly signer: () => Promise<CertificateSigner>;
  readonly instances: ErasureInstances;
  /** Deletes what is projected of the instances of a key that was destroyed: a rebuild may have brought it back. */
  readonly deleteProjected: (keyId: string) => Promise<void>;
  /** Null: mail goes to a server, where nothing of it is ours. */
  readonly mails: CaughtMails | null;
  readonly exports: ExportFiles;
  /** A clock that only goes ahead, in milliseconds: how long instances are waited for. */
  readonly clockMs: () => number;
  /** Name and version of what erases. */
  readonly tool: string;
}
