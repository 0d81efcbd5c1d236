/** The end of an instance: when its last run may close, and with what. Class: workflow. */
import { allHandlersFinished } from '@temporalio/workflow';
import type { InstanceEnd } from '../../contracts/instance.js';
import type { Host } from './host.js';

/** Whether the instance has ended, its effects are carried out and its journal is stored. */
export function mayFinish(host: Host): boolean {
  const isIdle = host.queue.length === 0 && !host.hasMore && host.localJobs.length === 0;
  const isEmpty = host.window.openCount === 0 && host.window.waitingCount === 0;
  const isStored = host.unacknowledged.length + host.adopted.length === 0 && host.lanes.size === 0;
  return host.ended !== null && isIdle && isEmpty && isStored && allHandlersFinished();
}

/** The result of the workflow. */
export function endOf({ ended }: Host): InstanceEnd {
  if (!ended) throw new Error('the instance has not ended');
  return ended;
}
