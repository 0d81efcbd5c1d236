/** `/health`: whether the app answers and the engine behind it runs. */
import type { FastifyInstance } from 'fastify';
import type { AppState } from '../deps.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

/** Adds it. */
export function addHealth(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'health', async () => {
    if (!state.deps) throw new Problem('HTTP_NOT_READY');
    return { status: 'ok' };
  });
}
