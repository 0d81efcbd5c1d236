/** The audit log of a data folder on which no engine runs. Class: side effect. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { type Act, openStore, type Sealing } from '../../store/index.js';
import { type AuditCare, careForAudit, verifyAudit } from '../audit/index.js';
import { createSealing, type LocalKeyringOptions, openLocalKeyring } from '../encryption/index.js';
import { placesIn } from './data-folder.js';
import { type Environment, readStartConfig } from './environment.js';
import { keyringLock } from './keyring-lock.js';

/**
 * Opens the store, lets `use` work with its log, and closes it. Without the keys, which may be elsewhere, what is sealed is
 * not checked, and nothing is signed.
 *
 * Errors: `CONFIG_INVALID`, those of the store and the keyring, and an `Error` where there is no database.
 */
export async function withAuditOf<T>(
  folder: string,
  environment: Environment,
  use: (audit: Pick<AuditCare, 'verify' | 'export'>) => Promise<T>,
): Promise<T> {
  const config = await readStartConfig(environment);
  const places = placesIn(folder, config);
  const { databaseUrl, auditAnchor: anchor } = config;
  if (databaseUrl === null && !existsSync(places.database)) {
    throw new Error(`there is no database in '${folder}' and no DATABASE_URL`);
  }
  const own = databaseUrl === null ? places.database : null;
  const exclusive = keyringLock(config);
  const keys = { folder: places.keys, masterKey: config.masterKeyBytes, exclusive };
  const store = await openStore({ databaseUrl, folder: own }, await sealingOf(keys));
  const files = { store, checkpoints: places.checkpoints, anchor };
  try {
    return await use({
      verify: (kept) => verifyAudit(files, kept),
      export: async (target) => {
        const keyProvider = await openLocalKeyring(keys);
        const signing = { keyProvider, folder: places.auditKeys };
        const exported = await careForAudit(files, signing, () => {}, null).export(target);
        await store.audit.append(exportAct());
        return exported;
      },
    });
  } finally {
    await store.close();
  }
}

/** Null: the keys are not here, or do not open. */
async function sealingOf(keys: LocalKeyringOptions): Promise<Sealing | null> {
  if (!existsSync(keys.folder)) return null;
  return openLocalKeyring(keys).then(createSealing, () => null);
}

/** What the audit says of an export that no engine was asked for. */
function exportAct(): Act {
  return {
    at: new Date().toISOString(),
    actor: userInfo().username,
    action: 'exportAudit',
    object: 'audit-log',
    outcome: 'done',
    code: null,
    requestId: null,
    reason: null,
    data: null,
  };
}
