/** Views of the inbox that people keep, each with an id for its address; shared ones are seen by all who see tasks. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { inboxView, newView, viewChange } from '../../contracts/tasks.js';
import type { Variables } from '../../engine/model/index.js';
import type { InboxView } from '../../store/index.js';
import { camundaOf } from '../camunda/asking.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { callerOf } from '../identities/principal.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, NOTHING_TOLD, sent } from '../openapi/about.js';
import { AN_ID, AN_INSTANT } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

const VIEWS = z.strictObject({ items: z.array(inboxView) });
const A_VIEW: z.output<typeof inboxView> = {
  ...{ viewId: AN_ID, name: 'Late for Aurora', isShared: true, isOwn: true, owner: 'cora' },
  ...{ query: { view: 'all', customerId: AN_ID }, version: 1, updatedAt: AN_INSTANT },
};
const ABOUT = {
  inboxViews: {
    summary: 'Lists views of the inbox',
    says: "One's own, then what others share.",
    answers: answers(VIEWS, { items: [A_VIEW] }),
  },
  inboxView: { summary: 'Gets a view of the inbox', answers: answers(inboxView, A_VIEW) },
  addInboxView: {
    summary: 'Keeps a search of the inbox under a name',
    body: sent(newView, { name: A_VIEW.name, isShared: true, query: A_VIEW.query }),
    answers: answers(inboxView, A_VIEW, 201),
    errors: ['VIEWS_TOO_MANY'],
  },
  changeInboxView: {
    summary: 'Changes a view of the inbox',
    says: 'What is left out stays. `version` is that of the view that was seen.',
    body: sent(viewChange, { version: 1, name: 'Late' }),
    answers: answers(inboxView, A_VIEW),
    errors: ['VIEW_CHANGED'],
  },
  removeInboxView: { summary: 'Removes a view of the inbox', answers: NOTHING_TOLD },
} satisfies Record<string, About>;

/** Adds them. */
export function addInboxViews(app: FastifyInstance, state: AppState): void {
  const parts = (request: FastifyRequest) => ({
    views: camundaOf(state, request).store.inbox.views,
    ownerId: callerOf(request).account.userId,
    by: byOf(request, depsOf(state).identities),
  });
  addRoute(app, 'inboxViews', ABOUT.inboxViews, async (request) => {
    const { views, ownerId } = parts(request);
    const items = (await views.seenBy(ownerId)).map((view) => shown(view, ownerId));
    return answerOf(VIEWS, { items });
  });
  const answer = async (request: FastifyRequest, viewId: string) => {
    const { views, ownerId } = parts(request);
    const view = await views.get(viewId, ownerId);
    if (!view) throw new Problem('NOT_FOUND');
    return answerOf(inboxView, shown(view, ownerId));
  };
  addRoute(app, 'inboxView', ABOUT.inboxView, (request) =>
    answer(request, idIn(request, 'viewId')),
  );
  addRoute(app, 'addInboxView', ABOUT.addInboxView, async (request, reply) => {
    const { views, ownerId, by } = parts(request);
    const { name, isShared, query } = inputOf(newView, request.body);
    const viewId = randomUUID();
    await views.add({ viewId, ownerId, name, isShared, query: query as Variables }, by);
    return reply.code(201).send(await answer(request, viewId));
  });
  addRoute(app, 'changeInboxView', ABOUT.changeInboxView, async (request) => {
    const { views, ownerId, by } = parts(request);
    const { version, query, ...changes } = inputOf(viewChange, request.body);
    const viewId = idIn(request, 'viewId');
    const all = { ...changes, ...(query && { query: query as Variables }) };
    const isThere = await views.change({ viewId, ownerId, version }, all, by);
    if (!isThere) throw new Problem('NOT_FOUND');
    return answer(request, viewId);
  });
  addRoute(app, 'removeInboxView', ABOUT.removeInboxView, async (request, reply) => {
    const { views, ownerId, by } = parts(request);
    const isRemoved = await views.remove({ viewId: idIn(request, 'viewId'), ownerId }, by);
    if (!isRemoved) throw new Problem('NOT_FOUND');
    return reply.code(204).send();
  });
}

const shown = (view: InboxView, userId: string): z.input<typeof inboxView> => ({
  ...{ viewId: view.viewId, name: view.name, isShared: view.isShared, version: view.version },
  ...{ isOwn: view.ownerId === userId, owner: view.ownerName, updatedAt: view.updatedAt },
  query: view.query as z.input<typeof inboxView>['query'],
});
