/** The worker that the crash test of an offboarding kills. Argument: `LifePlaces` as JSON. It prints `ready`. */
import { createSideEffects } from '../../../activities/side-effects.js';
import { openStore } from '../../../store/index.js';
import { createSealing, openLocalKeyring } from '../../../worker/encryption/index.js';
import { type RunningEngine, startEngine } from '../../../worker/index.js';
import { keysOf, type LifePlaces, lifeDeps } from './life.js';

const places = JSON.parse(process.argv[2] ?? '') as LifePlaces;
const { address, taskQueue, databaseUrl, folder, bundles } = places;

const keyProvider = await openLocalKeyring({ folder: keysOf(folder), masterKey: null });
const store = await openStore({ databaseUrl, folder: null }, createSealing(keyProvider));
let runs: (engine: RunningEngine) => void = () => {};
const running = new Promise<RunningEngine>((resolve) => {
  runs = resolve;
});
const services = createSideEffects(lifeDeps(places, store, keyProvider, running));
runs(
  await startEngine({
    ...{ address, taskQueue, store, keyProvider },
    services: new Map(Object.entries(services)),
    dataFolder: bundles,
    // A killed worker is soon forgotten.
    stickyMs: 1000,
  }),
);
process.stdout.write('ready\n');
