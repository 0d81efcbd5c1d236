/** The SDK's runtime: one for a process. It logs errors alone, for texts of failures may be personal. */
import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Sets the logger before the first worker; a runtime that runs already stays as it is. Class: side effect. */
export function prepareRuntime(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  } catch (error) {
    const isRunning = error instanceof Error && error.name === 'IllegalStateError';
    if (!isRunning) throw error;
  }
}
