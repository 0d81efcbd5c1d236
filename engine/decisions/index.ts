/** Decisions: evaluates what `parse/` compiled, checks tables, runs their test rows. Class: pure. */
export { type DecisionResult, evaluateDecision } from './evaluate.js';
