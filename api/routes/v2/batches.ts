/** Acts upon all instances that fit a filter, by Camunda's API: each begins a batch, which is looked at and turned here. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BatchPlan } from '../../../contracts/batches.js';
import { type AskedDeps, askerOf, camundaOf, keyIn, searcherOf } from '../../camunda/asking.js';
import { BATCH_ITEMS } from '../../camunda/batches.js';
import { A_BATCH_ITEM } from '../../camunda/examples.js';
import { invalid } from '../../camunda/fields.js';
import { idOfKey, idsOf, keysFor, partsOf } from '../../camunda/keys.js';
import { PROCESS_INSTANCES } from '../../camunda/process-instances.js';
import { outcomeOf } from '../../camunda/refusals.js';
import { answerSearch, wantedBy } from '../../camunda/search.js';
import { addSearchCsv } from '../../csv/search.js';
import type { AppState, CamundaDeps } from '../../deps.js';
import { inputOf } from '../../input.js';
import type { RouteName } from '../../permissions.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';
import { ABOUT, MIGRATE, MOVE, NOTHING, OF_ALL } from './batches.about.js';
import { aboutSearch } from './searches.js';

const LARGE = { bodyLimit: 300_000 };

const PLAIN = {
  cancelProcessInstances: { type: 'CANCEL_PROCESS_INSTANCE' },
  deleteProcessInstances: { type: 'DELETE_PROCESS_INSTANCE' },
  suspendProcessInstances: { type: 'SUSPEND_PROCESS_INSTANCE' },
  resumeProcessInstances: { type: 'RESUME_PROCESS_INSTANCE' },
  resolveIncidents: { type: 'RESOLVE_INCIDENT' },
} as const satisfies Partial<Record<RouteName, BatchPlan>>;

const TURNS = {
  cancelBatchOperation: 'cancel',
  suspendBatchOperation: 'suspend',
  resumeBatchOperation: 'resume',
} as const;

/** Adds them. */
export function addBatches(app: FastifyInstance, state: AppState): void {
  const begin = (request: FastifyRequest, plan: BatchPlan, given: Given) =>
    beginBatch(camundaOf(state, request), request, plan, given);
  for (const [route, plan] of Object.entries(PLAIN)) {
    const handler = (request: FastifyRequest) =>
      begin(request, plan, inputOf(OF_ALL, request.body).filter);
    addRoute(app, route as keyof typeof PLAIN, ABOUT[route as keyof typeof PLAIN], handler, LARGE);
  }
  const modify = (request: FastifyRequest) => {
    const { moveInstructions: moves, ...wanted } = inputOf(MOVE, request.body);
    return begin(request, { type: 'MODIFY_PROCESS_INSTANCE', moves }, wanted.filter);
  };
  addRoute(app, 'modifyProcessInstances', ABOUT.modifyProcessInstances, modify, LARGE);
  const migrate = async (request: FastifyRequest) => {
    const { migrationPlan, ...wanted } = inputOf(MIGRATE, request.body);
    const { targetProcessDefinitionKey: key, mappingInstructions: mappings } = migrationPlan;
    const plan = { ...(await targetOf(camundaOf(state, request), key)), mappings };
    return begin(request, { type: 'MIGRATE_PROCESS_INSTANCE', ...plan }, wanted.filter);
  };
  addRoute(app, 'migrateProcessInstances', ABOUT.migrateProcessInstances, migrate, LARGE);
  addRoute(app, 'resolveIncidentsOfInstance', ABOUT.resolveIncidentsOfInstance, async (request) => {
    inputOf(NOTHING, request.body ?? undefined);
    const processInstanceKey = keyIn(request);
    await idOfKey(camundaOf(state, request).store, 'processInstance', processInstanceKey);
    return begin(request, PLAIN.resolveIncidents, { processInstanceKey });
  });
  for (const [route, turn] of Object.entries(TURNS)) {
    addRoute(
      app,
      route as keyof typeof TURNS,
      ABOUT[route as keyof typeof TURNS],
      async (request, reply) => {
        const { store, operate } = camundaOf(state, request);
        const key = await idOfKey(store, 'batchOperation', keyIn(request));
        inputOf(NOTHING, request.body ?? undefined);
        outcomeOf(await operate('turnBatch', { key, turn }, askerOf(request)));
        return reply.code(204).send();
      },
    );
  }
  addRoute(
    app,
    'searchBatchOperationItems',
    aboutSearch(BATCH_ITEMS, 'items of batch operations', A_BATCH_ITEM),
    async (request, reply) => {
      const deps = camundaOf(state, request);
      const searcher = searcherOf(request, deps);
      return reply
        .code(200)
        .send(await answerSearch(deps.store, BATCH_ITEMS, searcher, request.body));
    },
    LARGE,
  );
  addSearchCsv(app, state, 'batchOperationItemsCsv', BATCH_ITEMS, 'items of batch operations');
}

type Given = Readonly<Record<string, unknown>>;

/** Begins one upon what a filter means. Errors: those of a search; one that nothing can fit is refused. */
async function beginBatch(
  deps: AskedDeps,
  request: FastifyRequest,
  plan: BatchPlan,
  given: Given,
): Promise<object> {
  const { store, operate } = deps;
  if (Object.keys(given).length === 0) {
    throw invalid('filter', 'it is empty: say which instances are meant, such as by their state');
  }
  const meant = await wantedBy(store, PROCESS_INSTANCES, searcherOf(request, deps), given);
  if (meant === null) throw new Problem('NOT_FOUND');
  const begun = outcomeOf(
    await operate('beginBatch', { plan, ...(meant as object) } as never, askerOf(request)),
  );
  const keyOf = await keysFor(store, [['batchOperation', begun.batchId]]);
  return {
    batchOperationKey: keyOf('batchOperation', begun.batchId),
    batchOperationType: plan.type,
  };
}

/** The version that a key names. Errors: `NOT_FOUND`. */
export async function targetOf({ store }: Pick<CamundaDeps, 'store'>, key: string) {
  const [target = null] = await idsOf(store, 'processDefinition', [key]);
  if (target === null) throw new Problem('NOT_FOUND');
  const { instanceId: processId, rest: version } = partsOf(target);
  return { processId, version: Number(version) };
}
