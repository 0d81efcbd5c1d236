/** What a case file is refused by. */
import { explain } from '../engine/errors/index.js';

/** A case that is not packed. */
export class CaseFailure extends Error {
  override readonly name = 'CaseFailure';
  readonly code = 'CASE_TOO_LARGE';
}

/** Makes it. */
export function caseFailure(caseId: string, most: number): CaseFailure {
  return new CaseFailure(explain('CASE_TOO_LARGE', { case: caseId, most }));
}
