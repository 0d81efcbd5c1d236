/** People: listed, added, changed, disabled and enabled again. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { loginName, newUser, userChange, userRow } from '../../contracts/identities.js';
import type { ChangedUser } from '../../store/index.js';
import { type AppState, depsOf } from '../deps.js';
import { addUser, makePasswordLink } from '../identities/accounts.js';
import { byOf } from '../identities/by.js';
import { shownUser } from '../identities/shown.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

const PAGE = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** A login name: the page begins behind it. */
  after: loginName.optional(),
});
const USERS = z.strictObject({
  items: z.array(userRow),
  /** Where the next page begins; null: there is none. */
  next: z.string().nullable(),
});
const LINK = z.strictObject({ url: z.string(), expiresAt: z.string() });
const ADDED = z.strictObject({ user: userRow, passwordLink: LINK });
const NOTHING = z.strictObject({}).optional();

/** People with fifty groups of long names fit. */
const LARGE = { bodyLimit: 16_384 };

/** Adds them. */
export function addUsers(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'users', async (request) => {
    const { limit, after } = inputOf(PAGE, request.query);
    const filter = after === undefined ? {} : { loginName: { $gt: after } };
    const { items } = await depsOf(state).identities.people.search({ filter, limit: limit + 1 });
    const page = items.slice(0, limit);
    const next = items.length > limit ? (page.at(-1)?.loginName ?? null) : null;
    return answerOf(USERS, { items: page.map(shownUser), next });
  });
  addRoute(app, 'user', async (request) => {
    const user = await depsOf(state).identities.people.get(idIn(request, 'userId'));
    if (!user) throw new Problem('NOT_FOUND');
    return answerOf(userRow, shownUser(user));
  });
  addRoute(
    app,
    'createUser',
    async (request, reply) => {
      const { identities } = depsOf(state);
      const wanted = inputOf(newUser, request.body);
      const { user, link } = await addUser(identities, wanted, byOf(request, identities));
      return reply.code(201).send(answerOf(ADDED, { user: shownUser(user), passwordLink: link }));
    },
    LARGE,
  );
  addRoute(
    app,
    'changeUser',
    (request) => change(request, inputOf(userChange.omit({ isActive: true }), request.body)),
    LARGE,
  );
  addRoute(app, 'disableUser', (request) => {
    inputOf(NOTHING, request.body);
    return change(request, { isActive: false });
  });
  addRoute(app, 'enableUser', (request) => {
    inputOf(NOTHING, request.body);
    return change(request, { isActive: true });
  });
  addRoute(app, 'makePasswordLink', async (request, reply) => {
    const { identities } = depsOf(state);
    inputOf(NOTHING, request.body);
    const user = await identities.people.get(idIn(request, 'userId'));
    if (!user?.isActive) throw new Problem('NOT_FOUND');
    const link = await makePasswordLink(identities, user.userId, byOf(request, identities));
    return reply.code(201).send(answerOf(LINK, link));
  });

  async function change(request: FastifyRequest, to: Partial<ChangedUser>) {
    const { identities } = depsOf(state);
    const by = byOf(request, identities);
    const user = await identities.people.change(idIn(request, 'userId'), to, by);
    if (!user) throw new Problem('NOT_FOUND');
    return answerOf(userRow, shownUser(user));
  }
}
