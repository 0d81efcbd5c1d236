import type { ErrorRow } from './kinds.js';

/** Codes of the audit log. */
export const AUDIT_ERRORS = {
  AUDIT_EXPORT_FOLDER: {
    kind: 'rejection',
    text: "Expected to write the export into '{folder}', but {detail}; name a folder that is new or empty.",
  },
  AUDIT_KEY_MISSING: {
    kind: 'failure',
    text: "Expected key {key}, which signs the audit log, in '{file}', but it is not there; restore the folder 'keys' from its backup, for until then no checkpoint is signed.",
  },
  AUDIT_LOG_DAMAGED: {
    kind: 'failure',
    text: "Expected the audit log as it was signed, but {detail}; see what is wrong with 'jornada audit verify', for until it is mended no checkpoint is signed.",
  },
  AUDIT_UNREADABLE: {
    kind: 'failure',
    text: 'Expected {what} to check, but {detail}; correct the command.',
  },
  CASE_TOO_LARGE: {
    kind: 'rejection',
    text: "Expected the journals of case '{case}' to have at most {most} entries, but they have more; take the log as a whole with 'jornada audit export'.",
  },
  LOG_RANGE_TOO_LARGE: {
    kind: 'rejection',
    text: "Expected a range of the audit log to have at most {most} entries, but it has {entries}; ask for a shorter time, or take the log as a whole with 'jornada audit export'.",
  },
} as const satisfies Record<string, ErrorRow>;
