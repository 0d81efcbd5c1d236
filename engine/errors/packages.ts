import type { ErrorRow } from './kinds.js';

/** What `jornada lint` says of a package that would be deployed all the same, or would fail at a side effect. */
export const PACKAGE_ERRORS = {
  PACKAGE_DECISION_DIFFERS: {
    kind: 'finding',
    text: "Expected {output} of decision '{id}' to be {expected} in this row, but {by} gives {detail}; correct the table or the row.",
  },
  PACKAGE_DECISION_UNTRIED: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected rows that try decision '{id}', but there is no '{path}'; write some as docs/adding-a-process.md shows.",
  },
  PACKAGE_END_UNTRIED: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected a scenario for each end event, but none reaches '{id}'; write one in scenarios/.",
  },
  PACKAGE_FILE_UNUSED: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected every {what} of the package to be used, but nothing names '{path}'; name it in a model ({remedy}), or remove it.",
  },
  PACKAGE_FORM_UNTRIED: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected a scenario that answers form '{form}', but none completes '{id}'; write one in scenarios/.",
  },
  PACKAGE_GROUP_UNKNOWN: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected the candidate groups of '{id}' to be roles of process.yaml, but '{group}' is none{meant}; correct it, or add the role.",
  },
  PACKAGE_LANGUAGE_MISSING: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected {what} in English and in Portuguese, but {detail}; add what is missing.',
  },
  PACKAGE_MAIL_INVALID: {
    kind: 'finding',
    text: "Expected '{path}' to be filled in from the sample of '{mail}' in process.yaml, but {detail}; correct the template or the sample.",
  },
  PACKAGE_MAIL_MISSING: {
    kind: 'finding',
    text: "Expected a template of mail '{mail}' that '{id}' sends, but there is no '{path}'; add it, or correct the header 'jornada:mail'.",
  },
  PACKAGE_MAIL_UNDESCRIBED: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected '{mail}' among 'mails' of process.yaml, but it is not there; describe it, with a sample that its template can be tried with.",
  },
  PACKAGE_NAME_MISMATCH: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected the folder of process '{key}' to have its name, but it is '{folder}'; give 'key' of process.yaml and the process in process.bpmn the name '{folder}', or rename the folder, else commands know the package by another name than the process.",
  },
  PACKAGE_OUTCOME_UNMATCHED: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected the variable 'outcome' at the end events and 'outcomes' of process.yaml to match, but {detail}; correct one of them.",
  },
  PACKAGE_SCENARIOS_UNRUN: {
    kind: 'finding',
    severity: 'warning',
    text: 'Expected to run every scenario and tell which end events none reaches, but {detail}; correct that first.',
  },
  PACKAGE_TYPE_UNSERVED: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected task type '{type}' of '{id}' to be one that is served here, but it is not{meant}; correct it, or name the task queue of your worker with 'jornada:taskQueue'.",
  },
  PACKAGE_VARIABLE_UNDECLARED: {
    kind: 'finding',
    severity: 'warning',
    text: "Expected variables that process.yaml declares, but '{name}' in {place} is none{meant}; correct the name, or declare it.",
  },
} as const satisfies Record<string, ErrorRow>;
