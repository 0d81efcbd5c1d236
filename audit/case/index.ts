/** Case files: their format, their signature, and their check. Source: docs/audit.md. */
export * from './format.js';
export { recordText } from './journals.js';
export { signDetached, signerOfDetached } from './jws.js';
export { caseVerdictLines } from './report.js';
export {
  type CaseFinding,
  type CaseSource,
  type CaseVerdict,
  isCase,
  verifyCase,
} from './verify.js';
