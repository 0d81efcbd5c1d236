/** Messages and signals by Camunda's API. Their keys are those of the requests that sent them. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  askerOf,
  camundaOf,
  refuseUnseenCustomer,
  tenantId,
  variables,
} from '../../camunda/asking.js';
import { AN_INSTANCE_KEY } from '../../camunda/examples.js';
import { TENANT } from '../../camunda/fields.js';
import { keysFor } from '../../camunda/keys.js';
import { outcomeOf } from '../../camunda/refusals.js';
import { wireKey, wireTenant } from '../../camunda/wire-schemas.js';
import type { AppState } from '../../deps.js';
import { inputOf } from '../../input.js';
import { type About, answers, sent } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';

const name = z.string().min(1).max(500);
const correlationKey = z.string().max(500).default('');
const given = variables.default({});
/** Milliseconds, of at most a hundred years. */
const timeToLive = z.number().int().min(0).max(3_155_760_000_000).default(0);

const PUBLISH = z.strictObject({
  ...{ name, correlationKey, timeToLive, variables: given, tenantId },
  messageId: z.string().min(1).max(500).optional(),
});
const CORRELATE = z.strictObject({ name, correlationKey, variables: given, tenantId });
const BROADCAST = z.strictObject({ signalName: name, variables: given, tenantId });

const TENANT_AND_KEY = { tenantId: wireTenant, messageKey: wireKey };
const A_KEY = '2251799813685310';
// `NOT_FOUND`: they name a customer whom the caller does not see.
const errors: About['errors'] = [
  ...(['REQUEST_INVALID', 'CORRELATOR_FULL', 'WORKER_UNAVAILABLE', 'NOT_FOUND'] as const),
];
const ABOUT = {
  publishMessage: {
    summary: 'Publishes a message, which may wait for whoever takes it',
    body: sent(PUBLISH, { name: 'deal.won', correlationKey: 'D-77', timeToLive: 60_000 }),
    answers: answers(z.strictObject(TENANT_AND_KEY), { tenantId: TENANT, messageKey: A_KEY }),
    errors,
  },
  correlateMessage: {
    summary: 'Hands a message to whoever waits for it now',
    body: sent(CORRELATE, { name: 'deal.won', correlationKey: 'D-77' }),
    answers: answers(z.strictObject({ ...TENANT_AND_KEY, processInstanceKey: wireKey }), {
      ...{ tenantId: TENANT, messageKey: A_KEY, processInstanceKey: AN_INSTANCE_KEY },
    }),
    errors: [...errors, 'MESSAGE_NOT_CORRELATED'],
  },
  broadcastSignal: {
    summary: 'Broadcasts a signal to all who wait for it',
    body: sent(BROADCAST, { signalName: 'price.changed' }),
    answers: answers(z.strictObject({ tenantId: wireTenant, signalKey: wireKey }), {
      ...{ tenantId: TENANT, signalKey: A_KEY },
    }),
    errors,
  },
} satisfies Record<string, About>;

const MOST_BODY = 300_000;

/** Adds them. */
export function addMessages(app: FastifyInstance, state: AppState): void {
  const large = { bodyLimit: MOST_BODY };
  addRoute(
    app,
    'publishMessage',
    ABOUT.publishMessage,
    async (request, reply) => {
      const deps = camundaOf(state, request);
      const { store, operate } = deps;
      const { correlationKey: key, messageId, ...message } = inputOf(PUBLISH, request.body);
      await refuseUnseenCustomer(deps, message.variables);
      const asker = askerOf(request);
      const input = {
        ...{ name: message.name, key, variables: message.variables, messageId: messageId ?? null },
        timeToLive: `PT${message.timeToLive / 1000}S`,
      };
      outcomeOf(await operate('publish', input, asker));
      const keyOf = await keysFor(store, [['message', asker.requestId]]);
      return reply
        .code(200)
        .send({ messageKey: keyOf('message', asker.requestId), tenantId: TENANT });
    },
    large,
  );
  addRoute(
    app,
    'correlateMessage',
    ABOUT.correlateMessage,
    async (request, reply) => {
      const deps = camundaOf(state, request);
      const { store, operate } = deps;
      const { correlationKey: key, name: of, variables: values } = inputOf(CORRELATE, request.body);
      await refuseUnseenCustomer(deps, values);
      const asker = askerOf(request);
      const taken = outcomeOf(
        await operate('correlate', { name: of, key, variables: values }, asker),
      );
      const [first] = [...taken.correlated, ...taken.started];
      const instanceId = first?.instanceId ?? '';
      const keyOf = await keysFor(store, [
        ['message', asker.requestId],
        ['processInstance', instanceId],
      ]);
      return reply.code(200).send({
        messageKey: keyOf('message', asker.requestId),
        processInstanceKey: keyOf('processInstance', instanceId),
        tenantId: TENANT,
      });
    },
    large,
  );
  addRoute(
    app,
    'broadcastSignal',
    ABOUT.broadcastSignal,
    async (request, reply) => {
      const deps = camundaOf(state, request);
      const { store, operate } = deps;
      const { signalName, variables: values } = inputOf(BROADCAST, request.body);
      await refuseUnseenCustomer(deps, values);
      const asker = askerOf(request);
      outcomeOf(await operate('broadcast', { name: signalName, variables: values }, asker));
      const keyOf = await keysFor(store, [['signal', asker.requestId]]);
      return reply
        .code(200)
        .send({ signalKey: keyOf('signal', asker.requestId), tenantId: TENANT });
    },
    large,
  );
}
