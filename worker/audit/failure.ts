import { type ErrorCode, explain, type Facts } from '../../engine/errors/index.js';

/** The log cannot be signed, written or read; `code` is of the catalogue. */
export class AuditFailure extends Error {
  override readonly name = 'AuditFailure';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Makes the failure of a code. Class: pure. */
export function auditFailure<C extends ErrorCode>(code: C, facts: Facts<C>): AuditFailure {
  return new AuditFailure(code, explain(code, facts));
}
