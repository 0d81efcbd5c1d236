import { type ErrorCode, explain, type Facts } from '../../engine/errors/index.js';

/** Trouble of the installation, thrown to whoever starts a part; `code` is of the catalogue. Class: side effect free. */
export class InstallationFailure extends Error {
  override readonly name = 'InstallationFailure';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Makes the failure of a code with its facts filled in. Class: pure. */
export function failure<C extends ErrorCode>(code: C, facts: Facts<C>): InstallationFailure {
  return new InstallationFailure(code, explain(code, facts));
}
