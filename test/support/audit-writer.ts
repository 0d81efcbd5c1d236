/**
 * Writes acts into the audit of a database until it has written as many as it was told, and says the number of each:
 * `audit-writer.ts <database URL> <name> <count>`. What it has said is stored.
 */
import process from 'node:process';
import { openStore } from '../../store/index.js';
import { anAct } from './audit-log.js';

const [databaseUrl = '', name = '', count = '0'] = process.argv.slice(2);
const store = await openStore({ databaseUrl, folder: null });
for (let n = 1; n <= Number(count); n += 1) {
  const { number } = await store.audit.append(anAct({ actor: name, requestId: `${name}-${n}` }));
  process.stdout.write(`${number}\n`);
}
await store.close();
