/** `/health`: whether the app answers and the engine behind it runs. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppState } from '../deps.js';
import { answers } from '../openapi/about.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

const HEALTH = z.strictObject({ status: z.literal('ok') });
const ABOUT = {
  health: {
    summary: 'Says whether the app answers and the engine behind it runs',
    answers: answers(HEALTH, { status: 'ok' }),
  },
};

/** Adds it. */
export function addHealth(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'health', ABOUT.health, async () => {
    if (!state.deps) throw new Problem('HTTP_NOT_READY');
    return { status: 'ok' };
  });
}
