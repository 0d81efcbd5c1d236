/**
 * The one catalogue of codes, and the makers of what carries them. Each area has a file of its own.
 * Class: pure.
 */
import { ACCESS_ERRORS } from './access.js';
import { ACTIVITY_ERRORS } from './activities.js';
import { API_ERRORS } from './api.js';
import { AUDIT_ERRORS } from './audit.js';
import { BATCH_ERRORS } from './batches.js';
import { BPMN_ERRORS } from './bpmn.js';
import { CLI_ERRORS } from './cli.js';
import { CUSTOMER_ERRORS } from './customers.js';
import { DECISION_ERRORS } from './decisions.js';
import { DEPLOYMENT_ERRORS } from './deployment.js';
import { DESIGNER_ERRORS } from './designer.js';
import { ERASURE_ERRORS } from './erasure.js';
import { EXPORT_ERRORS } from './exports.js';
import { EXPRESSION_ERRORS } from './expressions.js';
import { FORM_ERRORS } from './forms.js';
import { HOST_ERRORS } from './host.js';
import { IDENTITY_ERRORS } from './identities.js';
import { INBOX_ERRORS } from './inbox.js';
import { KEY_ERRORS } from './keys.js';
import type { ErrorKind, ErrorRow, IncidentClass, Severity, Slots } from './kinds.js';
import { PACKAGE_ERRORS } from './packages.js';
import { RETENTION_ERRORS } from './retention.js';
import { RUNTIME_ERRORS } from './runtime.js';
import { SCENARIO_ERRORS } from './scenario.js';
import { STORE_ERRORS } from './store.js';
import { TIMER_ERRORS } from './timers.js';
import { WORKER_ERRORS } from './worker.js';

export type { ErrorKind, ErrorRow, IncidentClass, Severity } from './kinds.js';

/** Every code that Jornada shows. `docs/errors.md` has one row each; a test compares both ways. */
export const ERRORS = {
  ...ACCESS_ERRORS,
  ...ACTIVITY_ERRORS,
  ...API_ERRORS,
  ...AUDIT_ERRORS,
  ...BATCH_ERRORS,
  ...BPMN_ERRORS,
  ...CLI_ERRORS,
  ...CUSTOMER_ERRORS,
  ...DECISION_ERRORS,
  ...DEPLOYMENT_ERRORS,
  ...DESIGNER_ERRORS,
  ...ERASURE_ERRORS,
  ...EXPORT_ERRORS,
  ...EXPRESSION_ERRORS,
  ...FORM_ERRORS,
  ...HOST_ERRORS,
  ...IDENTITY_ERRORS,
  ...INBOX_ERRORS,
  ...KEY_ERRORS,
  ...PACKAGE_ERRORS,
  ...RETENTION_ERRORS,
  ...RUNTIME_ERRORS,
  ...SCENARIO_ERRORS,
  ...STORE_ERRORS,
  ...TIMER_ERRORS,
  ...WORKER_ERRORS,
} as const satisfies Record<string, ErrorRow>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof ERRORS;

/** The facts a code's text needs. */
export type Facts<C extends ErrorCode> = Readonly<
  Record<Slots<(typeof ERRORS)[C]['text']>, string | number>
>;

/** A modeller's fault as data. `file` is filled by whoever read the file; `line` counts from 1. */
export interface Finding {
  readonly code: ErrorCode;
  readonly severity: Severity;
  readonly elementId: string | null;
  readonly message: string;
  readonly docs: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** A coded fault at run time: the body of an incident, or of an answer that refuses. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
}

/** A bug of ours: thrown, never caught by the engine; one decision fails and is taken again. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** The text of a code with its facts filled in. */
export function explain<C extends ErrorCode>(code: C, facts: Facts<C>): string {
  const values: Readonly<Record<string, string | number>> = facts;
  const slot = /\{(\w+)\}(?=([;,.])?)/g;
  return ERRORS[code].text.replace(slot, (_slot, name: string, next: string | undefined) => {
    const value = String(values[name]);
    // What others said may be a sentence of its own.
    return next === undefined ? value : value.replace(/\.$/, '');
  });
}

/** What a message tells of the data, without what was expected and the remedy: for a text that says both itself. */
export function reasonIn(message: string): string {
  const [from, to] = [message.indexOf(BUT), message.lastIndexOf('; ')];
  return from < 0 || to < from ? message : message.slice(from + BUT.length, to);
}

const BUT = ', but ';

/** Reports a modeller's fault; `elementId` is the BPMN id that a modeler opens at. */
export function finding<C extends ErrorCode>(
  code: C,
  elementId: string | null,
  facts: Facts<C>,
): Finding {
  const row: ErrorRow = ERRORS[code];
  return {
    code,
    severity: row.severity ?? 'error',
    elementId,
    message: explain(code, facts),
    docs: `docs/errors.md#${code.toLowerCase()}`,
    file: null,
    line: null,
  };
}

/** Makes the body of an incident or of a refusal. */
export function fault<C extends ErrorCode>(code: C, facts: Facts<C>): Fault {
  return { code, message: explain(code, facts) };
}

/** The class under which operators know an incident; a code of no class, or of a worker, is `UNKNOWN`. */
export function incidentClassOf(code: string): IncidentClass {
  const row: ErrorRow | undefined = Object.hasOwn(ERRORS, code)
    ? ERRORS[code as ErrorCode]
    : undefined;
  return row?.incidentClass ?? 'UNKNOWN';
}

/** The kind of a code. */
export function kindOf(code: ErrorCode): ErrorKind {
  return ERRORS[code].kind;
}
