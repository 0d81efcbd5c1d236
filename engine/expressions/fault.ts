import { type ErrorCode, type Facts, type Fault, fault } from '../errors/index.js';

/**
 * How an evaluation stops: thrown inside this folder, turned into a result at its door. It is no
 * `Error`, for collecting a stack trace would cost more than the evaluation.
 */
export class FeelFault {
  constructor(readonly fault: Fault) {}
}

/** Stops the evaluation with a code of the catalogue. @throws FeelFault always. Class: pure. */
export function stop<C extends ErrorCode>(code: C, facts: Facts<C>): never {
  throw new FeelFault(fault(code, facts));
}
