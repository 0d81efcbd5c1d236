/**
 * What probes ask. `/health` tells whether this process is alive, and leans on nothing: who restarts it when the database is
 * away mends nothing. `/health/ready` tells whether it can serve people now, and asks what it stands on.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppState } from '../deps.js';
import { answers } from '../openapi/about.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { PATIENCE_MS } from '../readiness.js';

const HEALTH = z.strictObject({ status: z.literal('ok') });
const ABOUT = {
  health: {
    summary: 'Says whether the app answers and the engine behind it runs',
    says: 'For probes of liveness: it asks nobody.',
    answers: answers(HEALTH, { status: 'ok' }),
  },
  ready: {
    summary: 'Says whether database and Temporal answer, so that people can be sent here',
    says: `For probes of readiness: each has ${PATIENCE_MS / 1000} s, and both are asked at most once a second.`,
    answers: answers(HEALTH, { status: 'ok' }),
    errors: ['HTTP_PARTS_SILENT'] as const,
  },
};

/** Throws unless all that the app stands on answers. Errors: `HTTP_NOT_READY`, `HTTP_PARTS_SILENT`. */
export async function demandReady({ deps }: AppState): Promise<void> {
  if (!deps) throw new Problem('HTTP_NOT_READY');
  const silent = await deps.readiness();
  if (silent.length === 0) return;
  throw new Problem('HTTP_PARTS_SILENT', { parts: silent.join(', ') }, 2);
}

/** Adds them. */
export function addHealth(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'health', ABOUT.health, async () => {
    if (!state.deps) throw new Problem('HTTP_NOT_READY');
    return { status: 'ok' };
  });
  addRoute(app, 'ready', ABOUT.ready, async () => {
    await demandReady(state);
    return { status: 'ok' };
  });
}
