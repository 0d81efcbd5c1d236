/**
 * The audit log of a data folder and its store: kept while an engine runs, and checked or exported with or without one.
 * Class: side effect.
 */
import { signDetached } from '../../audit/case/index.js';
import { keyText, parseCheckpoint, type Verdict } from '../../audit/index.js';
import type { SealedLog } from '../../case-files/index.js';
import type { AuditLog, Store } from '../../store/index.js';
import type { KeyProvider } from '../encryption/index.js';
import { checkAuditLog, type KeptText } from './check.js';
import { type Exported, exportAuditLog } from './export.js';
import { type AuditKeeper, keepAuditLog } from './keeper.js';
import { damaged, openSigner, type Signer } from './signing-keys.js';

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
  /** Anchors and signs all there is, for whoever takes a part of it elsewhere. Errors: those of signing */
  readonly seal: () => Promise<SealedLog>;
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
    seal: async () => {
      await keeper.checkpoint();
      return sealedLog(log, await openSigner({ log, keyProvider, folder }));
    },
  };
}

/** The log up to its newest checkpoint. Errors: `AUDIT_LOG_DAMAGED` where there is none, `AUDIT_KEY_MISSING`. */
async function sealedLog(log: AuditLog, { origin, terms, keyFor }: Signer): Promise<SealedLog> {
  const { note } = await log.lastCheckpoint();
  const size = parseCheckpoint(note ?? '')?.size;
  const [first] = terms;
  if (note === null || size === undefined || !first) throw damaged('it has no checkpoint');
  const { key, privateKey } = await keyFor(size);
  const sign = (text: string): string => signDetached(text, key, privateKey);
  return { origin, size, note, firstKey: keyText(first.key), sign };
}

function filesOf(checkpoints: string, anchor: string | null): readonly string[] {
  return anchor === null ? [checkpoints] : [checkpoints, anchor];
}
