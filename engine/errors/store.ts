import type { ErrorRow } from './kinds.js';

/** Codes of the store: its database, the journal, the ledger of effects, searches. */
export const STORE_ERRORS = {
  EFFECT_CONFLICT: {
    kind: 'incident',
    text: "Expected effect '{key}' to ask for what it asked before, but the request differs; one key is one request, so give the new request a key of its own.",
  },
  EFFECT_ERASED: {
    kind: 'incident',
    text: "Expected the answer of effect '{key}' to be there, but the key of its customer was destroyed and the answer with it; end the instance, for its data is gone too.",
  },
  EFFECT_FENCED: {
    kind: 'rejection',
    text: "Expected effect '{key}' to be held under fence {fence}, but it is under {found}; another attempt took it over, so leave it to that one.",
  },
  EFFECT_LEASED: {
    kind: 'rejection',
    text: "Expected effect '{key}' to be free, but another attempt holds it until {until}; try again after that.",
  },
  EFFECT_TRANSITION: {
    kind: 'rejection',
    text: "Expected effect '{key}' in a state that may become '{wanted}', but it is '{state}'; read it again and decide anew.",
  },
  STORE_CURSOR_INVALID: {
    kind: 'rejection',
    text: 'Expected a cursor that a search with the same sort order gave, but found another text; start again from the first page.',
  },
  STORE_FIELD_UNKNOWN: {
    kind: 'rejection',
    text: "Expected a field to filter or sort by, but there is no '{field}' here; use one of: {fields}.",
  },
  STORE_FILTER_INVALID: {
    kind: 'rejection',
    text: "Expected a filter on '{field}' that fits it, but {detail}; correct the filter.",
  },
  STORE_FOLDER_LOCKED: {
    kind: 'failure',
    text: "Expected '{folder}' to be free, but process {pid} uses its database; stop that process, or choose another data folder.",
  },
  STORE_JOURNAL_GAP: {
    kind: 'rejection',
    text: "Expected entry {expected} of instance '{instance}', but found entry {found}; append from {expected} on.",
  },
  STORE_JOURNAL_STALE: {
    kind: 'rejection',
    text: "Expected the newest decision on instance '{instance}', but a later one has written its journal; leave it to that one.",
  },
  STORE_MIGRATION_CHANGED: {
    kind: 'failure',
    text: "Expected migration '{name}' as it was applied to this database, but its text differs; restore the file and put the change into a new migration.",
  },
  STORE_PACKAGE_CONFLICT: {
    kind: 'failure',
    text: "Expected package '{hash}' to hold the files that are stored under this hash, but they differ; compute the hash from all files.",
  },
  STORE_PAGE_INVALID: {
    kind: 'rejection',
    text: 'Expected a page of 1 to {limit} rows, but {detail}; ask for a smaller page.',
  },
  STORE_SCHEMA_NEWER: {
    kind: 'failure',
    text: "Expected a database of this version, but it has migration '{name}' of a later one; install the later version of Jornada.",
  },
  STORE_UNSEALED: {
    kind: 'failure',
    text: "Expected a store that was opened with a keyring, for what belongs to customer key '{key}' is sealed, but it was opened without one; open it with the keyring of this deployment.",
  },
  STORE_UNREACHABLE: {
    kind: 'failure',
    text: 'Expected the database to answer, but {detail}; start it or correct DATABASE_URL.',
  },
  STORE_VERSION_TOO_OLD: {
    kind: 'failure',
    text: 'Expected PostgreSQL 15 or newer, but the server is {found}; upgrade it.',
  },
} as const satisfies Record<string, ErrorRow>;
