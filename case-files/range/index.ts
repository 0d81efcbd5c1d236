/** Ranges of the log: found between checkpoints, and packed so that anybody can check them. */
export { type AskedRange, type FoundRange, findRange, MOST_OF_RANGE } from './find.js';
export { packRange, type RangeTaken, type RangeTaking } from './pack.js';
