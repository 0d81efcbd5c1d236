import type { ErrorRow } from './kinds.js';

/** Codes of running instances: incidents of the core and its answers to requests. */
export const RUNTIME_ERRORS = {
  CALL_CANCELLED: {
    kind: 'incident',
    incidentClass: 'CALLED_ELEMENT_ERROR',
    text: "Expected the instance called by '{element}' to end, but it was cancelled; resolve to call again, or cancel this instance as well.",
  },
  CALL_TARGET: {
    kind: 'incident',
    incidentClass: 'CALLED_ELEMENT_ERROR',
    text: "Expected '{element}' to name a deployed process, but '{target}' is none; deploy it or correct the variable, then resolve.",
  },
  CONDITION_NOT_BOOLEAN: {
    kind: 'incident',
    incidentClass: 'CONDITION_ERROR',
    text: "Expected the condition of '{place}' to be true or false, but {detail}; correct the variables, then resolve.",
  },
  CORRELATION_KEY: {
    kind: 'incident',
    incidentClass: 'EXTRACT_VALUE_ERROR',
    text: "Expected the correlation key of '{element}' to be a string or a number, but {detail}; set the variable, then resolve.",
  },
  DEADLOCK: {
    kind: 'incident',
    incidentClass: 'UNKNOWN',
    text: "Expected a token on each flow that join '{element}' needs, but none can reach {flows} any more; cancel the instance and correct the model.",
  },
  EVENT_NOT_AWAITED: {
    kind: 'rejection',
    text: "Expected something to wait for this, but '{subject}' {fate}; nothing was changed.",
  },
  EXPRESSION_FAILED: {
    kind: 'incident',
    incidentClass: 'EXTRACT_VALUE_ERROR',
    text: "Expected a value for '{place}', but {detail}; correct the variables, then resolve.",
  },
  INCIDENT_UNKNOWN: {
    kind: 'rejection',
    text: "Expected an open incident, but there is no '{incident}'; look the open ones up.",
  },
  INCIDENT_WITHOUT_JOB: {
    kind: 'rejection',
    text: "Expected the incident of a task or job, but '{incident}' stopped '{element}', which does no work; correct the cause and retry.",
  },
  INSTANCE_ENDED: {
    kind: 'rejection',
    text: "Expected a running instance, but '{instance}' is {status}; nothing was changed.",
  },
  INSTANCE_STARTED: {
    kind: 'rejection',
    text: "Expected an instance that has not started, but '{instance}' is {status}; start another.",
  },
  INSTANCE_SUSPENDED: {
    kind: 'rejection',
    text: "Expected an active instance, but '{instance}' has been suspended since {since}; resume it first.",
  },
  INSTANCE_NOT_SUSPENDED: {
    kind: 'rejection',
    text: "Expected a suspended instance, but '{instance}' is not; there is nothing to resume.",
  },
  IO_MAPPING_ERROR: {
    kind: 'incident',
    incidentClass: 'IO_MAPPING_ERROR',
    text: "Expected the mapping to '{target}' of '{element}' to have a value, but {detail}; correct the variables, then resolve.",
  },
  JOB_FAILED: {
    kind: 'incident',
    incidentClass: 'JOB_NO_RETRIES',
    text: "Expected job '{type}' to succeed within its retries, but it failed: {detail}; mend the cause, then resolve.",
  },
  LOOP_LIMIT: {
    kind: 'incident',
    incidentClass: 'UNKNOWN',
    text: "Expected one event to cause at most {limit} moves, but '{element}' would be one more; correct the loop, or resolve to let it run on.",
  },
  MI_SIZE: {
    kind: 'incident',
    incidentClass: 'EXTRACT_VALUE_ERROR',
    text: "Expected a list or a whole number of at most {limit} for multi-instance '{element}', but {detail}; correct the variables, then resolve.",
  },
  MIGRATION_ELEMENT_DIFFERS: {
    kind: 'rejection',
    text: "Expected the token at '{element}' to go on at the same kind of element, but '{element}' is {before} and '{target}' is {after}; map it to another, or move the token first.",
  },
  MIGRATION_ELEMENT_MISSING: {
    kind: 'rejection',
    text: "Expected '{element}', where a token is, in the version to go to, but it is not there; map it to what it is called there, or move the token first.",
  },
  MIGRATION_EVENT: {
    kind: 'rejection',
    text: "Expected '{element}' to be mapped to an event of the same kind at the same place, but '{target}' is none; leave the instruction out to wait for it no more.",
  },
  MIGRATION_FLOW_MISSING: {
    kind: 'rejection',
    text: "Expected sequence flow '{flow}', where a token waits for '{element}', in the version to go to, but none leads there instead; map the flow, or move the token first.",
  },
  MIGRATION_KEY: {
    kind: 'rejection',
    text: "Expected both versions of '{process}' to run under the same key, but one runs under that of the {from} and the other under that of the {to}; let this instance end as it is.",
  },
  MIGRATION_MAPPING: {
    kind: 'rejection',
    text: "Expected the instruction '{source}' to '{target}' to name one thing of each version, but {detail}; correct the ids.",
  },
  MIGRATION_NOWHERE: {
    kind: 'rejection',
    text: "Expected another version of '{process}' to go to, but version {version} is what the instance runs; deploy what has changed, or name a version.",
  },
  MIGRATION_PROCESS: {
    kind: 'rejection',
    text: "Expected a version of '{from}', but it is of '{to}'; name a version of the same process.",
  },
  MIGRATION_SCOPE: {
    kind: 'rejection',
    text: "Expected the token at '{element}' to stay in the scope that it is in, but '{target}' lies in '{after}' and not in what '{before}' becomes; map it to another, or move the token first.",
  },
  MIGRATION_VERSION: {
    kind: 'rejection',
    text: "Expected the instance to run version {expected} of '{process}', but it runs version {found}; look at what it runs, and preview again.",
  },
  MODIFICATION_ELEMENT_CLOSED: {
    kind: 'rejection',
    text: "Expected {instruction} to name an element that a token can be put before, but '{element}' is {what}; {remedy}.",
  },
  MODIFICATION_ELEMENT_UNKNOWN: {
    kind: 'rejection',
    text: "Expected {instruction} to name an element or sequence flow of '{process}', but '{element}' is none; correct the id.",
  },
  MODIFICATION_EMPTY: {
    kind: 'rejection',
    text: 'Expected at least one instruction, but there is none; say what to cancel, to activate or to move.',
  },
  MODIFICATION_OF_ALL: {
    kind: 'rejection',
    text: "Expected {instruction} to name something inside the instance, but it names all of '{process}'; cancel the instance instead.",
  },
  MODIFICATION_SCOPE_AMBIGUOUS: {
    kind: 'rejection',
    text: "Expected {instruction} to say in which scope '{element}' is meant, but {count} live: {candidates}; name one as the ancestor.",
  },
  MODIFICATION_SCOPE_CANCELLED: {
    kind: 'rejection',
    text: "Expected {instruction} to put a token into a scope that stays, but '{scope}' ends by the same modification; name a scope around it.",
  },
  MODIFICATION_SCOPE_MISSING: {
    kind: 'rejection',
    text: "Expected {instruction} to be possible from the scopes that live, but '{element}' lies in '{scope}', which no token can enter so; {remedy}.",
  },
  MODIFICATION_SCOPE_NOT_OPEN: {
    kind: 'rejection',
    text: "Expected {instruction} to put a token into a scope that runs, but '{scope}' {detail}; {remedy}.",
  },
  MODIFICATION_SCOPE_UNKNOWN: {
    kind: 'rejection',
    text: "Expected {instruction} to name a live scope around '{element}' as the ancestor, but '{scope}' is none; look up where the instance stands.",
  },
  MODIFICATION_SOURCE_TWICE: {
    kind: 'rejection',
    text: "Expected each token to be named once, but {instruction} and {other} both take '{source}'; keep one of them.",
  },
  MODIFICATION_SOURCE_UNKNOWN: {
    kind: 'rejection',
    text: "Expected {instruction} to name something live, but '{source}' {fate}; look up where the instance stands.",
  },
  MODIFICATION_TOO_LARGE: {
    kind: 'rejection',
    text: 'Expected a modification of at most {limit} tokens, but these are {tokens}; make several of it.',
  },
  MODIFICATION_VARIABLES_SCOPE: {
    kind: 'rejection',
    text: "Expected {instruction} to set variables at '{element}' or in a scope around it, but '{scope}' is neither; name one of these, or none for the process.",
  },
  NO_FLOW_SELECTED: {
    kind: 'incident',
    incidentClass: 'CONDITION_ERROR',
    text: "Expected a condition of '{element}' to hold, but none does and it has no default flow; correct the variables, then resolve.",
  },
  PAYLOAD_TOO_LARGE: {
    kind: 'incident',
    incidentClass: 'MESSAGE_SIZE_EXCEEDED',
    text: 'Expected at most {limit} bytes to be sent at once, but these are {bytes}; make the variables smaller or map fewer of them, then resolve.',
  },
  SCOPE_UNKNOWN: {
    kind: 'rejection',
    text: "Expected a live scope, but there is no '{scope}'; name the process or a live sub-process.",
  },
  START_AMBIGUOUS: {
    kind: 'rejection',
    text: 'Expected the name of a start event, but the process has several none starts: {starts}; name one.',
  },
  START_EVENT_UNKNOWN: {
    kind: 'rejection',
    text: "Expected a start event of '{process}', but '{element}' is none; it has {starts}.",
  },
  START_NOT_POSSIBLE: {
    kind: 'rejection',
    text: "Expected a none start event in '{process}', but it starts only by {starts}; start it that way.",
  },
  TASK_ACTION_UNKNOWN: {
    kind: 'rejection',
    text: "Expected an action of form '{form}', but '{action}' is none; it has {actions}.",
  },
  TASK_ASSIGNED: {
    kind: 'rejection',
    text: "Expected task '{task}' to be free, but {assignee} has it; ask them or let a lead reassign it.",
  },
  TASK_CHANGED: {
    kind: 'rejection',
    text: "Expected task '{task}' as it was at version {seen}, but it is at {version}; look at it again.",
  },
  TASK_CHANGE_INVALID: {
    kind: 'rejection',
    text: "Expected changes that task '{task}' can have, but {detail}; correct them.",
  },
  TASK_DELEGATED: {
    kind: 'rejection',
    text: "Expected task '{task}' to be back with {owner}, who delegated it, but {assignee} has it; return it first.",
  },
  TASK_FOUR_EYES: {
    kind: 'rejection',
    text: "Expected somebody else than {people} to do task '{task}', but it was {actor}; ask a colleague.",
  },
  TASK_NOT_ASSIGNED: {
    kind: 'rejection',
    text: "Expected somebody to have task '{task}' who delegates it, but nobody does; assign it instead.",
  },
  TASK_NOT_DELEGATED: {
    kind: 'rejection',
    text: "Expected task '{task}' to be delegated, but it is not; unassign it to give it back to its candidates.",
  },
  TASK_UNKNOWN: {
    kind: 'rejection',
    text: "Expected an open user task, but '{task}' {fate}; nothing was changed.",
  },
  TIME_TO_LIVE: {
    kind: 'incident',
    incidentClass: 'EXTRACT_VALUE_ERROR',
    text: "Expected the time to live of {sender} to be an ISO 8601 duration without years and months, but it is '{text}'; correct the value, then resolve.",
  },
  UNCAUGHT_ERROR: {
    kind: 'incident',
    incidentClass: 'UNHANDLED_ERROR_EVENT',
    text: "Expected error '{error}' of '{element}' to be caught, but no boundary event or event sub-process does; {detail}.",
  },
  VARIABLES_SIZE: {
    kind: 'rejection',
    text: 'Expected the variables of a process to have at most {limit} bytes in all, but they would have {size}; store large ones elsewhere and pass references, or make others smaller first.',
  },
  VARIABLE_CHANGED: {
    kind: 'rejection',
    text: "Expected variable '{name}' as it was seen, but it was changed meanwhile; look at what it holds now, then set it again.",
  },
  VARIABLE_MISSING: {
    kind: 'rejection',
    text: "Expected variable '{name}' ({type}) at the start, but it is missing; pass it.",
  },
  VARIABLE_NAME: {
    kind: 'rejection',
    text: "Expected a variable name, but '{name}' is reserved; choose another.",
  },
  VARIABLE_SIZE: {
    kind: 'rejection',
    text: "Expected variable '{name}' to have at most {limit} bytes, but it has {size}; store it elsewhere and pass a reference.",
  },
  VARIABLE_TYPE: {
    kind: 'rejection',
    text: "Expected variable '{name}' to be of type {type}, but it is {actual}; correct it.",
  },
  VARIABLE_UNDECLARED: {
    kind: 'rejection',
    text: "Expected declared variables, but '{name}' is none of them; declare it in process.yaml or leave it out.",
  },
} as const satisfies Record<string, ErrorRow>;
