/** Case files: how one process instance went, gathered from the store, and packed so that anybody can check it; ranges of the log likewise. */
export type { CaseDeps, CaseReads, SealedLog } from './deps.js';
export { CaseFailure } from './failure.js';
export { gatherCase } from './gather.js';
export { caseHtml } from './html.js';
export { caseRows, certificateNumbers, customersNamed, erasuresOf, searchCases } from './list.js';
export { CASE_TIME, CASE_VERIFIER, type PackedCase, packCase } from './pack.js';
export { peopleIn } from './people.js';
export {
  type AskedRange,
  type FoundRange,
  findRange,
  MOST_OF_RANGE,
  packRange,
} from './range/index.js';
