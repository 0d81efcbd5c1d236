/**
 * The worker that the crash test kills. Arguments: address, task queue, database URL, folder of the bundle, URL of the
 * receiver. It prints `ready` and runs until it is killed.
 */
import { openStore } from '../../../store/index.js';
import { startEngine } from '../../../worker/index.js';
import { fixedKeys, fixedSealing } from '../fixed-keys.js';
import { callOnce } from './call-once.js';

const [address = '', taskQueue = '', databaseUrl = '', dataFolder = '', receiver = ''] =
  process.argv.slice(2);

const store = await openStore({ databaseUrl, folder: null }, fixedSealing());
await startEngine({
  address,
  taskQueue,
  store,
  keyProvider: fixedKeys(),
  services: new Map([['call-once', callOnce(store.effects, receiver)]]),
  dataFolder,
  // What is under way when it is killed has to time out: so little is, and the rest waits for the next worker.
  stickyMs: 2000,
  maxActivities: 16,
});
process.stdout.write('ready\n');
