import type { ErrorRow } from './kinds.js';

/** Codes of this area. */
export const EXPRESSION_ERRORS = {
  FEEL_ASSERTION_FAILED: {
    kind: 'incident',
    text: 'Expected the condition of assert() to hold, but it did not: {cause}; correct the data and retry.',
  },
  FEEL_EVALUATION_FAILED: {
    kind: 'incident',
    text: 'Expected every step of the expression to have a meaning, but {reason}; correct the expression or the data.',
  },
  FEEL_FUEL_EXHAUSTED: {
    kind: 'incident',
    text: 'Expected an expression of at most {limit} steps, but it needs more; work on smaller lists or split the work.',
  },
  FEEL_INVALID_ARGUMENT: {
    kind: 'incident',
    text: 'Expected arguments that {function}() accepts, but {reason}; correct the expression or the data.',
  },
  FEEL_LIST_TOO_LONG: {
    kind: 'incident',
    text: 'Expected lists and ranges of at most {limit} items, but one has {length}; work on a part of it.',
  },
  FEEL_NOT_A_NUMBER: {
    kind: 'incident',
    text: 'Expected arithmetic to give a finite number, but {reason}; check the operands first.',
  },
  FEEL_NOT_COMPARABLE: {
    kind: 'incident',
    text: 'Expected two values of one type to compare, but found {left} and {right}; convert one of them.',
  },
  FEEL_NOT_DATA: {
    kind: 'incident',
    text: 'Expected a result that can be stored as JSON, but it holds a {type}; return a value instead.',
  },
  FEEL_NUMBER_DIGITS: {
    kind: 'incident',
    text: 'Expected whole numbers of at most 15 digits, but {operation} gives one of {digits} that a double does not hold; divide it, or keep it as a string.',
  },
  FEEL_NUMBER_INEXACT: {
    kind: 'finding',
    text: 'Expected whole numbers that a double holds exactly, but {number} is beyond 9007199254740991; keep it as a string.',
  },
  FEEL_REGEX_UNSUPPORTED: {
    kind: 'finding',
    text: "Expected a regular expression that runs in linear time, but '{pattern}' is refused ({reason}); rewrite it without look-around and back-references.",
  },
  FEEL_REJECTED: {
    kind: 'finding',
    text: 'Expected an expression within the limits of Jornada, but {reason}; make it smaller or simpler.',
  },
  FEEL_STRING_TOO_LONG: {
    kind: 'incident',
    text: 'Expected strings of at most {limit} characters, but one has {length}; work on a part of it.',
  },
  FEEL_SYNTAX: {
    kind: 'finding',
    text: "Expected a FEEL expression, but {reason} at character {position} of '{source}'; correct the expression.",
  },
  FEEL_TOO_DEEP: {
    kind: 'incident',
    text: 'Expected calls and data nested at most {limit} deep, but they go deeper; flatten the data or end the recursion.',
  },
  FEEL_UNKNOWN_ENTRY: {
    kind: 'incident',
    text: "Expected {target} to have an entry '{name}', but it has none; supply it, or test for it with is defined().",
  },
  FEEL_UNKNOWN_FUNCTION: {
    kind: 'finding',
    text: "Expected a function, but '{name}' is none that Jornada knows; take one of docs/feel.md.",
  },
  FEEL_UNKNOWN_VARIABLE: {
    kind: 'incident',
    text: "Expected a variable '{name}', but there is none in scope; supply it, or test for it with is defined().",
  },
  FEEL_UNSUPPORTED: {
    kind: 'finding',
    text: 'Expected FEEL that Jornada executes, but {construct} is refused; {remedy}.',
  },
  FEEL_WALL_TIME_SKIPPED: {
    kind: 'finding',
    text: "Expected a time that its zone has, but '{text}' falls into the hour that daylight saving time skips; write the time before or after.",
  },
  FEEL_WRONG_TYPE: {
    kind: 'incident',
    text: 'Expected {expected}, but found {found}; convert the value or correct the expression.',
  },
  FEEL_ZONED_TIME_ARITHMETIC: {
    kind: 'incident',
    text: 'Expected whole days to be added to a time in zone {zone}, but these are hours and it has daylight saving time; add days, or compute in UTC.',
  },
} as const satisfies Record<string, ErrorRow>;
