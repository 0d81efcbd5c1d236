import { FeelFault } from './fault.js';
import type { Run, Runtime, Value } from './runtime.js';

/**
 * The value of a closure, or `otherwise` when a variable or an entry that it reads does not exist.
 * Any other fault goes on. Class: pure.
 */
export function tolerant(run: Run, runtime: Runtime, otherwise: Value): Value {
  try {
    return run(runtime);
  } catch (error) {
    if (error instanceof FeelFault && isMissing(error)) return otherwise;
    throw error;
  }
}

const isMissing = ({ fault: { code } }: FeelFault): boolean =>
  code === 'FEEL_UNKNOWN_VARIABLE' || code === 'FEEL_UNKNOWN_ENTRY';
