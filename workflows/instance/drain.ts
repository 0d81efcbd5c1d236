/** Runs that cannot come to rest by themselves. Class: workflow. Source: Temporal, "Continue-As-New". */
import { workflowInfo } from '@temporalio/workflow';
import type { Host } from './host.js';

/** Above, no more moves are made that would start still more, and no new run begins. */
export const MOST_WAITING_BYTES = 256 * 1024;

/** Starts nothing more in a run that is far too long, so that it comes to rest. */
export function drainLongRun({ start: { limits }, window }: Host): void {
  const { historyLength, historySize } = workflowInfo();
  const isLong = historyLength >= limits.drainEvents || historySize >= limits.drainBytes;
  // What waits goes with the instance into its next run, so it must be little by then.
  window.drain(isLong && window.waitingBytes <= MOST_WAITING_BYTES);
}
