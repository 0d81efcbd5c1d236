import type { ErrorRow } from './kinds.js';

/** Codes of this area. */
export const TIMER_ERRORS = {
  TIMER_ENDED: {
    kind: 'incident',
    text: "Expected at least one firing of '{text}' before its end, but the first one would be at {dueAt}; move the end or arm the timer earlier.",
  },
  TIMER_INVALID: {
    kind: 'incident',
    text: "Expected {form} as {kind} of a timer, but '{text}' {detail}; correct the value.",
  },
  TIMER_OUT_OF_RANGE: {
    kind: 'incident',
    text: "Expected a timer with a period of at least 1 s, at most 100000 repetitions and no due time more than 100 years ahead, but '{text}' {detail}; choose a value inside these limits.",
  },
  TIMER_ZONE_UNKNOWN: {
    kind: 'incident',
    text: "Expected an IANA time zone, but '{zone}' is unknown; correct the name.",
  },
} as const satisfies Record<string, ErrorRow>;
