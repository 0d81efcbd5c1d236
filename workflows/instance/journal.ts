/** Entries that the store did not take stay with the instance and are offered again. Class: workflow. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Host } from './host.js';

const FIRST_MS = 1000;
const MOST_DOUBLINGS = 6;

/** Sees to it that the journal is offered again when a part of it is not stored. */
export function keepOffering(host: Host): void {
  host.flushDue = false;
  if (host.unacknowledged.length === 0) {
    host.flushFailures = 0;
    host.flushTimer?.cancel();
    host.flushTimer = null;
  } else if (host.flushTimer === null) {
    offerLater(host);
  }
}

function offerLater(host: Host): void {
  const waitMs = FIRST_MS * 2 ** Math.min(host.flushFailures, MOST_DOUBLINGS);
  host.flushFailures += 1;
  const scope = new CancellationScope();
  host.flushTimer = scope;
  const due = (): void => {
    host.flushTimer = null;
    host.flushDue = true;
  };
  void scope
    .run(() => sleep(waitMs))
    .then(due, (error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}
