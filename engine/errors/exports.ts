import type { ErrorRow } from './kinds.js';

/** Codes of exports of a customer's data. No text holds what a person is called. */
export const EXPORT_ERRORS = {
  EXPORT_DISK_FULL: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: 'Expected room on the disk for an export, but {detail}; make room, then try again. Nothing half done was left there.',
  },
  EXPORT_FILE_DAMAGED: {
    kind: 'failure',
    text: "Expected file '{file}' of the export as it was written, but it does not open; extract the data again.",
  },
  EXPORT_FILE_MISSING: {
    kind: 'failure',
    text: "Expected file '{file}' of the export in the folder of exports, but it is not there; extract the data again.",
  },
  EXPORT_FILE_UNREADABLE: {
    kind: 'rejection',
    text: "Expected to read '{file}', but it did not work: {detail}; name a file that is there.",
  },
  EXPORT_UNKNOWN: {
    kind: 'rejection',
    text: "Expected export '{export}' in the record, but it is not there; ask for a new one.",
  },
} as const satisfies Record<string, ErrorRow>;
