/** A database with a customer who left, as an engine that ran before leaves it. */
import { openStore } from '../../../store/index.js';
import { careForAudit } from '../../../worker/audit/index.js';
import { createSealing, openLocalKeyring } from '../../../worker/encryption/index.js';
import { placesIn, takeDataFolder } from '../../../worker/start/data-folder.js';
import { readStartConfig } from '../../../worker/start/environment.js';
import { type Offboarded, offboardedCustomer } from '../offboarded.js';

/** Fills it. */
export async function fillWithOffboarded(
  databaseUrl: string,
  dataFolder: string,
): Promise<Offboarded> {
  const folder = takeDataFolder(dataFolder, false);
  const places = placesIn(folder.path, await readStartConfig({ DATABASE_URL: databaseUrl }));
  const keyProvider = await openLocalKeyring({ folder: places.keys, masterKey: null });
  const sealing = createSealing(keyProvider);
  const store = await openStore({ databaseUrl, folder: null }, sealing);
  try {
    const record = store.customerRecord(sealing.sealer, { ensure: keyProvider.createAll });
    const auditKeys = places.auditKeys;
    const left = await offboardedCustomer({ store, record, keyProvider, auditKeys });
    const kept = { store, checkpoints: places.checkpoints, anchor: null };
    await careForAudit(kept, { keyProvider, folder: auditKeys }, () => {}, null).close();
    return left;
  } finally {
    await store.close();
    folder.release();
  }
}
