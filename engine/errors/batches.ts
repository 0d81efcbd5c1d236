import type { ErrorRow } from './kinds.js';

/** Codes of acts upon many instances at once. */
export const BATCH_ERRORS = {
  BATCH_ITEM_FAILED: {
    kind: 'failure',
    text: 'Expected to carry it out, but it failed {attempts} times, last by this: {detail}; look at the instance, and begin another batch for what is left.',
  },
  BATCH_PROCESS: {
    kind: 'rejection',
    text: "Expected an instance of process '{process}', but it runs '{found}'; filter by the process.",
  },
  BATCH_STATE: {
    kind: 'rejection',
    text: "Expected a batch that this can be done to, but '{batch}' is {state}; look at how far it is.",
  },
  BATCH_TOO_LARGE: {
    kind: 'rejection',
    text: 'Expected at most {most} items, but there are more; narrow the filter.',
  },
  BATCH_UNKNOWN: {
    kind: 'rejection',
    text: "Expected a batch, but there is no '{batch}'; look them up.",
  },
} as const satisfies Record<string, ErrorRow>;
