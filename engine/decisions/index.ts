/** Decisions: evaluates what `parse/` compiled, checks tables, runs their test rows. Class: pure. */
export { checkTable } from './check-table.js';
export { parseCsv } from './csv.js';
export {
  type DecisionMismatch,
  type DecisionTestReport,
  runDecisionTests,
} from './decision-tests.js';
export {
  type DecisionAccount,
  type DecisionResult,
  type DecisionWatch,
  evaluateDecision,
} from './evaluate.js';
