/** Failures of side effects by their codes: those that no repetition can mend, and those that may pass. Class: pure. */
import { ApplicationFailure } from '@temporalio/common';
import { type ErrorCode, explain, type Facts } from '../engine/errors/index.js';

/** A failure of a code that is not tried again: an incident, unless the model catches what it is made into. */
export function final<C extends ErrorCode>(code: C, facts: Facts<C>): ApplicationFailure {
  return ApplicationFailure.nonRetryable(explain(code, facts), code);
}

/** The code of a failure; undefined: it is of no catalogue. Class: pure. */
export const codeOf = (error: unknown): string | undefined =>
  (error instanceof ApplicationFailure && error.type) || undefined;

/** A failure of a code that is tried again. @param waitMs - not before so long; null: as the job says */
export function again<C extends ErrorCode>(
  code: C,
  facts: Facts<C>,
  waitMs: number | null = null,
): ApplicationFailure {
  const wait = waitMs === null ? {} : { nextRetryDelay: waitMs };
  return ApplicationFailure.create({ type: code, message: explain(code, facts), ...wait });
}
