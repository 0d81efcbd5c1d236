/**
 * The worker process of the bench of tickets: the real engine with the real side effects. Arguments: address, task queue,
 * database URL, folder of bundles, URL of the mail server, runs kept in memory (0: as the SDK chooses). It answers every
 * message with its CPU seconds, its resident bytes and those of its main thread's heap.
 */
import { createPackageFiles } from '../../../activities/package-files.js';
import { createSideEffects } from '../../../activities/side-effects.js';
import { openStore } from '../../../store/index.js';
import { startEngine } from '../../../worker/index.js';
import { fixedKeys, fixedSealing } from '../../support/fixed-keys.js';
import { sideEffectDeps } from '../../support/side-effects.js';

const [address = '', taskQueue = '', databaseUrl = '', dataFolder = '', smtpUrl = '', kept = '0'] =
  process.argv.slice(2);

const store = await openStore({ databaseUrl, folder: null }, fixedSealing());
const deps = sideEffectDeps(store, {
  packageFiles: createPackageFiles(store),
  smtp: { url: smtpUrl },
});
await startEngine({
  ...{ address, taskQueue, store, keyProvider: fixedKeys(), dataFolder },
  services: new Map(Object.entries(createSideEffects(deps))),
  ...(kept === '0' ? {} : { maxCachedWorkflows: Number(kept) }),
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpu: (user + system) / 1e6, rss, heapUsed });
});
process.send?.('ready');
