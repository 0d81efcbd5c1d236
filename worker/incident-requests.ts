/**
 * An incident stands in the store a moment before its instance knows it, as a task does (`task-requests.ts`): a worker that was
 * killed may have written a decision that Temporal never recorded. Who resolves it within that moment asks again, under
 * an id made of the request's own, for an instance remembers what it refused. What stood in the store when it was asked is
 * waited for, though the refusal took it from there. Class: side effect.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../store/index.js';
import type { EngineAnswer } from './instances.js';
import { pendingFault } from './pending.js';

/** A request about one incident. */
interface IncidentRequest {
  readonly instanceId: string;
  readonly incidentId: string;
  readonly requestId: string | null;
}

/** How often it is asked at most; the pauses make some ten seconds. */
const MOST = 16;
const PAUSE_MS = { first: 20, most: 1_000 };

/** Sends a request, again while the instance does not know an incident that the store has as active, or had when it was asked. */
export async function untilIncidentKnown<R extends IncidentRequest>(
  { incidents }: Pick<Store, 'incidents'>,
  request: R,
  send: (request: R) => Promise<EngineAnswer>,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<EngineAnswer> {
  const { requestId, instanceId, incidentId } = request;
  const find = async () =>
    (await incidents.search({ filter: { instanceId, incidentId }, limit: 1 })).items[0] ?? null;
  const before = find().catch(() => null);
  for (let times = 1; ; times += 1) {
    const isFirst = times === 1 || requestId === null;
    const answer = await send(
      isFirst ? request : { ...request, requestId: `${requestId} ${times}` },
    );
    if (answer.code !== 'INCIDENT_UNKNOWN') return answer;
    const found = (await find().catch(() => null)) ?? (await before);
    if (found?.state !== 'ACTIVE') return answer;
    if (times === MOST) return { ...answer, ...pendingFault('incident', incidentId) };
    await wait(Math.min(PAUSE_MS.first * 2 ** (times - 1), PAUSE_MS.most));
  }
}
