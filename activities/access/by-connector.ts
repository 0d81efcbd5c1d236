/**
 * Has a connector act, and gives what no repetition can mend to the model as a BPMN error: a person takes over.
 * Class: side effect.
 */
import { ApplicationFailure } from '@temporalio/common';
import { bpmnError } from '../side-effect.js';

/** BPMN error of a connector that cannot do it: by hand, then. */
export const CONNECTOR_REFUSED = 'CONNECTOR_REFUSED';

const FINAL = /^(SCIM|EGRESS)_/;

/** Errors: `CONNECTOR_REFUSED` (BPMN), whose message has the code; what may pass is tried again. */
export async function byConnector<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const isRefused =
      error instanceof ApplicationFailure && error.nonRetryable && FINAL.test(error.type ?? '');
    if (!isRefused) throw error;
    throw bpmnError(CONNECTOR_REFUSED, `${error.type}: ${error.message}`);
  }
}
