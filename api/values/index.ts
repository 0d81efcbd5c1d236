/**
 * Values in answers: each route that carries some has a rule in `permissions.ts`, or does not register; what it answers is
 * masked here for whoever may not see them, and kept in the audit where that is asked. Class: side effect (on the app).
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InvariantError } from '../../engine/errors/index.js';
import { type AppState, depsOf } from '../deps.js';
import type { About } from '../openapi/about.js';
import { PERMISSIONS, type Permission } from '../permissions.js';
import { permissionOf } from '../plugins/routes.js';
import { keepReading } from './kept.js';
import { type Plan, planOf } from './plan.js';
import { shownTo, showsValuesOf } from './shown.js';
import { refuseWithoutReason, type Sight, sightOf } from './sight.js';

export { keepReading } from './kept.js';
export { REASON_HEADER, type Sight, sightOf } from './sight.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Key of the instance that all of the answer is of, where nothing within it says so. */
    valuesOf: string | null;
  }
}

/** Adds the rules: to be called before routes are added. */
export function addValueRules(app: FastifyInstance, state: AppState): void {
  app.decorateRequest('valuesOf', null);
  app.addHook('onRoute', ({ method, url, config }) => {
    const { permission, about, carries } = config ?? {};
    if (!permission || !about) return;
    const row: Permission = PERMISSIONS[permission];
    const holds = planIn(about, carries) !== null;
    if (holds === (row.values !== undefined)) return;
    const what = holds ? 'answers values and has no rule for them' : 'has a rule for values only';
    throw new InvariantError(`${String(method)} ${url} ${what}: see api/permissions`);
  });
  app.addHook('preHandler', async (request) => {
    if (permissionOf(request)?.values === undefined) return;
    refuseWithoutReason(request, sightOf(request, depsOf(state).identities.csmSees));
  });
  app.addHook('preSerialization', async (request, reply, answer) => {
    const { about, carries } = request.routeOptions.config;
    if (permissionOf(request)?.values === undefined || !about || reply.statusCode >= 400) {
      return answer;
    }
    const plan = planIn(about, carries);
    if (!plan) return answer;
    const sight = sightOf(request, depsOf(state).identities.csmSees);
    // Theirs, and nobody keeps it: there is nothing to look for.
    if (sight.shows === 'all' && !sight.isKept) return answer;
    const shown = await shownTo(state, request, { sight, plan }, answer, request.valuesOf);
    if (sight.isKept && shown.values > 0) await keepReading(state, request, sight, shown);
    if (shown.isMasked) void reply.header('jornada-values', 'masked');
    return shown.answer;
  });
}

const planIn = ({ answers }: About, carries: z.ZodType | undefined): Plan | null => {
  const schemas = [carries, ...[answers].flat().map(({ schema }) => schema)];
  return schemas.map((schema) => (schema ? planOf(schema) : null)).find(Boolean) ?? null;
};

/** Rows of a file as the caller may see them. */
export function maskedRows<T>(
  state: AppState,
  request: FastifyRequest,
  row: z.ZodType,
): (rows: readonly T[]) => Promise<readonly T[]> {
  const each = planOf(row);
  const sight = sightOf(request, depsOf(state).identities.csmSees);
  return async (rows) => {
    if (!each || sight.shows === 'all') return rows;
    const plan: Plan = { properties: new Map(), each };
    return (await shownTo(state, request, { sight, plan }, rows, null)).answer;
  };
}

/** What a route asks that tells values in sentences, or leaves something out with them. */
export async function seesValuesOf(
  state: AppState,
  request: FastifyRequest,
  instanceKey: string,
): Promise<boolean> {
  request.valuesOf = instanceKey;
  const sight: Sight = sightOf(request, depsOf(state).identities.csmSees);
  return showsValuesOf(state, request, sight, instanceKey);
}
