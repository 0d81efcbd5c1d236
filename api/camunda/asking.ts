/** Who asks by Camunda's API, and what was sent. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Json } from '../../engine/model/index.js';
import type { Viewer } from '../../store/index.js';
import { type AppState, type CamundaDeps, depsOf } from '../deps.js';
import { viewerOf } from '../identities/portfolio.js';
import { callerOf } from '../identities/principal.js';
import { Problem } from '../problem.js';
import { keepReading, sightOf } from '../values/index.js';
import { invalid, TENANT } from './fields.js';
import type { Searcher } from './search.js';

/** What a route leans on for this request: its store shows what the caller sees. Errors: `HTTP_NOT_READY`. */
export function camundaOf(state: AppState, request: FastifyRequest): AskedDeps {
  const { camunda, identities } = depsOf(state);
  const viewer = viewerOf(request, identities.csmSees);
  const byValues = async (names: readonly string[]): Promise<void> => {
    const sight = sightOf(request, identities.csmSees);
    if (sight.shows !== 'all') throw new Problem(sight.lack);
    const reading = { instanceKeys: [], values: 0, byVariables: names };
    if (sight.isKept) await keepReading(state, request, sight, reading);
  };
  return { ...camunda, store: camunda.store.seenBy(viewer), byValues, viewer };
}

/** What a route leans on, narrowed to who asks. */
export interface AskedDeps extends CamundaDeps {
  /** As whom the store is read; null: as somebody who sees all. */
  readonly viewer: Viewer | null;
  /** Called before anything is looked for by values, which shows them as well. Errors: `FORBIDDEN`, `REASON_REQUIRED`. */
  readonly byValues: Searcher['byValues'];
}

/** Who acts; an `Idempotency-Key` makes a repetition the same request. */
export function askerOf(request: FastifyRequest) {
  const { account } = callerOf(request);
  const key = request.headers['idempotency-key'];
  const requestId = typeof key === 'string' ? shortened(`${account.userId} ${key}`) : request.id;
  return { actor: account.loginName, requestId, reason: null };
}

/** Ids of requests have a length: what is longer goes by its hash. */
const shortened = (id: string): string =>
  id.length <= 200 ? id : createHash('sha256').update(id).digest('hex');

/**
 * Whoever sees a portfolio has nothing run for a customer outside of it, whether they start it, publish what does, or say so in a
 * task: else anybody could read of any customer by it. Errors: `NOT_FOUND`.
 */
export async function refuseUnseenCustomer(
  { store, viewer }: Pick<AskedDeps, 'store' | 'viewer'>,
  { customerId }: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (viewer === null || typeof customerId !== 'string') return;
  if (!(await store.customerKeys.of(customerId))) throw new Problem('NOT_FOUND');
}

/** The version of a task that a request was made for; null: whichever it is. Errors: `INPUT_INVALID`. */
export function versionIn({ headers }: FastifyRequest): { readonly ifVersion?: number } {
  const given = headers['if-match'];
  if (given === undefined || given === '*') return {};
  const [, version] = /^"(\d{1,9})"$/.exec(given) ?? [];
  if (version === undefined) throw invalid('If-Match', 'it is no ETag of a task');
  return { ifVersion: Number(version) };
}

/** Who searches. */
export const searcherOf = (
  request: FastifyRequest,
  { cursorSecret, byValues }: Pick<AskedDeps, 'cursorSecret' | 'byValues'>,
): Searcher => ({ userId: callerOf(request).account.userId, byValues, secret: cursorSecret });

/** The key of the address. */
export const keyIn = ({ params }: FastifyRequest): string =>
  (params as { readonly key?: string }).key ?? '';

/** There is one tenant; clients name it unasked. */
export const tenantId = z.literal(TENANT).optional();
/** Kept nowhere yet but taken: clients send it to find their own acts. */
export const operationReference = z.number().int().optional();
/** Bodies are JSON already. */
const json = z.unknown() as unknown as z.ZodType<Json>;
/** Variables by name. */
export const variables = z.record(z.string().max(500), json);
