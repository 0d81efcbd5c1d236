import type { ErrorRow } from './kinds.js';

/** Codes of the side effects: requests, mail, orders, provisioning. Their texts never hold what a person is called. */
export const ACTIVITY_ERRORS = {
  CONNECTOR_TESTED: {
    kind: 'rejection',
    text: "Expected a while between two tests of '{connector}', but one is under way or was just made; look at what that one came to, or test again in some seconds.",
  },
  CONNECTOR_UNKNOWN: {
    kind: 'rejection',
    text: "Expected an outside system that can be tested, but there is no '{connector}'; look them up.",
  },
  EGRESS_DENIED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: 'Expected a request to a public address by http or https, but {detail}; correct the URL, or have the operator allow the host by JORNADA_HTTP_ALLOW, then resolve.',
  },
  HTTP_OUTCOME_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected an answer to request '{key}', but none came; look whether it arrived, then resolve the incident: try again to send it once more, or complete it to count it as done.",
  },
  HTTP_REFUSED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: 'Expected the other system to take the request, but it answered {status}; correct the request, or take that status for an answer, then resolve.',
  },
  HTTP_UNAVAILABLE: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: 'Expected the other system to answer, but {detail}; it is tried again.',
  },
  EMAIL_FIELD_INVALID: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected '{field}' of a mail to be safe to send, but it {detail}; correct the variable, then resolve.",
  },
  EMAIL_OUTCOME_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected the mail server to answer on mail '{key}', but the connection ended before it did; look whether the mail arrived, then resolve the incident: try again to send it once more, or complete it to count it as sent.",
  },
  EMAIL_REFUSED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: 'Expected the mail server to take the mail, but it refused for good with {status}; correct the address or the server, then resolve.',
  },
  EMAIL_SUPPRESSED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: 'Expected an address that mail reaches, but it is suppressed ({lists}); have another contact named, then resolve.',
  },
  EMAIL_TEMPLATE_INVALID: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected mail template '{file}' to render, but {detail}; correct the template or the data.",
  },
  EMAIL_TEMPLATE_MISSING: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected a mail template '{name}' in one of the languages {locales}, but the package has none; add it, or correct the header jornada:mail.",
  },
  EMAIL_UNAVAILABLE: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: 'Expected the mail server to answer, but {detail}; it is tried again.',
  },
  JOB_INPUT_INVALID: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected the variables of job '{type}' to fit it, but {faults}; correct them, then resolve.",
  },
  MAIL_CATCHER_UNAVAILABLE: {
    kind: 'failure',
    text: 'Expected the mail catcher to listen on {host}, but {detail}; free the port, or set SMTP_URL.',
  },
  PROVISIONING_BARRED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected attempt '{attempt}' to be open for '{kind}', but it was undone; start a new one.",
  },
  USAGE_SILENT: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected the product to tell what customer '{customer}' does, but it has told nothing for {days} days; see why, then resolve.",
  },
} as const satisfies Record<string, ErrorRow>;
