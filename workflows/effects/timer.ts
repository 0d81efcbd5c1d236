/** Timers: one workflow timer each, on the absolute instant that the decision named. Class: workflow. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Host } from '../instance/host.js';
import { enqueue } from '../instance/queue.js';

/** Arms a timer; one of the same id is replaced. What is due already fires without a wait; a virtual clock has none. */
export function armTimer(host: Host, id: string, dueAt: string): void {
  cancelTimer(host, id);
  if (host.start.clock === 'virtual') return;
  const waitMs = Date.parse(dueAt) - Date.now();
  if (waitMs <= 0) {
    enqueue(host, { kind: 'timerFired', timerId: id });
    return;
  }
  const scope = new CancellationScope();
  host.timers.set(id, scope);
  const fired = (): void => {
    if (host.timers.get(id) === scope) host.timers.delete(id);
    enqueue(host, { kind: 'timerFired', timerId: id });
  };
  // As many promises deep as the end of a job: what Temporal tells first in one activation is queued first.
  void scope
    .run(async () => {
      await sleep(waitMs);
    })
    .then(fired, (error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}

/** Disarms a timer; one that fired or never was is no matter. */
export function cancelTimer({ timers }: Host, id: string): void {
  timers.get(id)?.cancel();
  timers.delete(id);
}
