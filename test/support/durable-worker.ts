/**
 * A worker as a process of its own, for tests that kill it. Arguments: address, task queue, database URL, folder of the
 * bundle, file whose existence lets the service task `slow` end. It prints `ready` and runs until it is killed.
 */
import { existsSync } from 'node:fs';
import { openStore } from '../../store/index.js';
import { startEngine } from '../../worker/index.js';
import { fixedKeys } from './fixed-keys.js';

const [address = '', taskQueue = '', databaseUrl = '', dataFolder = '', gate = ''] =
  process.argv.slice(2);

const slow = async ({ effectKey }: { readonly effectKey: string }) => {
  process.stdout.write(`slow ${effectKey}\n`);
  while (!existsSync(gate)) await new Promise((resolve) => setTimeout(resolve, 50));
  return { done: true };
};

const store = await openStore({ databaseUrl, folder: null });
const services = new Map(Object.entries({ slow }));
await startEngine({ address, taskQueue, store, keyProvider: fixedKeys(), services, dataFolder });
process.stdout.write('ready\n');
