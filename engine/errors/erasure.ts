import type { ErrorRow } from './kinds.js';

/** Codes of holds and erasures. They name ids and tables, never a person. */
export const ERASURE_ERRORS = {
  ERASURE_NOT_VERIFIED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected nothing of the customer of request '{request}' to be left, but {detail}; erase again and verify, then resolve.",
  },
  ERASURE_REQUEST_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected erasure request '{request}' to be registered, but it is not, or it is of another customer; register it first.",
  },
  ERASURE_STATE: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected erasure request '{request}' to be {wanted}, but it is {state}; look at the instance that sees to it.",
  },
  HOLD_RECORDS_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected a hold on 'all' or on tables of the customer record, but there is no table '{records}'; take one of {known}.",
  },
  HOLD_TOO_LATE: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected customer '{customer}' to have something left to hold, but erasure '{request}' found nothing and destroys its keys; cancel the hold.",
  },
  HOLD_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected legal hold '{hold}' of customer '{customer}' to be there and to be readable, but it is not; check both ids.",
  },
  INSTANCES_STILL_RUNNING: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: 'Expected the {count} instances of the customer to have ended, but they go on ({instances}); it is tried again.',
  },
  KEY_STILL_OPENS: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected key '{keyId}' to open nothing after it was destroyed, but it opened its probe; look for another keyring or a restored copy of it before you go on.",
  },
  LEGAL_HOLD: {
    kind: 'rejection',
    text: 'Expected data that nobody holds, but it is under legal hold ({holds}); it stays until the hold is released.',
  },
  RECIPIENT_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected the address of '{recipient}' to be readable, but it is not there or was erased; name another contact, then resolve.",
  },
} as const satisfies Record<string, ErrorRow>;
