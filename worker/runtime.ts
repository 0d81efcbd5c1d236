/** The SDK's runtime: one for a process. It logs errors alone, for texts of failures may be personal. */
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

/** Sets the logger before the first worker; a runtime that runs already stays as it is. Class: side effect. */
export function prepareRuntime(): void {
  try {
    const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
    // Left to itself the SDK's core writes to the standard output, where answers go.
    const telemetryOptions = { logging: { filter, forward: {} } };
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions });
  } catch (error) {
    const isRunning = error instanceof Error && error.name === 'IllegalStateError';
    if (!isRunning) throw error;
  }
}
