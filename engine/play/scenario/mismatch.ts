import type { Json } from '../../model/index.js';

/** What does not hold: where, what was expected, and what is. */
export interface Mismatch {
  /** `steps[3].expect.waitingAt`, `expect.completed`. */
  readonly at: string;
  readonly expected: Json;
  readonly actual: Json;
}
