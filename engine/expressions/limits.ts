/**
 * What one evaluation may cost. All limits count, none measures time, so that production, scenario,
 * preview and browser give the same verdict. Source: docs/design.md D8, D17.
 */
export const LIMITS = {
  /** Characters of an expression. */
  sourceLength: 4_096,
  /** Nesting of brackets in an expression. */
  bracketDepth: 64,
  /** Nesting of the syntax tree of one expression. */
  treeDepth: 250,
  /** Steps of one evaluation: about one a node that is computed, more for costly built-ins. */
  fuel: 1_000_000,
  /** Items of a list or of a range that is iterated. */
  listLength: 10_000,
  /** UTF-16 units of a string. */
  stringLength: 65_536,
  /** Nested calls of functions that the expression defines. */
  callDepth: 64,
  /** Nesting of syntax trees that are evaluated within one another through such calls. */
  evaluationDepth: 1_500,
  /** Nesting of lists and contexts that are compared, printed or returned. */
  dataDepth: 64,
  /** Characters of a regular expression. */
  patternLength: 500,
  /** Sum of the counted repetitions (`{n}`) in one regular expression. */
  patternRepetitions: 1_000,
  /** Compiled expressions kept. */
  cachedExpressions: 4_000,
  /** Compiled regular expressions kept. */
  cachedPatterns: 500,
} as const;
