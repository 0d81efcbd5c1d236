import type { ErrorRow } from './kinds.js';

/** Codes of the command line and of the control socket between it and a running engine. */
export const CLI_ERRORS = {
  ARGUMENT_INVALID: {
    kind: 'rejection',
    text: 'Expected {expected}, but {detail}; correct the command.',
  },
  BENCH_MISSING: {
    kind: 'failure',
    text: "Expected the measurements in '{file}', but it is not there; run this in a checkout of the sources.",
  },
  COMMAND_FAILED: {
    kind: 'failure',
    text: 'Expected the command to come to its end, but {detail}; see all of it with --debug.',
  },
  COMMAND_INVALID: {
    kind: 'rejection',
    text: "Expected a command as the help shows it, but {detail}; see 'npx jornada help'.",
  },
  CONFIRMATION_MISSING: {
    kind: 'rejection',
    text: 'Expected consent to {act}, but nobody can be asked here; repeat the command with --yes.',
  },
  CONTROL_ANSWER_INVALID: {
    kind: 'failure',
    text: "Expected an answer that this version understands, but {detail}; end the engine of '{folder}' and start it with this version.",
  },
  CONTROL_FAILED: {
    kind: 'failure',
    text: 'Expected the engine to carry this out, but {detail}; see what the engine says where it was started.',
  },
  CONTROL_OPERATION_UNKNOWN: {
    kind: 'rejection',
    text: "Expected an operation that the engine knows, but there is no '{operation}'; end the engine and start it with this version.",
  },
  CONTROL_REQUEST_INVALID: {
    kind: 'rejection',
    text: 'Expected a request as the engine knows it, but {detail}; correct the command.',
  },
  CONTROL_REQUEST_TOO_LARGE: {
    kind: 'rejection',
    text: 'Expected a request of at most {limit} bytes, but it is larger; send less at a time.',
  },
  DATA_FOLDER_FOREIGN: {
    kind: 'failure',
    text: "Expected '{folder}' to be a data folder, but it holds other files and no '{marker}'; choose an empty or a new folder.",
  },
  DATA_FOLDER_HELD: {
    kind: 'failure',
    text: "Expected '{folder}' to be free, but process {pid} runs an engine on it since {since}; use that one, end it with 'kill {pid}', or start with another folder: --data FOLDER.",
  },
  DATA_FOLDER_STARTING: {
    kind: 'failure',
    text: "Expected '{folder}' to be free, but process {pid} is starting an engine on it: {stage}, {seconds} s so far; wait for that one, end it with 'kill {pid}', or start with another folder: --data FOLDER.",
  },
  DATA_FOLDER_UNUSABLE: {
    kind: 'failure',
    text: "Expected to keep data in '{folder}', but {detail}; give this user the right to write there, or choose another folder with --data FOLDER.",
  },
  DEPENDENCIES_MISSING: {
    kind: 'failure',
    text: "Expected the dependencies of Jornada in node_modules, but '{name}' is not there; run 'npm ci' in the folder of its package.json, or 'npm start'.",
  },
  ENGINE_LOST: {
    kind: 'failure',
    text: "Expected an answer of the engine on '{folder}', but it went away after it was asked; look whether it was done before you ask again.",
  },
  ENGINE_NOT_RUNNING: {
    kind: 'failure',
    text: "Expected a running engine on '{folder}', but none answers; start one with '{command}'.",
  },
  ENGINE_STARTING: {
    kind: 'failure',
    text: "Expected a running engine on '{folder}', but process {pid} is starting: {stage}, {seconds} s so far; wait until it says that it is ready, and try again.",
  },
  MESSAGE_NOT_CORRELATED: {
    kind: 'rejection',
    text: "Expected an instance that waits for message '{name}' with this key, but none does and nothing was kept; publish it instead to keep it until one does ('npx jornada publish msg {name} --key KEY').",
  },
  PACKAGE_EMPTY: {
    kind: 'rejection',
    text: "Expected .bpmn, .dmn or .form files in '{place}', but there are none; name a file or the folder of a package.",
  },
  PLACE_MISSING: {
    kind: 'rejection',
    text: "Expected a file, a folder, a pattern or the name of a package, but there is no '{place}'; correct it: {packages}.",
  },
  REFERENCE_AMBIGUOUS: {
    kind: 'rejection',
    text: "Expected one {what}, but '{key}' fits {count}: {candidates}; write more of it.",
  },
  REFERENCE_UNKNOWN: {
    kind: 'rejection',
    text: "Expected {what} '{key}', but there is none; list them with 'npx jornada search {resource}'.",
  },
  START_FAILED: {
    kind: 'failure',
    text: 'Expected {stage} to start, but {detail}; mend that and start again.',
  },
  TEMPLATES_UNUSABLE: {
    kind: 'failure',
    text: "Expected to read and write element templates in '{file}', but {detail}; correct it, or choose another folder: --out FOLDER.",
  },
  WORKER_ENDED: {
    kind: 'failure',
    text: 'Expected the worker to go on, but it ended: {detail}; start again, nothing is lost.',
  },
} as const satisfies Record<string, ErrorRow>;
