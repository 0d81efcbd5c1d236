/**
 * A worker as a process of its own, for tests that kill it. Arguments: address, task queue, database URL, folder of the
 * bundle, file whose existence lets the service task `slow` end, kind of journal entry that is its last: it kills itself
 * when such an entry is stored and before the decision is recorded. It prints `ready` and runs until it is killed.
 */
import { existsSync } from 'node:fs';
import { openStore, type Store } from '../../store/index.js';
import { startEngine } from '../../worker/index.js';
import { fixedKeys, fixedSealing } from './fixed-keys.js';

const [address = '', taskQueue = '', databaseUrl = '', dataFolder = '', gate = '', last = ''] =
  process.argv.slice(2);

const slow = async ({ effectKey }: { readonly effectKey: string }) => {
  process.stdout.write(`slow ${effectKey}\n`);
  while (!existsSync(gate)) await new Promise((resolve) => setTimeout(resolve, 50));
  return { done: true };
};

const opened = await openStore({ databaseUrl, folder: null }, fixedSealing());
const append: Store['journal']['append'] = async (instance, entries, basis) => {
  const written = await opened.journal.append(instance, entries, basis);
  if (entries.some(({ kind }) => kind === last)) process.kill(process.pid, 'SIGKILL');
  return written;
};
const store: Store = { ...opened, journal: { ...opened.journal, append } };
/** Says yes to a worker that is about to die, and no to the one after it. */
const judge = async () => {
  if (last === '') throw new Error('no judge is at work');
};

const services = new Map(Object.entries({ slow, judge }));
await startEngine({ address, taskQueue, store, keyProvider: fixedKeys(), services, dataFolder });
process.stdout.write('ready\n');
