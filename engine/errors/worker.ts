import type { ErrorRow } from './kinds.js';

/** Codes of the durable host: what a caller of the engine, or an operator of an instance, meets. */
export const WORKER_ERRORS = {
  BUSINESS_KEY_USED: {
    kind: 'rejection',
    text: "Expected business key '{key}' of '{process}' to be free, but instance '{instance}' was started under it with something else; see to that instance, or choose another key.",
  },
  BUNDLE_FAILED: {
    kind: 'failure',
    text: 'Expected the workflow bundle to build, but {detail}; install the packages again, or report it.',
  },
  CONFIG_INVALID: {
    kind: 'failure',
    text: 'Expected a valid configuration, but these are wrong:\n{faults}\n; correct these environment variables.',
  },
  CORRELATOR_FULL: {
    kind: 'rejection',
    text: 'Expected at most {limit} bytes to be kept for one name and key of messages, or one name of signals, but {bytes} are kept and this would be more; try again when some of it is gone, let messages live shorter, or give them keys.',
  },
  DECISION_TOO_LARGE: {
    kind: 'incident',
    incidentClass: 'UNKNOWN',
    text: 'Expected one decision to fit {limit} bytes, but it has about {size}; make collections or variables smaller, then let the engine try again.',
  },
  DEFINITION_UNKNOWN: {
    kind: 'rejection',
    text: "Expected a deployed process, but there is no '{process}'; deploy it, or correct the id.",
  },
  DEPLOYMENT_REFUSED: {
    kind: 'rejection',
    text: 'Expected a package without faults, but it has {count}; correct them and deploy again.',
  },
  ENGINE_PARKED: {
    kind: 'rejection',
    text: 'Expected a decision, but the engine cannot take one at the moment; the request is accepted and will be decided, do not send it again.',
  },
  DECISION_PENDING: {
    kind: 'rejection',
    text: "Expected the instance to have {what} '{id}' by now, but the worker that opened it was lost before that was recorded, and the step is taken again; ask again in a minute.",
  },
  INSTANCE_BUSY: {
    kind: 'rejection',
    text: 'Expected fewer than {limit} open requests to one instance, but there are more; wait and send it again.',
  },
  INSTANCE_CLOSED: {
    kind: 'rejection',
    text: "Expected a running instance, but '{instance}' has ended; nothing was changed.",
  },
  INSTANCE_UNKNOWN: {
    kind: 'rejection',
    text: "Expected an instance, but there is no '{instance}'; look its id up.",
  },
  JOB_TIMEOUT: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected an answer to job '{type}' in time, but {detail}; see to its worker, then resolve.",
  },
  PREVIEW_OF_PARKED: {
    kind: 'rejection',
    text: "Expected an instance that decides, but '{instance}' is parked; let it try its decision again first.",
  },
  REQUEST_INVALID: {
    kind: 'rejection',
    text: 'Expected a request that is complete, but {detail}; correct it.',
  },
  STATE_TOO_LARGE: {
    kind: 'incident',
    incidentClass: 'UNKNOWN',
    text: 'Expected an instance to fit {limit} bytes, but it has about {size}; make its variables smaller, then let the engine try again.',
  },
  TASK_TYPE_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected a worker for task type '{type}', but none serves it here; register it, correct the type, or name its task queue, then resolve.",
  },
  WORKER_UNAVAILABLE: {
    kind: 'rejection',
    text: 'Expected a worker to answer in time, but none did; what was asked may still be done: send the same request again later, it is not done twice.',
  },
} as const satisfies Record<string, ErrorRow>;
