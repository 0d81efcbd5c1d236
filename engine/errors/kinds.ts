/**
 * The four kinds of wrong, never mixed: a finding is the modeller's and stops a deployment; an incident is
 * trouble at run time and parks a token; a rejection answers a caller whose request does not fit; a failure
 * belongs to the installation (a port, a key, a server). A bug has no code: it throws `InvariantError`.
 */
export type ErrorKind = 'finding' | 'incident' | 'rejection' | 'failure';

/** How much a finding weighs: an error always refuses, `strict` refuses unless compat mode is chosen. */
export type Severity = 'error' | 'strict' | 'warning';

/** One row of the catalogue: what is shown for a code. Words in braces are facts. */
export interface ErrorRow {
  readonly kind: ErrorKind;
  readonly text: string;
  /** Findings only; `error` when absent. */
  readonly severity?: Severity;
  /** Incidents only: the class under which operators know it; `UNKNOWN` when absent. */
  readonly incidentClass?: IncidentClass;
}

/** Classes of incidents, as in Camunda's API. */
export type IncidentClass =
  | 'CALLED_DECISION_ERROR'
  | 'CALLED_ELEMENT_ERROR'
  | 'CONDITION_ERROR'
  | 'DECISION_EVALUATION_ERROR'
  | 'EXTRACT_VALUE_ERROR'
  | 'IO_MAPPING_ERROR'
  | 'JOB_NO_RETRIES'
  | 'MESSAGE_SIZE_EXCEEDED'
  | 'UNHANDLED_ERROR_EVENT'
  | 'UNKNOWN';

/** The facts that a text needs: one for each word in braces. */
export type Slots<T> = T extends `${string}{${infer S}}${infer Rest}` ? S | Slots<Rest> : never;
