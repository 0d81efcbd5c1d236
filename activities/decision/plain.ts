import type { JobOutput } from '../../contracts/job.js';
import type { Variables } from '../../engine/model/index.js';

/** A result as Temporal records it: what a worker decides on, and keeps, must be the same. Class: pure. */
export const plain = (output: JobOutput): Variables =>
  JSON.parse(JSON.stringify(output ?? {})) as Variables;
