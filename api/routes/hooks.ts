/** Webhooks in: who may publish which message by one. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type HookRow, hookChange, hookRow, newHook } from '../../contracts/webhooks.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, NOTHING_TOLD, sent } from '../openapi/about.js';
import { AN_ID, AN_INSTANT } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { checkMapping } from '../webhooks/message.js';
import { shownHook } from '../webhooks/shown.js';
import { newWebhookSecret } from '../webhooks/signatures.js';
import { A_SECRET, SECRET } from './webhooks.js';

const LIST = z.strictObject({ items: z.array(hookRow) });
const ADDED = z.strictObject({ hook: hookRow, secret: z.string() });
const NOTHING = z.strictObject({}).optional();

const SENT = {
  ...{ name: 'Deals of the CRM', messageName: 'deal.won', correlationKey: 'body.deal.id' },
  variables: '{ amount: body.deal.amount }',
};
const A_HOOK: HookRow = {
  ...{ ...SENT, hookId: AN_ID, timeToLiveMs: 3_600_000, isActive: true, secrets: 1 },
  ...{ createdAt: AN_INSTANT, lastTakenAt: null },
};
const ABOUT = {
  hooks: { summary: 'Lists webhooks in', answers: answers(LIST, { items: [A_HOOK] }) },
  hook: { summary: 'Gets a webhook in', answers: answers(hookRow, A_HOOK) },
  createHook: {
    summary: 'Adds a webhook in, by which somebody outside publishes a message',
    says: 'The secret is shown here and nowhere else: whoever has it may publish this message.',
    body: sent(newHook, SENT),
    answers: answers(ADDED, { hook: A_HOOK, ...A_SECRET }, 201),
    errors: ['WEBHOOKS_TOO_MANY'],
  },
  changeHook: {
    summary: 'Changes a webhook in',
    says: 'What is left out stays.',
    body: sent(hookChange, { isActive: false }),
    answers: answers(hookRow, { ...A_HOOK, isActive: false }),
  },
  rotateHookSecret: {
    summary: 'Makes another secret of a webhook in',
    says: 'For a day the secret before is taken as well.',
    answers: answers(SECRET, A_SECRET, 201),
  },
  removeHook: { summary: 'Removes a webhook in', answers: NOTHING_TOLD },
} satisfies Record<string, About>;

const LARGE = { bodyLimit: 16_384 };

/** Adds them. */
export function addHooks(app: FastifyInstance, state: AppState): void {
  const nowOf = (): string => new Date(depsOf(state).identities.now()).toISOString();
  const hooksOf = () => depsOf(state).camunda.store.hooks;
  const shown = async (hookId: string): Promise<HookRow> => {
    const hook = await hooksOf().get(hookId, nowOf());
    if (!hook) throw new Problem('NOT_FOUND');
    return answerOf(hookRow, shownHook(hook));
  };
  addRoute(app, 'hooks', ABOUT.hooks, async () => {
    const items = await hooksOf().list(nowOf());
    return answerOf(LIST, { items: items.map(shownHook) });
  });
  addRoute(app, 'hook', ABOUT.hook, (request) => shown(idIn(request, 'hookId')));
  addRoute(
    app,
    'createHook',
    ABOUT.createHook,
    async (request, reply) => {
      const wanted = inputOf(newHook, request.body);
      checkMapping('correlationKey', wanted.correlationKey);
      checkMapping('variables', wanted.variables);
      const [hookId, secret] = [randomUUID(), newWebhookSecret()];
      await hooksOf().add({ ...wanted, hookId, secret }, byOf(request, depsOf(state).identities));
      return reply.code(201).send(answerOf(ADDED, { hook: await shown(hookId), secret }));
    },
    LARGE,
  );
  addRoute(
    app,
    'changeHook',
    ABOUT.changeHook,
    async (request) => {
      const hookId = idIn(request, 'hookId');
      const change = inputOf(hookChange, request.body);
      checkMapping('correlationKey', change.correlationKey);
      checkMapping('variables', change.variables);
      await hooksOf().change(hookId, change, byOf(request, depsOf(state).identities));
      return shown(hookId);
    },
    LARGE,
  );
  addRoute(app, 'rotateHookSecret', ABOUT.rotateHookSecret, async (request, reply) => {
    inputOf(NOTHING, request.body);
    const secret = newWebhookSecret();
    const by = byOf(request, depsOf(state).identities);
    if (!(await hooksOf().rotate(idIn(request, 'hookId'), secret, by)))
      throw new Problem('NOT_FOUND');
    return reply.code(201).send({ secret });
  });
  addRoute(app, 'removeHook', ABOUT.removeHook, async (request, reply) => {
    const by = byOf(request, depsOf(state).identities);
    if (!(await hooksOf().remove(idIn(request, 'hookId'), by))) throw new Problem('NOT_FOUND');
    return reply.code(204).send();
  });
}
