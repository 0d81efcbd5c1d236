/** Ranges of the log: their format, and their check. Source: docs/audit.md. */
export * from './format.js';
export { rangeVerdictLines } from './report.js';
export { type Bound, type RangeVerdict, verifyRange } from './verify.js';
