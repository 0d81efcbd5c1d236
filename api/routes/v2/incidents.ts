/** Incidents are resolved by Camunda's API: what failed is tried again. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { askerOf, camundaOf, keyIn, operationReference } from '../../camunda/asking.js';
import { idOfKey } from '../../camunda/keys.js';
import { outcomeOf } from '../../camunda/refusals.js';
import type { AppState } from '../../deps.js';
import { inputOf } from '../../input.js';
import { addRoute } from '../../plugins/routes.js';

const BODY = z.strictObject({ operationReference }).default({});

/** Adds it. */
export function addIncidents(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'resolveIncident', async (request, reply) => {
    const { store, operate } = camundaOf(state);
    const key = await idOfKey(store, 'incident', keyIn(request));
    inputOf(BODY, request.body ?? undefined);
    const input = { key, how: 'retry' as const, variables: {} };
    outcomeOf(await operate('resolveIncident', input, askerOf(request)));
    return reply.code(204).send();
  });
}
