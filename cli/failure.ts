import type { Fault } from '../engine/errors/index.js';

/** How a command ends: done, failed, called wrongly, or what it needs was not reachable. */
export const EXIT = { done: 0, failed: 1, usage: 2, unreachable: 3 } as const;

/** A way for a command to end. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A fault that ends a command: shown without a stack. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    readonly fault: Fault,
    readonly exitCode: ExitCode,
  ) {
    super(fault.message);
  }
}
