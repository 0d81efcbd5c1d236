import { type ErrorCode, explain, type Facts } from '../../engine/errors/index.js';

/** Why an engine did not start, or did not go on. `exit`: 1 failed, 3 something it needs cannot be reached. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';

  constructor(
    readonly code: string,
    message: string,
    readonly exit: 1 | 3,
    /** File that tells more; null when there is none. */
    readonly logFile: string | null = null,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** Makes the failure of a code. Class: pure. */
export function startFailure<C extends ErrorCode>(code: C, facts: Facts<C>): StartFailure {
  return new StartFailure(code, explain(code, facts), 1);
}

/** Codes that say: something outside does not answer. */
const UNREACHABLE: readonly string[] = ['STORE_UNREACHABLE', 'TEMPORAL_ADDRESS_UNREACHABLE'];

/** Any error of a stage as a failure of the start: coded ones keep their code and text. Class: pure. */
export function asStartFailure(
  error: unknown,
  stage: string,
  logFile: string | null = null,
): StartFailure {
  if (error instanceof StartFailure) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const isCoded = error instanceof Error && 'code' in error && /Failure$/.test(error.name);
  if (!isCoded) {
    const text = explain('START_FAILED', { stage, detail });
    return new StartFailure('START_FAILED', text, 1, logFile, error);
  }
  const code = String(error.code);
  return new StartFailure(code, detail, UNREACHABLE.includes(code) ? 3 : 1, logFile, error);
}
