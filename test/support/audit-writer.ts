/**
 * Writes acts into the audit of a database until it has written as many as it was told, and says the number of each:
 * `audit-writer.ts <database URL> <name> <count> [<folder>]`. What it has said is stored. With a folder it keeps the log
 * there as well, as fast as it can.
 */
import { join } from 'node:path';
import process from 'node:process';
import { openStore } from '../../store/index.js';
import { keepAuditLog } from '../../worker/audit/index.js';
import { anAct } from './audit-log.js';
import { fixedKeys } from './fixed-keys.js';
import { aLife, anInstance } from './store.js';

const [databaseUrl = '', name = '', count = '0', folder] = process.argv.slice(2);
const store = await openStore({ databaseUrl, folder: null });
if (folder !== undefined) {
  const { log } = store.audit;
  const place = { log, keyProvider: fixedKeys(), folder: join(folder, 'keys') };
  const files = [join(folder, 'checkpoints.log')];
  const keeper = keepAuditLog({ ...place, files, trouble: () => {}, everyMs: null });
  const keep = async (): Promise<void> => {
    for (;;) await keeper.checkpoint();
  };
  void keep();
}
for (let n = 1; n <= Number(count); n += 1) {
  const { number } = await store.audit.append(anAct({ actor: name, requestId: `${name}-${n}` }));
  if (folder !== undefined) await store.journal.append(anInstance(), aLife());
  process.stdout.write(`${number}\n`);
}
await store.close();
