import { type ErrorCode, explain, type Facts } from '../engine/errors/index.js';

/** What the store throws when it says no; `code` is of the catalogue. Anything else it throws is the database's. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';

  constructor(
    readonly code: ErrorCode,
    /** The facts in the message, for a caller that acts on them. */
    readonly facts: Readonly<Record<string, string | number>>,
  ) {
    super(explain(code, facts as Facts<ErrorCode>));
  }
}

/** Makes the failure of a code. Class: pure. */
export function storeFailure<C extends ErrorCode>(code: C, facts: Facts<C>): StoreFailure {
  return new StoreFailure(code, facts);
}
