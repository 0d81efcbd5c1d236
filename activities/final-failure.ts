/** What no repetition can mend. Class: pure. */
import { ApplicationFailure } from '@temporalio/common';
import { type ErrorCode, explain, type Facts } from '../engine/errors/index.js';

/** A failure of a code that is not tried again: an incident, unless the model catches what it is made into. */
export function final<C extends ErrorCode>(code: C, facts: Facts<C>): ApplicationFailure {
  return ApplicationFailure.nonRetryable(explain(code, facts), code);
}
