/**
 * An instance under a virtual clock: no timer runs by itself. Whoever moves the clock fires those that are due, and
 * asks whether all is at rest before it goes on. Class: workflow.
 */
import { defineUpdate, setHandler } from '@temporalio/workflow';
import { LOOKS, UPDATES } from '../../contracts/names.js';
import type { InstancePulse } from '../../contracts/pulse.js';
import type { Host } from './host.js';
import { showBy } from './look.js';
import { enqueue } from './queue.js';

/** Registers what a virtual clock needs; under Temporal's clock nothing of it exists. */
export function registerVirtualClock(host: Host): void {
  if (host.start.clock !== 'virtual') return;
  setHandler(defineUpdate<void, [string]>(UPDATES.fireTimer), (timerId) => {
    host.updates += 1;
    enqueue(host, { kind: 'timerFired', timerId });
  });
  showBy(LOOKS.pulse, () => pulseOf(host));
}

function pulseOf(host: Host): InstancePulse {
  const { queue, deciding, localJobs, lanes, window, decisions, updates, signals } = host;
  const own = queue.length + deciding.length + localJobs.length + Number(host.hasMore);
  const others = lanes.size + window.waitingCount + Number(host.firstAnswer === null);
  return {
    pending: own + others,
    open: window.openCount,
    turns: decisions + updates + signals,
  };
}
