/** The Temporal of an engine: one that runs elsewhere, or a development server of our own. Class: side effect. */
import { Connection } from '@temporalio/client';
import { checkAddress, NAMESPACE, startDevServer } from '../dev-server/index.js';
import { isPortFree } from '../dev-server/port.js';
import type { StartConfig } from './environment.js';
import type { StartOptions } from './index.js';

/** A Temporal that answers. */
export interface OpenTemporal {
  readonly address: string;
  /** In words, for the line of its stage. */
  readonly detail: string;
  /** True: a development server that ends with us. */
  readonly isOwn: boolean;
  readonly stop: () => Promise<void>;
}

/** Where people expect Temporal; taken by another, any free port will do. */
const USUAL_PORT = 7233;

/** Which binary was taken belongs into the line of the stage, not beside it. */
const IS_CHOICE = /^temporal: .* \((path|cache|download|go)\), server /;

/** Opens it. Errors: `TEMPORAL_…`. */
export async function openTemporal(
  config: StartConfig,
  folder: string,
  options: Pick<StartOptions, 'temporalPort' | 'mayDownload' | 'environment' | 'report'>,
): Promise<OpenTemporal> {
  const { temporalAddress: address } = config;
  if (address !== null) return openAddress(address, config.temporalNamespace);
  if (config.temporalNamespace !== NAMESPACE) {
    options.report.talk(`the development server has namespace '${NAMESPACE}' alone`);
  }
  const port = options.temporalPort ?? ((await isPortFree(USUAL_PORT)) ? USUAL_PORT : undefined);
  const server = await startDevServer({
    dataFolder: folder,
    ...(port !== undefined && { port }),
    allowDownload: options.mayDownload,
    env: options.environment,
    log: (line) => {
      if (!IS_CHOICE.test(line)) options.report.talk(line);
    },
  });
  const moved = port === undefined ? `; ${USUAL_PORT} is in use` : '';
  const detail = `ready   dev server ${server.address} (kept${moved})`;
  return { address: server.address, detail, isOwn: true, stop: server.stop };
}

async function openAddress(address: string, namespace: string): Promise<OpenTemporal> {
  const connection = Connection.lazy({ address });
  try {
    const version = await checkAddress(address, connection);
    const detail = `ready   ${address}, namespace ${namespace}, server ${version}`;
    return { address, detail, isOwn: false, stop: async () => {} };
  } finally {
    await connection.close();
  }
}
