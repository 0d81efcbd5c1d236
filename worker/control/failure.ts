import { type ErrorCode, explain, type Facts } from '../../engine/errors/index.js';

/** A refusal that travels over the control socket; `exit` is what the command line ends with. */
export class ControlFailure extends Error {
  override readonly name = 'ControlFailure';

  constructor(
    readonly code: string,
    message: string,
    readonly exit: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** Makes the refusal of a code. Class: pure. */
export function refusal<C extends ErrorCode>(
  code: C,
  facts: Facts<C>,
  exit: 1 | 2 = 1,
): ControlFailure {
  return new ControlFailure(code, explain(code, facts), exit);
}
