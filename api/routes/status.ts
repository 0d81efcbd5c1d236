/** How Jornada is: what it stands on, and what waits for somebody. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { askerOf, camundaOf } from '../camunda/asking.js';
import type { AppState } from '../deps.js';
import { answerOf } from '../input.js';
import { type About, answers } from '../openapi/about.js';
import { addRoute } from '../plugins/routes.js';
import { outcomeIn } from '../refused.js';

const PART = z.strictObject({ isWell: z.boolean(), detail: z.string() });

/** As pages read it; without the places of the machine, which are nobody's business there. */
export const STATUS_SHOWN = z.strictObject({
  version: z.string(),
  startedAt: z.string(),
  database: PART,
  keyring: PART,
  temporal: PART,
  openIncidents: z.number().int(),
});

const WELL = { isWell: true, detail: 'answered in 2 ms' };
const ABOUT: About = {
  summary: 'Tells how Jornada is',
  says: 'Database, keyring and Temporal are asked now. `GET /health` is for probes, and asks nobody.',
  answers: answers(STATUS_SHOWN, {
    ...{ version: '0.1.0', startedAt: '2026-03-02T08:00:00.000Z', openIncidents: 0 },
    ...{ database: WELL, keyring: WELL, temporal: WELL },
  }),
};

/** Adds it. */
export function addStatus(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'status', ABOUT, async (request) => {
    const told = outcomeIn(await camundaOf(state, request).operate('status', {}, askerOf(request)));
    const { pid: _, folder: __, ...shown } = told;
    return answerOf(STATUS_SHOWN, shown);
  });
}
