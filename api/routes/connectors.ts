/** Outside systems that jobs use: how they are set up, what became of effects on them, and tests on demand. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type ConnectorRow,
  type ConnectorTest,
  connectorRow,
  connectorTest,
  effectTrouble,
} from '../../contracts/connectors.js';
import { askerOf, camundaOf } from '../camunda/asking.js';
import { AN_INSTANCE_KEY } from '../camunda/examples.js';
import { keysFor } from '../camunda/keys.js';
import type { AppState } from '../deps.js';
import { answerOf, inputOf } from '../input.js';
import { type About, answers } from '../openapi/about.js';
import { AN_INSTANT } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { outcomeIn } from '../refused.js';

/** As people are shown it: instances by their public key. */
const TROUBLE = effectTrouble.omit({ instance: true }).extend({
  instance: z
    .strictObject({
      processInstanceKey: z.string(),
      processDefinitionId: z.string(),
      businessId: z.string().nullable(),
      state: z.string(),
      incidents: z.number().int(),
    })
    .nullable(),
});
const LIST = z.strictObject({ since: z.string(), items: z.array(connectorRow) });
const WHOLE = z.strictObject({
  ...{ since: z.string(), connector: connectorRow, troubles: z.array(TROUBLE) },
});
const NOTHING = z.strictObject({}).optional();

const A_CONNECTOR: ConnectorRow = {
  ...{ connectorId: 'mail', kind: 'mail', title: null, isConfigured: true, canTest: true },
  ...{ places: ['mail.example.com:587'], lastDoneAt: AN_INSTANT },
  effects: { done: 214, underway: 0, failed: 1, unknown: 0 },
  lastFailure: { at: AN_INSTANT, code: 'EMAIL_REFUSED' },
};
const A_TEST: ConnectorTest = {
  ...{ at: AN_INSTANT, isWell: true, code: null, detail: 'EHLO, AUTH', tookMs: 41 },
};
const OF_CONNECTOR = {
  connectorId: 'As the list tells it: `mail`, `scim:<id>`, or the origin of requests.',
};
const ABOUT = {
  connectors: {
    summary: 'Lists the outside systems that jobs use',
    says: 'Those of the configuration, and those that jobs sent something to; never a secret. Effects are counted that changed since `since`; what only asks leaves none.',
    answers: answers(LIST, { since: AN_INSTANT, items: [A_CONNECTOR] }),
  },
  connector: {
    summary: 'Gets an outside system with its effects that failed or are unknown',
    says: 'The last hundred of them since `since`, with the instances whose jobs make them.',
    params: OF_CONNECTOR,
    answers: answers(WHOLE, {
      ...{ since: AN_INSTANT, connector: A_CONNECTOR },
      troubles: [
        {
          ...{ state: 'failed' as const, code: 'EMAIL_REFUSED', at: AN_INSTANT },
          instance: {
            ...{ processInstanceKey: AN_INSTANCE_KEY, processDefinitionId: 'support-ticket' },
            ...{ businessId: 'ticket-7', state: 'ACTIVE', incidents: 1 },
          },
        },
      ],
    }),
  },
  testConnector: {
    summary: 'Tests the connection to an outside system',
    says: 'It greets the system and changes nothing: EHLO and AUTH of a mail server, ServiceProviderConfig of a SCIM server by both credentials, HEAD of an origin where requests may go there. The process whose jobs use the system does it. One system is tested once in five seconds.',
    params: OF_CONNECTOR,
    answers: answers(connectorTest, A_TEST),
    errors: ['CONNECTOR_UNKNOWN', 'CONNECTOR_TESTED'],
  },
} satisfies Record<string, About>;

/** Tests of an address in a minute. */
const MOST_TESTS = 30;

/** Adds them. */
export function addConnectors(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'connectors', ABOUT.connectors, async (request) => {
    const { operate } = camundaOf(state, request);
    const { since, connectors } = outcomeIn(await operate('getConnectors', {}, askerOf(request)));
    return answerOf(LIST, { since, items: connectors });
  });
  addRoute(app, 'connector', ABOUT.connector, async (request) => {
    const { store } = camundaOf(state, request);
    const found = await connectorIn(state, request);
    const ids = found.troubles.flatMap(({ instance }) => (instance ? [instance.instanceId] : []));
    const keyOf = await keysFor(
      store,
      ids.map((id) => ['processInstance', id] as const),
    );
    const troubles = found.troubles.map(({ instance, ...trouble }) => ({
      ...trouble,
      instance: instance && {
        processInstanceKey: keyOf('processInstance', instance.instanceId),
        ...{ processDefinitionId: instance.processId, businessId: instance.businessKey },
        ...{ state: instance.state, incidents: instance.incidents },
      },
    }));
    return answerOf(WHOLE, { ...found, troubles });
  });
  addRoute(
    app,
    'testConnector',
    ABOUT.testConnector,
    async (request) => {
      inputOf(NOTHING, request.body);
      // What is not there is nobody's act, and no row of the audit.
      const { connector } = await connectorIn(state, request);
      const { operate } = camundaOf(state, request);
      const key = connector.connectorId;
      const test = await operate('testConnector', { key }, askerOf(request));
      return answerOf(connectorTest, outcomeIn(test));
    },
    { most: MOST_TESTS },
  );
}

/** The system of the address. Errors: `NOT_FOUND`. */
async function connectorIn(state: AppState, request: FastifyRequest) {
  const { connectorId } = request.params as { readonly connectorId: string };
  const { operate } = camundaOf(state, request);
  const told = await operate('getConnector', { key: connectorId }, askerOf(request));
  if (!told.ok && told.code === 'CONNECTOR_UNKNOWN') throw new Problem('NOT_FOUND');
  return outcomeIn(told);
}
