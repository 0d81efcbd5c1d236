import type { Fault } from '../errors/index.js';

/** A run that cannot go on, by no fault of the interpreter; `fault` says why. */
export class PlayFailure extends Error {
  override readonly name = 'PlayFailure';

  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}
