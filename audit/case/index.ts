/** Case files: their format, their signature, and their check. Source: docs/audit.md. */

export { type CaseFinding, type CaseSource, isCase } from './files.js';
export * from './format.js';
export { recordText } from './journals.js';
export { signDetached, signerOfDetached } from './jws.js';
export { caseVerdictLines } from './report.js';
export { type CaseVerdict, verifyCase } from './verify.js';
