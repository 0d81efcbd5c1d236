import type { ErrorRow } from './kinds.js';

/** Codes of accesses: connected systems, SCIM, freezing. Their texts never hold what a person is called. */
export const ACCESS_ERRORS = {
  ACCESS_CONTACT_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected contact '{contact}' of customer '{customer}' to be in the record, but neither it nor an access of it is; correct the contact, then resolve.",
  },
  ACCESS_FROZEN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected customer '{customer}' to be open for new accesses, but a revocation has frozen them; restore the access first, or let it be.",
  },
  ACCESS_GRANT_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected access '{grant}' to be in the record of customer '{customer}', but it is not; discover the accesses again.",
  },
  ACCESS_SYSTEM_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected a connected system '{system}', but the operator has named none of this id; name it in the file of JORNADA_SYSTEMS, then resolve.",
  },
  SCIM_ANSWER_INVALID: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected system '{system}' to answer in SCIM, but {detail}; it is tried again, then look at that server.",
  },
  SCIM_BUSY: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected system '{system}' to take the request, but it asked to come again later ({status}); it is tried again after the time that it named.",
  },
  SCIM_CHANGED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected the account in system '{system}' to be as it was read, but somebody changed it meanwhile; it is read and tried again.",
  },
  SCIM_CONFLICT: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected system '{system}' to take a new account, but it has another one of the same name; give that one to the contact or remove it there, then resolve.",
  },
  SCIM_DELETE_REFUSED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected an account of system '{system}' to be allowed to be deleted, but its settings say mayDelete: false; revoke it instead, or let the operator allow it.",
  },
  SCIM_NOT_FOUND: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected system '{system}' to know what was asked for, but it answered 404, and there that does not mean gone; look at the account by hand, or correct the base URL.",
  },
  SCIM_REDIRECTED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected system '{system}' to answer itself, but it sends elsewhere ({status}), and credentials do not follow; correct its base URL.",
  },
  SCIM_REFUSED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected system '{system}' to take the request, but it answered {status} {detail}; look at its settings, then resolve.",
  },
  SCIM_UNAUTHORIZED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected system '{system}' to take the credential for {use}, but it answered {status}; renew the credential, then resolve.",
  },
  SCIM_UNAVAILABLE: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected system '{system}' to answer, but {detail}; it is tried again.",
  },
} as const satisfies Record<string, ErrorRow>;
