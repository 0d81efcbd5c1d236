/** What erasing leans on, of a running engine: keyring, signing keys, instances, caught mails, files of exports. */
import type { ErasurePorts } from '../../activities/erasure/ports.js';
import type { Sealer, Store } from '../../store/index.js';
import type { KeyProvider } from '../encryption/index.js';
import type { RunningEngine } from '../index.js';
import type { Mailbox } from '../mail-catcher/index.js';
import { caughtMails } from './caught-mails.js';
import { certificateSigner } from './certificate-signer.js';
import { exportFiles } from './export-files.js';
import { erasureInstances } from './instances.js';

/** Parts of the engine. */
export interface ErasureParts {
  readonly store: Store;
  readonly keyProvider: KeyProvider;
  readonly sealer: Sealer;
  /** Folder of the keys that sign. */
  readonly auditKeys: string;
  /** Null: mail goes to a server. */
  readonly mailbox: Mailbox | null;
  readonly exportsFolder: string;
  /** The engine, once it runs: service tasks are made before it. */
  readonly running: Promise<Pick<RunningEngine, 'engine' | 'client'>>;
  readonly version: string;
  /** That of this process, unless another is given. */
  readonly clockMs?: ErasurePorts['clockMs'];
}

/** Rows that are deleted in one transaction. */
const AT_ONCE = 5_000;

/** Makes the ports. Class: side effect. */
export function createErasurePorts(parts: ErasureParts): ErasurePorts {
  const { store, keyProvider, sealer, mailbox, exportsFolder, running, version } = parts;
  const place = { log: store.audit.log, keyProvider, folder: parts.auditKeys };
  return {
    reading: store.reading,
    sealer,
    keys: {
      make: async (keyId) => (await keyProvider.createAll([keyId])).length > 0,
      destroy: keyProvider.destroy,
      of: store.customerKeys.all,
      usable: async () => new Set(await keyProvider.list()),
    },
    signer: () => certificateSigner(place),
    instances: erasureInstances(store, running, keyProvider),
    deleteProjected: async (keyId) => {
      while (!(await store.erasure.deleteProjected(keyId, AT_ONCE)).isDone);
    },
    mails: mailbox && caughtMails(mailbox),
    exports: exportFiles(exportsFolder),
    tool: `jornada ${version}`,
    clockMs: parts.clockMs ?? (() => performance.now()),
  };
}
