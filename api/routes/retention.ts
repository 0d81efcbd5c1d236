/** Retention: how long instances of each process are kept that have ended, and the deletion of those that are not. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type RetainedProcess,
  type RetentionTrial,
  retainedProcess,
  retentionTrial,
} from '../../contracts/instance-retention.js';
import { reason } from '../../contracts/instances.js';
import { type Retained, readRetention, termsOf } from '../../registry/index.js';
import type { Keeping, KeptCount } from '../../store/index.js';
import { askerOf, camundaOf } from '../camunda/asking.js';
import { A_BATCH_KEY } from '../camunda/examples.js';
import { keysFor } from '../camunda/keys.js';
import type { AppState, CamundaDeps } from '../deps.js';
import { answerOf, inputOf } from '../input.js';
import { type About, answers, sent } from '../openapi/about.js';
import { AN_INSTANT } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { outcomeIn } from '../refused.js';
import { BEGUN } from './instances.about.js';

/** Items that a batch may have. */
const MOST = 100_000;

const LIST = z.strictObject({ items: z.array(retainedProcess) });
const DELETE = z.strictObject({ reason });

const A_TRIAL: RetentionTrial = {
  ...{ processDefinitionId: 'support-ticket', term: 'P2Y', total: 40, isTooMany: false },
  ...{ oldest: AN_INSTANT, newest: AN_INSTANT },
  kept: [
    { because: 'RETENTION_NOT_OVER', count: 812 },
    { because: 'LEGAL_HOLD', count: 2 },
  ],
};
const OF_PROCESS = { processId: 'Id of a process.' };
const ABOUT = {
  retention: {
    summary: 'Lists how long instances are kept that have ended, by process',
    says: 'The term is that of the latest version of the package; it counts for instances of all versions. Instances that another one called go with that.',
    answers: answers(LIST, {
      items: [
        {
          ...{ processDefinitionId: 'support-ticket', name: 'Support ticket', term: 'P2Y' },
          reason: { en: 'For as long as claims come up', 'pt-BR': 'Enquanto houver reclamações' },
          ...{ finished: 854, past: 42, held: 2, oldest: AN_INSTANT },
        },
      ],
    }),
  },
  tryRetention: {
    summary: 'Tells what a deletion of the ended instances of a process would meet now',
    says: 'How many, when the first and the last of them ended, and what stays and why. Nothing is changed.',
    params: OF_PROCESS,
    answers: answers(retentionTrial, A_TRIAL),
  },
  deleteEnded: {
    summary: 'Deletes the ended instances of a process whose time of retention is over',
    says: 'Who is meant is settled at once; a batch operation deletes one after the other, with what it called, and asks again of each whether something keeps it. The audit stays. It cannot be undone.',
    params: OF_PROCESS,
    body: sent(DELETE, { reason: 'yearly clearing' }),
    answers: answers(BEGUN, { batchOperationKey: A_BATCH_KEY, total: 40 }),
    errors: ['BATCH_TOO_LARGE', 'CONTROL_REQUEST_INVALID'],
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addRetention(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'retention', ABOUT.retention, async (request) => {
    const { store } = camundaOf(state, request);
    const retained = await readRetention(store);
    const counts = await store.retention.count(keepingOf(retained), null);
    return answerOf(LIST, { items: retained.map((one) => rowOf(one, counts)) });
  });
  addRoute(app, 'tryRetention', ABOUT.tryRetention, async (request) => {
    const { store } = camundaOf(state, request);
    const { retained, process } = await processIn({ store }, request);
    const { processId } = process;
    const counts = await store.retention.count(keepingOf(retained), processId);
    const free = counts.find(({ because }) => because === null);
    const total = free?.count ?? 0;
    return answerOf(retentionTrial, {
      ...{ processDefinitionId: processId, term: process.said?.term ?? null, total },
      ...{ oldest: free?.oldest ?? null, newest: free?.newest ?? null, isTooMany: total > MOST },
      kept: counts.flatMap(({ because, count }) => (because === null ? [] : [{ because, count }])),
    });
  });
  addRoute(app, 'deleteEnded', ABOUT.deleteEnded, async (request) => {
    const deps = camundaOf(state, request);
    const { reason: why } = inputOf(DELETE, request.body);
    const { process } = await processIn(deps, request);
    const plan = { type: 'DELETE_PROCESS_INSTANCE' } as const;
    const input = { plan, filter: { processId: process.processId }, isDeletable: true };
    const asking = { ...askerOf(request), reason: why };
    const { batchId, total } = outcomeIn(await deps.operate('beginBatch', input as never, asking));
    const keyOf = await keysFor(deps.store, [['batchOperation', batchId]]);
    return answerOf(BEGUN, { batchOperationKey: keyOf('batchOperation', batchId), total });
  });
}

const keepingOf = (retained: readonly Retained[]): Keeping => ({
  terms: termsOf(retained),
  at: new Date().toISOString(),
});

/** The process of the address. Errors: `NOT_FOUND`. */
async function processIn({ store }: Pick<CamundaDeps, 'store'>, { params }: FastifyRequest) {
  const { processId } = params as { readonly processId: string };
  const retained = await readRetention(store);
  const process = retained.find((one) => one.processId === processId);
  if (!process) throw new Problem('NOT_FOUND');
  return { retained, process };
}

/** Class: pure. */
function rowOf({ processId, name, said }: Retained, counts: readonly KeptCount[]): RetainedProcess {
  const own = counts.filter((one) => one.processId === processId);
  const sum = (some: readonly KeptCount[]): number =>
    some.reduce((total, { count }) => total + count, 0);
  const of = (wanted: KeptCount['because']) => own.filter(({ because }) => because === wanted);
  const held = sum(of('LEGAL_HOLD'));
  return {
    ...{ processDefinitionId: processId, name, term: said?.term ?? null },
    ...{ reason: said?.reason ?? null, finished: sum(own), past: sum(of(null)) + held, held },
    oldest: of(null)[0]?.oldest ?? null,
  };
}
