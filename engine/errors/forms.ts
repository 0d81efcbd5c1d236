import type { ErrorRow } from './kinds.js';

/** Codes of forms: findings about a schema, and what is wrong with a submission. */
export const FORM_ERRORS = {
  FORM_SUBMISSION: {
    kind: 'rejection',
    text: "Expected a submission that fits form '{form}', but it does not: {problems}; correct it and send it again.",
  },
  FORM_ID_DUPLICATE: {
    kind: 'finding',
    text: "Expected forms of different ids, but '{id}' occurs {n} times; change the id of all but one.",
  },
  FORM_ID_MISMATCH: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected form '{file}' to have the id '{expected}', but its id is '{id}'; rename the file or change the id.",
  },
  FORM_INVALID: {
    kind: 'finding',
    text: "Expected form '{file}' to be a form-js schema, but {detail}; save it again from the form editor.",
  },
  FORM_KEY_DUPLICATE: {
    kind: 'finding',
    text: "Expected the fields of form '{file}' to differ in their keys, but '{key}' occurs more than once; give one another key.",
  },
  FORM_EXPRESSION_INVALID: {
    kind: 'finding',
    text: "Expected the expression of '{field}' in form '{file}' to be FEEL, but {detail}; correct it.",
  },
  FORM_PATTERN_INVALID: {
    kind: 'finding',
    text: "Expected the pattern of '{field}' in form '{file}' to be one that runs in linear time, but {detail}; write it without look-around and back references.",
  },
  FORM_FIELD_UNSUPPORTED: {
    kind: 'finding',
    text: "Expected form '{file}' to use fields that Jornada checks, but '{field}' is a '{type}'; use another.",
  },
  FORM_FIELD_READ_ONLY: {
    kind: 'rejection',
    text: "Expected '{path}' as it was shown, but it is another value and the field is read-only; leave it as it is.",
  },
  FORM_VALUE_REQUIRED: {
    kind: 'rejection',
    text: "Expected a value for '{path}', but there is none; fill it in.",
  },
  FORM_VALUE_TYPE: {
    kind: 'rejection',
    text: "Expected '{path}' to be {expected}, but it is not; correct it.",
  },
  FORM_VALUE_RANGE: {
    kind: 'rejection',
    text: "Expected '{path}' to be {bound} {limit}, but it is not; correct it.",
  },
  FORM_VALUE_LENGTH: {
    kind: 'rejection',
    text: "Expected '{path}' to have {bound} {limit} characters, but it has not; correct it.",
  },
  FORM_VALUE_PATTERN: {
    kind: 'rejection',
    text: "Expected '{path}' to have the form that is asked for, but it has not; correct it.",
  },
  FORM_VALUE_OPTION: {
    kind: 'rejection',
    text: "Expected '{path}' to be one of the options, but it is none of them; choose one.",
  },
  FORM_CONDITION_FAILED: {
    kind: 'rejection',
    text: "Expected the expression of '{path}' to be computable, but {detail}; correct the form.",
  },
  FORM_TOO_LARGE: {
    kind: 'rejection',
    text: 'Expected a submission of at most {limit} values, but it has more; send less.',
  },
} as const satisfies Record<string, ErrorRow>;
