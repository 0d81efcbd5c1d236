/** A side effect as any real one: behind the ledger, under the key of the job, to a service that takes a key once. */
import { createHash } from 'node:crypto';
import type { JobInput, ServiceTask } from '../../../contracts/job.js';
import type { Effects, Lease } from '../../../store/index.js';

/** A killed attempt holds its effect so long. */
const HOLD_MS = 5000;
const ANSWER_WITHIN_MS = 3000;

/** Makes the service task: it calls the receiver once for each element instance. */
export function callOnce(effects: Effects, receiver: string): ServiceTask {
  return async ({ effectKey, instanceId, elementId, variables }: JobInput) => {
    const payload = JSON.stringify({ instanceId, elementId, number: variables.number ?? null });
    const hash = createHash('sha256').update(payload).digest('hex');
    const row = await effects.plan(effectKey, 'http', hash);
    if (row.state === 'confirmed') return { [nameOf(elementId)]: row.response };
    const lease: Lease = await effects.lease(effectKey, HOLD_MS);
    await effects.sent(lease);
    const receipt = await post(receiver, effectKey, payload).catch(async (error: unknown) => {
      // The receiver knows the key, so sending again is safe: the next attempt need not wait for the lease.
      await effects.renew(lease, 0);
      throw error;
    });
    await effects.confirm(lease, receipt);
    return { [nameOf(elementId)]: receipt };
  };
}

const nameOf = (elementId: string): string => `receipt_${elementId}`;

async function post(receiver: string, key: string, payload: string): Promise<string> {
  const response = await fetch(receiver, {
    method: 'POST',
    headers: { 'Idempotency-Key': key },
    body: payload,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
  return ((await response.json()) as { readonly receipt: string }).receipt;
}
