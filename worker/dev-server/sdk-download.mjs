/**
 * Downloads the Temporal command line through the SDK: `node sdk-download.mjs <version> <folder>`.
 *
 * A process of its own, because the SDK downloads only as part of starting a server, and its runtime is one per
 * process. The server that comes up is ended at once; the binary stays in the folder.
 */
import { createRequire } from 'node:module';
import { Runtime } from '@temporalio/worker';

const [version, downloadDir] = process.argv.slice(2);
const { version: sdkVersion } = createRequire(import.meta.url)('@temporalio/worker/package.json');
const runtime = Runtime.instance();
const server = await runtime.createEphemeralServer({
  type: 'dev-server',
  exe: {
    type: 'cached-download',
    downloadDir,
    version,
    ttl: 0,
    sdkName: 'sdk-typescript',
    sdkVersion,
  },
  namespace: 'default',
  ip: '127.0.0.1',
  port: null,
  uiPort: null,
  dbFilename: null,
  ui: false,
  log: { format: 'pretty', level: 'error' },
  extraArgs: [],
});
await runtime.shutdownEphemeralServer(server);
