/**
 * The audit log of a data folder and its store: kept while an engine runs, and checked or exported with or without one.
 * Class: side effect.
 */
import type { Verdict } from '../../audit/index.js';
import type { Store } from '../../store/index.js';
import type { KeyProvider } from '../encryption/index.js';
import { checkAuditLog, type KeptText } from './check.js';
import { type Exported, exportAuditLog } from './export.js';
import { type AuditKeeper, keepAuditLog } from './keeper.js';
import { openSigner } from './signing-keys.js';

/** Where a log and what belongs to it lie. */
export interface AuditPlaces {
  readonly store: Store;
  /** The file of checkpoints in the data folder. */
  readonly checkpoints: string;
  /** A second one; null: there is none. */
  readonly anchor: string | null;
}

/** What signs. */
export interface AuditKeys {
  readonly keyProvider: KeyProvider;
  readonly folder: string;
}

/** Checks it against the files and against what was kept elsewhere. */
export function verifyAudit(
  { store, checkpoints, anchor }: AuditPlaces,
  kept: readonly KeptText[],
): Promise<Verdict> {
  return checkAuditLog(store.audit, filesOf(checkpoints, anchor), kept);
}

/** A log that is cared for. */
export interface AuditCare extends AuditKeeper {
  readonly verify: (kept: readonly KeptText[]) => Promise<Verdict>;
  /** Signs all there is before. Errors: `AUDIT_EXPORT_FOLDER` and those of signing */
  readonly export: (folder: string) => Promise<Exported>;
}

/**
 * Begins to keep it. `trouble` hears what goes wrong beside everything else.
 *
 * @param everyMs - how often it looks, 5 s when absent; null: it works when asked alone
 */
export function careForAudit(
  places: AuditPlaces,
  { keyProvider, folder }: AuditKeys,
  trouble: (error: unknown) => void,
  everyMs?: number | null,
): AuditCare {
  const { log } = places.store.audit;
  const files = filesOf(places.checkpoints, places.anchor);
  const keeper = keepAuditLog({
    ...{ log, keyProvider, folder, files, trouble },
    ...(everyMs !== undefined && { everyMs }),
  });
  return {
    ...keeper,
    verify: (kept) => verifyAudit(places, kept),
    export: async (target) => {
      await keeper.checkpoint();
      return exportAuditLog(log, await openSigner({ log, keyProvider, folder }), target);
    },
  };
}

function filesOf(checkpoints: string, anchor: string | null): readonly string[] {
  return anchor === null ? [checkpoints] : [checkpoints, anchor];
}
