import type { ErrorRow } from './kinds.js';

/** Codes of decisions: what `engine/decisions` finds in a DMN file, and its faults when it evaluates one. */
export const DECISION_ERRORS = {
  DECISION_ANY_DIFFERS: {
    kind: 'incident',
    incidentClass: 'DECISION_EVALUATION_ERROR',
    text: "Expected all matching rules of decision '{decision}' to give the same result (hit policy ANY), but {rules} differ; correct the table, then resolve.",
  },
  DECISION_CYCLE: {
    kind: 'incident',
    incidentClass: 'DECISION_EVALUATION_ERROR',
    text: "Expected decisions that do not require each other in a circle, but '{decision}' requires itself; remove one of the requirements.",
  },
  DECISION_FAILED: {
    kind: 'incident',
    incidentClass: 'DECISION_EVALUATION_ERROR',
    text: "Expected decision '{decision}' to be computable, but {place} is not: {detail}; correct the cell or what it reads.",
  },
  DECISION_INPUT_INVALID: {
    kind: 'incident',
    incidentClass: 'DECISION_EVALUATION_ERROR',
    text: "Expected {expected} for input '{input}' of decision '{decision}', but it is {value}; correct the variable, then resolve.",
  },
  DECISION_NOT_UNIQUE: {
    kind: 'incident',
    incidentClass: 'DECISION_EVALUATION_ERROR',
    text: "Expected at most one matching rule in decision '{decision}' (hit policy UNIQUE), but {rules} match; make them exclude each other or choose another hit policy.",
  },
  DECISION_OUTPUT_INVALID: {
    kind: 'incident',
    incidentClass: 'DECISION_EVALUATION_ERROR',
    text: "Expected {expected} in output '{output}' of decision '{decision}', but {place} gives {value}; correct it, or the type or the list of values.",
  },
  DECISION_UNKNOWN: {
    kind: 'incident',
    incidentClass: 'CALLED_DECISION_ERROR',
    text: "Expected a deployed decision, but there is no '{decision}'; deploy it or correct the id.",
  },
  DMN_ATTRIBUTE_UNKNOWN: {
    kind: 'finding',
    text: "Expected attributes of DMN, but '{name}' is none; remove it.",
  },
  DMN_DECISION_TESTS_INVALID: {
    kind: 'finding',
    text: 'Expected test rows with a header of input names and of outputs that begin with `=>`, but {detail}; correct the CSV.',
  },
  DMN_ELEMENT_UNKNOWN: {
    kind: 'finding',
    text: 'Expected elements of DMN, but <{name}> is none; remove it.',
  },
  DMN_EXPRESSION_INVALID: {
    kind: 'finding',
    text: 'Expected a valid FEEL expression in {place}, but at character {position}: {detail}; correct it.',
  },
  DMN_EXPRESSION_LANGUAGE: {
    kind: 'finding',
    text: "Expected FEEL in {place}, but its language is '{language}'; write it in FEEL and remove the attribute.",
  },
  DMN_EXPRESSION_MISSING: {
    kind: 'finding',
    text: 'Expected an expression in {place}, but there is none; write one.',
  },
  DMN_EXTENSION_FOREIGN: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected only DMN, but '{name}' belongs to another vocabulary and has no effect; remove it if you rely on it.",
  },
  DMN_HIT_POLICY_INVALID: {
    kind: 'finding',
    text: 'Expected a hit policy that fits the table, but {detail}; choose another or correct the table.',
  },
  DMN_ID_DUPLICATE: {
    kind: 'finding',
    text: "Expected unique ids, but '{id}' occurs {n} times; rename all but one.",
  },
  DMN_ID_INVALID: {
    kind: 'finding',
    text: 'Expected a valid id on {place}, but it has {value}; give it a unique id of letters, digits, `_`, `-` and `.`.',
  },
  DMN_LIMIT: {
    kind: 'finding',
    text: 'Expected at most {limit} {what}, but {place} has more; divide it.',
  },
  DMN_NAME_INVALID: {
    kind: 'finding',
    text: 'Expected a name on {place} under which expressions can use it, but {detail}; rename it.',
  },
  DMN_NAME_MISSING: {
    kind: 'finding',
    text: 'Expected a name on {place}, but it has none; add one.',
  },
  DMN_NO_DECISION: {
    kind: 'finding',
    text: 'Expected at least one decision, but the file has none; add one.',
  },
  DMN_NO_LOGIC: {
    kind: 'finding',
    text: "Expected a decision table, an expression or a context in decision '{decision}', but it has none; draw one.",
  },
  DMN_NOT_EXECUTED: {
    kind: 'finding',
    text: 'Expected what Jornada executes, but it does not execute {element}; use a decision table, a literal expression, a context, a list or a relation.',
  },
  DMN_REQUIREMENT_CYCLE: {
    kind: 'finding',
    text: 'Expected decisions that do not require each other in a circle, but {path} do; remove one of the requirements.',
  },
  DMN_REQUIREMENT_UNRESOLVED: {
    kind: 'finding',
    text: "Expected decision '{decision}' to require something of this file, but '{href}' is no {kind} in it; correct the requirement.",
  },
  DMN_RULE_WIDTH: {
    kind: 'finding',
    text: 'Expected {expected} {kind} entries in rule {rule}, but it has {actual}; add or remove entries.',
  },
  DMN_RULES_GAP: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected a rule for all inputs of decision '{decision}', but none matches {example}; add a rule or a default output.",
  },
  DMN_RULES_OVERLAP: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected rules of decision '{decision}' that exclude each other (hit policy UNIQUE), but {rules} both match {example}; narrow one of them or choose another hit policy.",
  },
  DMN_RULES_UNCHECKED: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected a table that can be searched for {fault} in {limit} steps, but that of decision '{decision}' takes more; test it with rows of examples.",
  },
  DMN_TYPE_UNKNOWN: {
    kind: 'finding',
    text: "Expected a type of FEEL or one that the file defines, but '{type}' in {place} is neither; correct the type.",
  },
  DMN_XML_INVALID: {
    kind: 'finding',
    text: 'Expected XML that matches the schema of DMN 1.1 to 1.5, but {detail}; correct the markup.',
  },
} as const satisfies Record<string, ErrorRow>;
