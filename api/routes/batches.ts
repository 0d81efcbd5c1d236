/** Acts upon many instances: tried out, begun with a reason, looked at. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BatchPlan } from '../../contracts/batches.js';
import { batchTrial, type SentPlan } from '../../contracts/instances.js';
import { type AskedDeps, askerOf, camundaOf, keyIn, searcherOf } from '../camunda/asking.js';
import { invalid } from '../camunda/fields.js';
import { idOfKey, keyed, keysFor } from '../camunda/keys.js';
import { PROCESS_INSTANCES } from '../camunda/process-instances.js';
import { type Wanted, wantedBy } from '../camunda/search.js';
import { surroundingsOf } from '../camunda/surroundings.js';
import type { AppState } from '../deps.js';
import { answerOf, inputOf } from '../input.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { outcomeIn } from '../refused.js';
import { ABOUT, BATCH, BEGIN, BEGUN, TRIAL } from './instances.about.js';
import { targetOf } from './v2/batches.js';

const LARGE = { bodyLimit: 300_000 };

/** Adds them. */
export function addBatchActs(app: FastifyInstance, state: AppState): void {
  addRoute(
    app,
    'tryBatch',
    ABOUT.tryBatch,
    async (request) => {
      const deps = camundaOf(state, request);
      const { plan: sent, filter, limit, after } = inputOf(TRIAL, request.body);
      const meant = await meantBy(deps, request, filter);
      const input = { plan: await planOf(deps, sent), ...meant, limit, after };
      const trial = outcomeIn(await deps.operate('previewBatch', input as never, askerOf(request)));
      const { instance } = await surroundingsOf(deps.store, trial.verdicts);
      const verdicts = await keyed(deps.store, trial.verdicts, (verdict, keyOf) => ({
        processInstanceKey: keyOf('processInstance', verdict.instanceId),
        businessId: instance(verdict.instanceId)?.businessKey ?? null,
        ...{ outcome: verdict.outcome, code: verdict.code, message: verdict.message },
      }));
      return answerOf(batchTrial, { ...trial, verdicts });
    },
    LARGE,
  );
  addRoute(
    app,
    'beginBatch',
    ABOUT.beginBatch,
    async (request) => {
      const deps = camundaOf(state, request);
      const { plan: sent, filter, reason } = inputOf(BEGIN, request.body);
      const meant = await meantBy(deps, request, filter);
      const input = { plan: await planOf(deps, sent), ...meant };
      const asking = { ...askerOf(request), reason };
      const { batchId, total } = outcomeIn(
        await deps.operate('beginBatch', input as never, asking),
      );
      const keyOf = await keysFor(deps.store, [['batchOperation', batchId]]);
      return answerOf(BEGUN, { batchOperationKey: keyOf('batchOperation', batchId), total });
    },
    LARGE,
  );
  addRoute(app, 'batch', ABOUT.batch, async (request) => {
    const { store, operate } = camundaOf(state, request);
    const batchOperationKey = keyIn(request);
    const key = await idOfKey(store, 'batchOperation', batchOperationKey);
    const { batch, reason } = outcomeIn(await operate('getBatch', { key }, askerOf(request)));
    const { batchId: _, type, state: standing, actor, begunAt, endedAt, ...counts } = batch;
    const { total, completed, failed } = counts;
    return answerOf(BATCH, {
      ...{ batchOperationKey, reason, type, state: standing, actor, begunAt, endedAt },
      ...{ total, completed, failed },
    });
  });
}

/** Which instances are meant. Errors: `INPUT_INVALID`; `NOT_FOUND` where a key is nobody's. */
async function meantBy(
  deps: AskedDeps,
  request: FastifyRequest,
  filter: Readonly<Record<string, unknown>>,
): Promise<Wanted> {
  if (Object.keys(filter).length === 0) {
    throw invalid('filter', 'it is empty: say which instances are meant, such as by their state');
  }
  const meant = await wantedBy(deps.store, PROCESS_INSTANCES, searcherOf(request, deps), filter);
  if (meant === null) throw new Problem('NOT_FOUND');
  return meant;
}

async function planOf(deps: AskedDeps, sent: SentPlan): Promise<BatchPlan> {
  if (sent.type !== 'MIGRATE_PROCESS_INSTANCE') return sent;
  const { targetProcessDefinitionKey, ...plan } = sent;
  return { ...plan, ...(await targetOf(deps, targetProcessDefinitionKey)) };
}
