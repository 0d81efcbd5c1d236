import type { ErrorRow } from './kinds.js';

/** Codes of the installation: a server, a port, a file or a tool that the host needs. */
export const HOST_ERRORS = {
  POSTGRES_MISSING: {
    kind: 'failure',
    text: 'Expected a PostgreSQL server for the tests, but found none ({detail}); do one of: set DATABASE_URL_TEST to an empty database that may be erased, or install PostgreSQL 15 or newer (Debian: apt-get install postgresql; macOS: brew install postgresql).',
  },
  POSTGRES_NOT_READY: {
    kind: 'failure',
    text: "Expected PostgreSQL to come up, but {detail}; read its log '{log}'.",
  },
  TEMPORAL_ADDRESS_UNREACHABLE: {
    kind: 'failure',
    text: "Expected a Temporal server at '{address}', but {detail}; start it, correct TEMPORAL_ADDRESS, or unset it to use the development server.",
  },
  TEMPORAL_FILE_LOCKED: {
    kind: 'failure',
    text: "Expected '{folder}' to be free, but process {pid} runs a Temporal server on its file; stop that process, or choose another data folder.",
  },
  TEMPORAL_FILE_VERSION: {
    kind: 'failure',
    text: "Expected '{file}' to be of Temporal server {server}, but it is of {stamped}; install that version, or move the file away and begin with a new one.",
  },
  TEMPORAL_NOT_READY: {
    kind: 'failure',
    text: "Expected the Temporal development server to be ready within {seconds} s, but {detail}; read its log '{log}'.",
  },
  TEMPORAL_PORT_IN_USE: {
    kind: 'failure',
    text: 'Expected port {port} of 127.0.0.1 to be free for Temporal, but something listens there; stop it, or choose another port.',
  },
  TEMPORAL_RETENTION: {
    kind: 'failure',
    text: "Expected namespace '{namespace}' to keep closed runs for {wanted} h, but it keeps them for {found} h; set it with 'temporal operator namespace update --retention {wanted}h {namespace}'.",
  },
  TEMPORAL_SERVER_MISSING: {
    kind: 'failure',
    text: 'Expected a Temporal server, but none of these ways gave one:\n{tried}\n; do one of:\n{ways}.',
  },
  TEMPORAL_SERVER_TOO_OLD: {
    kind: 'failure',
    text: "Expected Temporal server {minimum} or newer at '{address}', but it is {found}; upgrade it.",
  },
} as const satisfies Record<string, ErrorRow>;
