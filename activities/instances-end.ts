/**
 * `instances.end`: ends every instance under the customer's key and waits until Temporal runs none of them, for one that
 * runs on could not even be replayed once the key is destroyed. What erases runs under the operator's key, so it is not
 * among them. From here on nothing is begun for the customer. Of one that was terminated, or that Temporal has lost, no
 * journal tells that it ended: the system `histories` writes it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { markGone, openInstances } from '../store/erasure/index.js';
import { SUBJECT, subjectOf } from './erasure/subject.js';
import { again } from './failures.js';
import { once, partOf, type SideEffectDeps, sideEffect } from './side-effect.js';

/** How long an instance has to end by itself, and how long one attempt waits. */
const PATIENCE_MS = 20_000;
const ATTEMPT_MS = 45_000;
const LOOK_MS = 250;

/** → `{endedInstances}`. Errors: `INSTANCES_STILL_RUNNING`, tried again. */
export const instancesEnd = sideEffect({
  type: 'instances.end',
  describes: {
    title: 'End instances of a customer',
    says: 'Ends every instance under the key of the customer, and waits until they have ended.',
    output: { endedInstances: 'how many there were' },
  },
  input: SUBJECT,
  run: async (input, job, deps) => {
    const { customerId, keyIds, requestId } = await subjectOf(
      deps.record,
      deps.erasure.keys,
      input,
    );
    const first = partOf(job, 'gone');
    const found = await once(deps, first, 'instances.gone', { requestId }, async (tx) => {
      await markGone(tx, customerId);
      return { count: (await openInstances(tx, keyIds)).length };
    });
    await endAll(deps, keyIds, requestId);
    return { endedInstances: found.count };
  },
});

async function endAll(
  { erasure }: SideEffectDeps,
  keyIds: readonly string[],
  requestId: string,
): Promise<void> {
  const began = erasure.clockMs();
  for (;;) {
    const open = await erasure.reading((db) => openInstances(db, keyIds));
    const waitedMs = erasure.clockMs() - began;
    const running: string[] = [];
    for (const instanceId of open) {
      if (await erasure.instances.end(instanceId, requestId)) continue;
      running.push(instanceId);
      if (waitedMs > PATIENCE_MS) await erasure.instances.terminate(instanceId);
    }
    if (running.length === 0) return;
    if (waitedMs > ATTEMPT_MS) {
      const instances = running.slice(0, 3).join(', ');
      throw again('INSTANCES_STILL_RUNNING', { count: running.length, instances });
    }
    await pause(LOOK_MS);
  }
}
