/** What is on its way by webhooks out, what was given up, and sending that again. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { deliveryRow, deliveryState } from '../../contracts/webhooks.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers } from '../openapi/about.js';
import { AN_INSTANT } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { shownDelivery } from '../webhooks/shown.js';

const PAGE = z.strictObject({
  state: deliveryState.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** As `next` of the page before. */
  after: z.coerce.number().int().min(1).optional(),
});
const DELIVERIES = z.strictObject({
  items: z.array(deliveryRow),
  /** Where the next page begins; null: there is none. */
  next: z.int().nullable(),
});
const REPLAYED = z.strictObject({ replayed: z.int() });
const NOTHING = z.strictObject({}).optional();

const A_DELIVERY = {
  ...{ deliveryId: 'msg_0b3f9d58-6a0f-4c8e-8f5e-1f6d3c2b1a09', type: 'user_task.created' as const },
  ...{ state: 'DEAD' as const, attempts: 10, createdAt: AN_INSTANT, nextAt: null },
  ...{ endedAt: AN_INSTANT, last: '503' },
  body: {
    ...{ type: 'user_task.created', timestamp: AN_INSTANT },
    data: { processInstanceKey: '2251799813685249', userTaskKey: '2251799813685250' },
  },
};
const ABOUT = {
  webhookDeliveries: {
    summary: 'Lists deliveries of a webhook, the newest first',
    query: PAGE,
    answers: answers(DELIVERIES, { items: [A_DELIVERY], next: null }),
  },
  replayWebhook: {
    summary: 'Sends again all that a webhook gave up',
    says: 'Each under its own `webhook-id`: a receiver that took one before passes it over.',
    answers: answers(REPLAYED, { replayed: 3 }),
  },
  replayDelivery: {
    summary: 'Sends again one delivery that was given up',
    answers: answers(REPLAYED, { replayed: 1 }),
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addWebhookDeliveries(app: FastifyInstance, state: AppState): void {
  const webhooksOf = () => depsOf(state).camunda.store.webhooks;
  const webhookIn = async (request: FastifyRequest): Promise<string> => {
    const webhookId = idIn(request, 'webhookId');
    const at = new Date(depsOf(state).identities.now()).toISOString();
    if (!(await webhooksOf().get(webhookId, at))) throw new Problem('NOT_FOUND');
    return webhookId;
  };
  const replay = async (request: FastifyRequest, deliveryId: string | null) => {
    inputOf(NOTHING, request.body);
    const { identities, webhooks } = depsOf(state);
    const webhookId = await webhookIn(request);
    const isOne = deliveryId !== null;
    if (isOne && !(await webhooksOf().hasDelivery(webhookId, deliveryId))) {
      throw new Problem('NOT_FOUND');
    }
    const by = byOf(request, identities);
    const replayed = await webhooksOf().replay(webhookId, deliveryId, by);
    webhooks.look();
    return answerOf(REPLAYED, { replayed });
  };
  addRoute(app, 'webhookDeliveries', ABOUT.webhookDeliveries, async (request) => {
    const { state: wanted = null, limit, after = null } = inputOf(PAGE, request.query);
    const query = { state: wanted, before: after, limit: limit + 1 };
    const found = await webhooksOf().deliveries(await webhookIn(request), query);
    const page = found.slice(0, limit);
    const next = found.length > limit ? (page.at(-1)?.eventNumber ?? null) : null;
    return answerOf(DELIVERIES, { items: page.map(shownDelivery), next });
  });
  addRoute(app, 'replayWebhook', ABOUT.replayWebhook, (request) => replay(request, null));
  addRoute(app, 'replayDelivery', ABOUT.replayDelivery, (request) =>
    replay(request, (request.params as { readonly deliveryId: string }).deliveryId),
  );
}
