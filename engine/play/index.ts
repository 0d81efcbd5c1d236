/** The in-memory host with a virtual clock: scenarios, preview, random tests. Class: pure. */
export { PlayFailure } from './failure.js';
export { createPlay } from './play.js';
export type * from './types.js';
