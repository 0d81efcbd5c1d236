/**
 * Has a connector act, and gives what no repetition can mend to the model as a BPMN error: a person takes over.
 * Class: side effect.
 */
import { ApplicationFailure } from '@temporalio/common';
import { bpmnError } from '../side-effect.js';

/** BPMN error of a connector that cannot do it: by hand, then. */
export const CONNECTOR_REFUSED = 'CONNECTOR_REFUSED';

const FINAL = /^(SCIM|EGRESS)_/;

/**
 * Does it for each, also after one was refused for good. @returns `CONNECTOR_REFUSED` (BPMN) of the first that was, whose
 * message has the code; null: none was. What may pass is thrown, and tried again
 */
export async function eachByConnector(
  grantIds: readonly string[],
  act: (grantId: string) => Promise<void>,
): Promise<ApplicationFailure | null> {
  let refused: ApplicationFailure | null = null;
  for (const grantId of grantIds) {
    try {
      await act(grantId);
    } catch (error) {
      const isRefused =
        error instanceof ApplicationFailure && error.nonRetryable && FINAL.test(error.type ?? '');
      if (!isRefused) throw error;
      refused ??= bpmnError(CONNECTOR_REFUSED, `${error.type}: ${error.message}`);
    }
  }
  return refused;
}
