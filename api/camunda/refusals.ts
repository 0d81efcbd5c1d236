/** Refusals of the engine, as Camunda's API tells them: a status, a title that its clients know, our code in the detail. */
import type { OperationName, OperationOutput } from '../../contracts/control.js';
import type { Operated } from '../../contracts/operate.js';
import type { ErrorCode } from '../../engine/errors/index.js';

/** A refusal on its way out. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly title: string,
    detail: string,
  ) {
    super(detail);
  }
}

const NOT_FOUND = [404, 'NOT_FOUND'] as const;
const INVALID = [400, 'INVALID_ARGUMENT'] as const;
const BUSY = [503, 'RESOURCE_EXHAUSTED'] as const;
const OFTEN = [429, 'RESOURCE_EXHAUSTED'] as const;
const CHANGED = [412, 'PRECONDITION_FAILED'] as const;
const LATE = [504, 'DEADLINE_EXCEEDED'] as const;
const THERE = [409, 'ALREADY_EXISTS'] as const;

/** Codes that are not told as a wrong state. */
const STATUSES: Readonly<Record<string, readonly [status: number, title: string]>> = {
  ...{ REFERENCE_UNKNOWN: NOT_FOUND, INSTANCE_UNKNOWN: NOT_FOUND, DEFINITION_UNKNOWN: NOT_FOUND },
  MESSAGE_NOT_CORRELATED: NOT_FOUND,
  ...{ CONTROL_REQUEST_INVALID: INVALID, REQUEST_INVALID: INVALID, SCOPE_UNKNOWN: INVALID },
  ...{ START_AMBIGUOUS: INVALID, START_EVENT_UNKNOWN: INVALID, START_NOT_POSSIBLE: INVALID },
  ...{ STORE_CURSOR_INVALID: INVALID, STORE_FILTER_INVALID: INVALID },
  ...{ TASK_ACTION_UNKNOWN: INVALID, TASK_CHANGE_INVALID: INVALID },
  ...{ INSTANCE_BUSY: BUSY, CORRELATOR_FULL: BUSY, WORKER_UNAVAILABLE: LATE },
  BUSINESS_KEY_USED: THERE,
  ...{ CONNECTOR_UNKNOWN: NOT_FOUND, CONNECTOR_TESTED: OFTEN },
  ...{ TASK_CHANGED: CHANGED, VARIABLE_CHANGED: CHANGED },
};

/** Codes with which the engine may refuse any act. */
export const ENGINE_ERRORS = [
  'INSTANCE_UNKNOWN',
  'INSTANCE_CLOSED',
  'INSTANCE_ENDED',
  'INSTANCE_SUSPENDED',
  'INSTANCE_BUSY',
  'ENGINE_PARKED',
  'REQUEST_INVALID',
  'WORKER_UNAVAILABLE',
] as const satisfies readonly ErrorCode[];

/** How a code is told. Class: pure. */
export function refusedAs(code: string): readonly [status: number, title: string] {
  const isArgument =
    /^(MODIFICATION|MIGRATION|FORM|VARIABLES?)_/.test(code) && code !== 'MIGRATION_VERSION';
  return STATUSES[code] ?? (isArgument ? INVALID : [409, 'INVALID_STATE']);
}

/** What an operation came to. @throws Refusal */
export function outcomeOf<N extends OperationName>(operated: Operated<N>): OperationOutput<N> {
  if (operated.ok) return operated.output;
  const { code, message } = operated;
  const [status, title] = refusedAs(code);
  throw new Refusal(status, title, `${code}: ${message}`);
}
