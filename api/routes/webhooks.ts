/** Webhooks out: whom live events are told to. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  newWebhook,
  type WebhookRow,
  webhookChange,
  webhookRow,
} from '../../contracts/webhooks.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, NOTHING_TOLD, sent } from '../openapi/about.js';
import { AN_ID, AN_INSTANT } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { shownWebhook } from '../webhooks/shown.js';
import { newWebhookSecret } from '../webhooks/signatures.js';

const LIST = z.strictObject({ items: z.array(webhookRow) });
const ADDED = z.strictObject({ webhook: webhookRow, secret: z.string() });
/** A secret, shown once. */
export const SECRET = z.strictObject({ secret: z.string() });
const NOTHING = z.strictObject({}).optional();

/** Nobody's. */
export const A_SECRET = { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwQ2bYx1vFz3c=' };
const SENT = {
  ...{ name: 'Chat of support', url: 'https://chat.example.com/hooks/jornada' },
  types: ['user_task.created' as const, 'incident.created' as const],
};
const A_WEBHOOK: WebhookRow = {
  ...{ ...SENT, webhookId: AN_ID, processDefinitionId: null, isActive: true },
  ...{ createdAt: AN_INSTANT, secrets: 1, waiting: 0, dead: 0 },
};
const ABOUT = {
  webhooks: { summary: 'Lists webhooks out', answers: answers(LIST, { items: [A_WEBHOOK] }) },
  webhook: { summary: 'Gets a webhook out', answers: answers(webhookRow, A_WEBHOOK) },
  createWebhook: {
    summary: 'Adds a webhook out, which tells what happens from now on',
    says: 'The secret is shown here and nowhere else. `docs/webhooks.md` says how to check what comes.',
    body: sent(newWebhook, SENT),
    answers: answers(ADDED, { webhook: A_WEBHOOK, ...A_SECRET }, 201),
    errors: ['WEBHOOK_URL', 'WEBHOOKS_TOO_MANY'],
  },
  changeWebhook: {
    summary: 'Changes a webhook out',
    says: 'What is left out stays.',
    body: sent(webhookChange, { isActive: false }),
    answers: answers(webhookRow, { ...A_WEBHOOK, isActive: false }),
    errors: ['WEBHOOK_URL'],
  },
  rotateWebhookSecret: {
    summary: 'Makes another secret of a webhook out',
    says: 'For a day what is sent is signed by the secret before as well.',
    answers: answers(SECRET, A_SECRET, 201),
  },
  removeWebhook: {
    summary: 'Removes a webhook out with all that is on its way by it',
    answers: NOTHING_TOLD,
  },
} satisfies Record<string, About>;

const LARGE = { bodyLimit: 8_192 };

/** Adds them. */
export function addWebhooks(app: FastifyInstance, state: AppState): void {
  const nowOf = (): string => new Date(depsOf(state).identities.now()).toISOString();
  const storeOf = () => depsOf(state).camunda.store;
  const shown = async (webhookId: string): Promise<WebhookRow> => {
    const webhook = await storeOf().webhooks.get(webhookId, nowOf());
    if (!webhook) throw new Problem('NOT_FOUND');
    return answerOf(webhookRow, shownWebhook(webhook));
  };
  const refuseUrl = async (url: string | undefined): Promise<void> => {
    const detail = url === undefined ? null : await depsOf(state).webhooks.refusalOf(url);
    if (detail !== null) throw new Problem('WEBHOOK_URL', { detail });
  };
  addRoute(app, 'webhooks', ABOUT.webhooks, async () => {
    const items = await storeOf().webhooks.list(nowOf());
    return answerOf(LIST, { items: items.map(shownWebhook) });
  });
  addRoute(app, 'webhook', ABOUT.webhook, (request) => shown(idIn(request, 'webhookId')));
  addRoute(
    app,
    'createWebhook',
    ABOUT.createWebhook,
    async (request, reply) => {
      const { identities, webhooks } = depsOf(state);
      const wanted = inputOf(newWebhook, request.body);
      await refuseUrl(wanted.url);
      const [webhookId, secret] = [randomUUID(), newWebhookSecret()];
      const { last } = await storeOf().events.advance();
      const added = { ...wanted, webhookId, secret };
      await storeOf().webhooks.add(added, last, byOf(request, identities));
      webhooks.look();
      return reply.code(201).send(answerOf(ADDED, { webhook: await shown(webhookId), secret }));
    },
    LARGE,
  );
  addRoute(
    app,
    'changeWebhook',
    ABOUT.changeWebhook,
    async (request) => {
      const { identities, webhooks } = depsOf(state);
      const webhookId = idIn(request, 'webhookId');
      const change = inputOf(webhookChange, request.body);
      await refuseUrl(change.url);
      const { last } = await storeOf().events.advance();
      await storeOf().webhooks.change(webhookId, change, last, byOf(request, identities));
      webhooks.look();
      return shown(webhookId);
    },
    LARGE,
  );
  addRoute(app, 'rotateWebhookSecret', ABOUT.rotateWebhookSecret, async (request, reply) => {
    inputOf(NOTHING, request.body);
    const secret = newWebhookSecret();
    const by = byOf(request, depsOf(state).identities);
    const isDone = await storeOf().webhooks.rotate(idIn(request, 'webhookId'), secret, by);
    if (!isDone) throw new Problem('NOT_FOUND');
    return reply.code(201).send({ secret });
  });
  addRoute(app, 'removeWebhook', ABOUT.removeWebhook, async (request, reply) => {
    const by = byOf(request, depsOf(state).identities);
    const isDone = await storeOf().webhooks.remove(idIn(request, 'webhookId'), by);
    if (!isDone) throw new Problem('NOT_FOUND');
    return reply.code(204).send();
  });
}
