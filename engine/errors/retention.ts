import type { ErrorRow } from './kinds.js';

/** Codes of the deletion of instances that have ended. */
export const RETENTION_ERRORS = {
  RETENTION_CALLED: {
    kind: 'rejection',
    text: "Expected an instance that nobody called, but '{instance}' was called within '{root}'; delete that one, and what it called goes with it.",
  },
  RETENTION_NOT_OVER: {
    kind: 'rejection',
    text: "Expected an instance whose time of retention is over, but that of '{instance}', or of one that it called, is not; wait until then.",
  },
  RETENTION_RUNNING: {
    kind: 'rejection',
    text: "Expected an instance that has ended with all that it called, but '{instance}' has not; cancel it first, or wait.",
  },
  RETENTION_UNKNOWN: {
    kind: 'rejection',
    text: "Expected a time of retention of the process of '{instance}' and of all that it called, but one says none; write 'retention' into its process.yaml and publish that.",
  },
} as const satisfies Record<string, ErrorRow>;
