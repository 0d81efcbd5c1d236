/** Runs that cannot come to rest by themselves. Class: workflow. Source: temporal.md 3.4. */
import { workflowInfo } from '@temporalio/workflow';
import type { Host } from './host.js';

/** Starts nothing more in a run that is far too long, so that it comes to rest. */
export function drainLongRun({ start: { limits }, window }: Host): void {
  if (workflowInfo().historyLength >= limits.drainEvents) window.drain();
}
