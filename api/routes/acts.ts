/** The audit: acts and refusals. A csm sees their own alone. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { listedAct } from '../../contracts/records.js';
import { searcherOf } from '../camunda/asking.js';
import { answerSearch } from '../camunda/search.js';
import { searchAnswer, searchBody } from '../camunda/wire-schemas.js';
import type { AppState } from '../deps.js';
import { callerOf } from '../identities/principal.js';
import { type About, answers, sent } from '../openapi/about.js';
import { AN_ID, AN_INSTANT } from '../openapi/examples.js';
import { localeOf } from '../pages/locale.js';
import { SEES_AUDIT } from '../permissions.js';
import { addRoute } from '../plugins/routes.js';
import { actorsNamed, actsIn } from '../records/acts.js';
import { recordsOf } from '../records/deps.js';

const AN_ACT = {
  ...{ number: 17, at: AN_INSTANT, actor: AN_ID, actorName: 'Cora Lima', action: 'completeTask' },
  ...{ object: `task:${AN_ID}/approve:3`, outcome: 'done', code: null, requestId: 'req-1' },
  ...{ facts: null, reason: 'All is there', data: { action: 'approve' }, isErased: false },
  sentence: "completed task 4a3f9c11/approve:3 by 'approve'",
};
const ABOUT: About = {
  summary: 'Searches acts and refusals',
  says: 'Newest first, each as a sentence in the language of `Accept-Language` (en, pt-BR). `actor` takes a login name as well. A csm sees their own alone.',
  body: sent(searchBody(actsIn('en')), { filter: { outcome: 'refused' }, page: { limit: 20 } }),
  answers: answers(searchAnswer(listedAct), {
    items: [AN_ACT as never],
    page: { totalItems: 1, hasMoreTotalItems: false, startCursor: null, endCursor: null },
  }),
};

/** Filters name what is looked for. */
const MOST_BODY = 16 * 1024;

/** Adds it. */
export function addActs(app: FastifyInstance, state: AppState): void {
  addRoute(
    app,
    'searchActs',
    ABOUT,
    async (request) => {
      const deps = recordsOf(state, request);
      const { store } = deps;
      const body = await withActors(request, deps);
      const acts = actsIn(localeOf(request.headers['accept-language']));
      return answerSearch(store, acts, searcherOf(request, deps), body);
    },
    { bodyLimit: MOST_BODY },
  );
}

/**
 * A plain name stands for whoever has it, too. Who may not see the audit as a whole sees what they did themselves: under
 * their id, and under their name.
 */
async function withActors(
  request: FastifyRequest,
  { store }: ReturnType<typeof recordsOf>,
): Promise<unknown> {
  const body = request.body ?? {};
  // What fits nothing is refused with all else that does not.
  if (!isAsked(body)) return body;
  const { filter = {}, ...rest } = body;
  const { account, reads } = callerOf(request);
  const own = reads.some((role) => SEES_AUDIT.includes(role))
    ? null
    : [account.userId, account.loginName];
  const { actor } = filter;
  const asked = typeof actor === 'string' ? { $in: await actorsNamed(store, actor) } : actor;
  if (own === null)
    return { ...rest, filter: { ...filter, ...(actor !== undefined && { actor: asked }) } };
  const { $in, ...others } = Object(asked) as { readonly $in?: unknown };
  const within = Array.isArray($in) ? own.filter((one) => $in.includes(one)) : own;
  return { ...rest, filter: { ...filter, actor: { ...others, $in: within } } };
}

interface Asked {
  readonly filter?: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isAsked = (body: unknown): body is Asked =>
  isRecord(body) && (body.filter === undefined || isRecord(body.filter));
