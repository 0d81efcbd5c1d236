/**
 * Waits for a development server to serve and brings its namespace into the wanted form.
 */
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { RETENTION_HOURS } from '../../contracts/retention.js';
import { failure } from './failure.js';
import { pause } from './process-identity.js';
import { isAtLeast, SERVER_VERSION } from './versions.js';

/** The namespace of the development server. */
export const NAMESPACE = 'default';

const FRONTEND = 'temporal.api.workflowservice.v1.WorkflowService';
const SERVING = 1;
const CALL_TIMEOUT_MS = 2_000;
const POLL_MS = 50;

/**
 * Waits until the frontend serves and the namespace exists, then sets the retention (its own default is 24 h) and reads it back.
 *
 * @param whyNot - asked at every turn; a text (the process has ended, say) gives up at once
 * @returns null when ready, else why it is not: the text of `whyNot`, or the last refusal at the deadline
 * Errors: `TEMPORAL_RETENTION`. Class: side effect. Source: gRPC health checking protocol.
 */
export async function waitUntilReady(
  address: string,
  deadlineMs: number,
  whyNot: () => string | null,
): Promise<string | null> {
  const connection = connectionTo(address);
  const deadline = performance.now() + deadlineMs;
  try {
    for (;;) {
      const refusal = whyNot() ?? (await whyNotServing(connection));
      if (refusal === null) break;
      if (whyNot() !== null || performance.now() > deadline) return whyNot() ?? refusal;
      await pause(POLL_MS);
    }
    await ensureRetention(connection);
    return null;
  } finally {
    await connection.close();
  }
}

/**
 * Checks a server that runs elsewhere.
 *
 * Errors: `TEMPORAL_ADDRESS_UNREACHABLE`, `TEMPORAL_SERVER_TOO_OLD`. Class: side effect.
 */
export async function checkAddress(address: string, connection: Connection): Promise<string> {
  const found = await connection
    .withDeadline(Date.now() + 5 * CALL_TIMEOUT_MS, () =>
      connection.workflowService.getSystemInfo({}),
    )
    .catch((error: unknown) => {
      throw failure('TEMPORAL_ADDRESS_UNREACHABLE', { address, detail: textOf(error) });
    });
  if (isAtLeast(found.serverVersion, SERVER_VERSION)) return found.serverVersion;
  const facts = { address, minimum: SERVER_VERSION, found: found.serverVersion };
  throw failure('TEMPORAL_SERVER_TOO_OLD', facts);
}

/** A connection that tries again quickly and shows each refusal instead of retrying by itself. */
function connectionTo(address: string): Connection {
  return Connection.lazy({
    address,
    interceptors: [],
    channelArgs: {
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 250,
    },
  });
}

async function whyNotServing(connection: Connection): Promise<string | null> {
  try {
    return await connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, async () => {
      const { status } = await connection.healthService.check({ service: FRONTEND });
      if (status !== SERVING) return `its health is ${status}`;
      await connection.workflowService.describeNamespace({ namespace: NAMESPACE });
      return null;
    });
  } catch (error) {
    return textOf(error);
  }
}

/**
 * Sets how long closed runs of the namespace are kept, unless it is so already, and reads it back.
 *
 * Errors: `TEMPORAL_RETENTION`. Class: side effect.
 */
export async function ensureRetention(connection: Connection): Promise<void> {
  if ((await retentionOf(connection)) === RETENTION_HOURS) return;
  await connection.workflowService.updateNamespace({
    namespace: NAMESPACE,
    config: { workflowExecutionRetentionTtl: msToTs(RETENTION_HOURS * 3_600_000) },
  });
  const found = await retentionOf(connection);
  if (found === RETENTION_HOURS) return;
  throw failure('TEMPORAL_RETENTION', { namespace: NAMESPACE, wanted: RETENTION_HOURS, found });
}

async function retentionOf(connection: Connection): Promise<number> {
  const { config } = await connection.workflowService.describeNamespace({ namespace: NAMESPACE });
  return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 3600;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
