/** Attempts that one workflow task makes at most are far fewer. */
export const MOST_ATTEMPTS = 100;

/**
 * The fence of an attempt at a decision. Later attempts have greater ones: a workflow task that is tried again starts
 * later, on Temporal's clock. Class: pure.
 *
 * @param taskStartedAt - milliseconds since the epoch
 * @param attempt - from 1
 */
export function fenceOf(taskStartedAt: number, attempt: number): number {
  return taskStartedAt * MOST_ATTEMPTS + Math.min(attempt, MOST_ATTEMPTS - 1);
}
