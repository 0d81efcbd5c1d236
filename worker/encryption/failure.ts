/** What keys and the codec throw. */
import { type ErrorCode, explain, type Facts } from '../../engine/errors/index.js';

/**
 * Trouble with a key or with a payload. Its name is its code, because the SDK makes the name of an error the type of
 * an activity's failure: so a retry policy can name `KEY_SHREDDED` as not retryable. Holds ids, never data.
 */
export class EncryptionFailure extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
    this.name = code;
  }
}

/** Makes the failure of a code with its facts filled in. Class: pure. */
export function failure<C extends ErrorCode>(code: C, facts: Facts<C>): EncryptionFailure {
  return new EncryptionFailure(code, explain(code, facts));
}

/** Whether something thrown is a failure of that code. Class: pure. */
export function isFailure(thrown: unknown, code: ErrorCode): thrown is EncryptionFailure {
  return thrown instanceof EncryptionFailure && thrown.code === code;
}
