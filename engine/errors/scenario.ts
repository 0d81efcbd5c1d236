import type { ErrorRow } from './kinds.js';

/** Codes of scenarios and of the in-memory host that runs them. */
export const SCENARIO_ERRORS = {
  PLAY_ENDLESS: {
    kind: 'failure',
    text: 'Expected the run to come to rest, but more than {limit} events followed from one command at {at}; let its loop wait for something or end.',
  },
  PROCESS_UNKNOWN: {
    kind: 'rejection',
    text: "Expected a process of this run, but there is no '{processId}'; it has {known}.",
  },
  SCENARIO_FILE_MISSING: {
    kind: 'failure',
    text: "Expected a file '{file}' as {place} says, but {detail}; correct the path, which counts from the scenario's folder.",
  },
  SCENARIO_HOST_MISSING: {
    kind: 'failure',
    text: "Expected the durable host to run scenarios on, but {detail}; run them with '--on play'.",
  },
  SCENARIO_INVALID: {
    kind: 'failure',
    text: "Expected a scenario, but {place} of '{file}'{line} is wrong: {detail}; see docs/scenarios.md.",
  },
  SCENARIO_PACKAGE_MISSING: {
    kind: 'failure',
    text: "Expected a package '{key}' as {place} says, but there is no definitions/{key}/process.bpmn in this folder or above; correct the key or name a file.",
  },
} as const satisfies Record<string, ErrorRow>;
