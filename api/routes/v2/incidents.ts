/** Incidents are resolved by Camunda's API: what failed is tried again. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { askerOf, camundaOf, keyIn, operationReference } from '../../camunda/asking.js';
import { idOfKey } from '../../camunda/keys.js';
import { ENGINE_ERRORS, outcomeOf } from '../../camunda/refusals.js';
import type { AppState } from '../../deps.js';
import { inputOf } from '../../input.js';
import { type About, NOTHING_TOLD, sent } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';

const BODY = z.strictObject({ operationReference }).default({});

const ABOUT = {
  resolveIncident: {
    summary: 'Resolves an incident: what failed is tried again',
    body: sent(BODY, {}),
    answers: NOTHING_TOLD,
    errors: [...ENGINE_ERRORS, 'REFERENCE_UNKNOWN'],
  },
} satisfies Record<string, About>;

/** Adds it. */
export function addIncidents(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'resolveIncident', ABOUT.resolveIncident, async (request, reply) => {
    const { store, operate } = camundaOf(state, request);
    const key = await idOfKey(store, 'incident', keyIn(request));
    inputOf(BODY, request.body ?? undefined);
    const input = { key, how: 'retry' as const, variables: {} };
    outcomeOf(await operate('resolveIncident', input, askerOf(request)));
    return reply.code(204).send();
  });
}
