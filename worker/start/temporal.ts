/** The Temporal of an engine: one that runs elsewhere, or a development server of our own. Class: side effect. */
import { Connection } from '@temporalio/client';
import { InstallationFailure } from '../dev-server/failure.js';
import { checkAddress, type DevServer, NAMESPACE, startDevServer } from '../dev-server/index.js';
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

type ServerOptions = Pick<StartOptions, 'temporalPort' | 'mayDownload' | 'environment' | 'report'>;

/** Opens it. Errors: `TEMPORAL_…`. */
export async function openTemporal(
  config: StartConfig,
  folder: string,
  options: ServerOptions,
): Promise<OpenTemporal> {
  const { temporalAddress: address } = config;
  if (address !== null) return openAddress(address, config.temporalNamespace);
  if (config.temporalNamespace !== NAMESPACE) {
    options.report.talk(`the development server has namespace '${NAMESPACE}' alone`);
  }
  const server = await startServer(folder, options);
  const hasMoved = options.temporalPort === null && server.port !== USUAL_PORT;
  const moved = hasMoved ? `; ${USUAL_PORT} is in use` : '';
  const detail = `ready   dev server ${server.address} (kept${moved})`;
  return { address: server.address, detail, isOwn: true, stop: server.stop };
}

/** On the port that is asked for; else on the usual one, or, when somebody else has or takes that, on a free one. */
async function startServer(
  folder: string,
  { temporalPort, mayDownload, environment, report }: ServerOptions,
): Promise<DevServer> {
  const startOn = (port?: number): Promise<DevServer> =>
    startDevServer({
      dataFolder: folder,
      ...(port !== undefined && { port }),
      allowDownload: mayDownload,
      env: environment,
      log: (line) => {
        if (!IS_CHOICE.test(line)) report.talk(line);
      },
    });
  if (temporalPort !== null) return startOn(temporalPort);
  if (!(await isPortFree(USUAL_PORT))) return startOn();
  return startOn(USUAL_PORT).catch((error: unknown) => {
    if (!(error instanceof InstallationFailure) || error.code !== 'TEMPORAL_PORT_IN_USE')
      throw error;
    return startOn();
  });
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
