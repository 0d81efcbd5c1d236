/** What is refused to whoever takes something along. */
import { type ErrorCode, explain, type Facts } from '../engine/errors/index.js';

type CaseCode = 'CASE_TOO_LARGE' | 'LOG_RANGE_TOO_LARGE';

/** A case, or a range of the log, that is not packed. */
export class CaseFailure extends Error {
  override readonly name = 'CaseFailure';

  constructor(
    readonly code: CaseCode,
    readonly facts: Readonly<Record<string, string | number>>,
  ) {
    super(explain(code as ErrorCode, facts as never));
  }
}

/** Makes it. */
export function caseFailure<C extends CaseCode>(code: C, facts: Facts<C>): CaseFailure {
  return new CaseFailure(code, facts);
}
