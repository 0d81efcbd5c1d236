/**
 * The one worker process of the bench: Jornada's worker, and one for the workflows written by hand; whoever is not
 * measured is idle. Arguments: address, database URL, folder of bundles. It answers `cpu` with its CPU
 * seconds, and ends at `stop`.
 */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { JournalEntry } from '../../../engine/model/index.js';
import { openStore } from '../../../store/index.js';
import { openConnections } from '../../../worker/connections.js';
import { runWorker } from '../../../worker/create-worker.js';
import { createDataConverter } from '../../../worker/encryption/index.js';
import { startEngine } from '../../../worker/index.js';
import { fixedKeys, fixedSealing } from '../../support/fixed-keys.js';
import { QUEUES } from './names.js';

const [address = '', databaseUrl = '', dataFolder = ''] = process.argv.slice(2);
const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const work = async () => ({});
const keyProvider = fixedKeys();
const store = await openStore({ databaseUrl, folder: null }, fixedSealing());

async function audit(instanceId: string, entries: readonly JournalEntry[]): Promise<void> {
  const definition = { version: 1, hash: 'by-hand' };
  const owner = { callerInstanceId: null, rootInstanceId: instanceId, customerKeyId: 'system' };
  const instance = { ...owner, instanceId, processId: 'by-hand', definition, businessKey: null };
  await store.journal.append(instance, entries);
}

await startEngine({
  address,
  taskQueue: QUEUES.jornada,
  store,
  keyProvider,
  services: new Map([['work', work]]),
  dataFolder,
});
const dataConverter = createDataConverter({ keyProvider });
const connections = await openConnections({ address, namespace: 'default' }, dataConverter);
const { code } = await bundleWorkflowCode({
  workflowsPath: path('./bare-workflow.ts'),
  failureConverterPath: path('../../../worker/encryption/failure-converter.cjs'),
  logger: new DefaultLogger('ERROR'),
});
await runWorker(
  {
    connection: connections.native,
    namespace: 'default',
    identity: connections.identity,
    taskQueue: QUEUES.byHand,
    bundleCode: code,
    activities: { work, audit },
    dataConverter,
    maxCachedWorkflows: undefined,
  },
  (error) => {
    throw error;
  },
);
process.on('message', (asked) => {
  // No more than that: what is in flight is of no use to anybody, and a profile is written on leaving.
  if (asked === 'stop') process.exit(0);
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1e6);
});
process.send?.('ready');
