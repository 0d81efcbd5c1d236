/** People: listed, added, changed, disabled and enabled again. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { listedUser, loginName, newUser, userChange, userRow } from '../../contracts/identities.js';
import type { ChangedUser } from '../../store/index.js';
import { type AppState, depsOf } from '../deps.js';
import { addUser, makePasswordLink } from '../identities/accounts.js';
import { byOf } from '../identities/by.js';
import { shownUser } from '../identities/shown.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, sent } from '../openapi/about.js';
import { A_LATER_INSTANT, A_PERSON, A_SECRET_TOKEN } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

const PAGE = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** A login name: the page begins behind it. */
  after: loginName.optional(),
});
const USERS = z.strictObject({
  items: z.array(listedUser),
  /** Where the next page begins; null: there is none. */
  next: z.string().nullable(),
});
const CHANGE = userChange.omit({ isActive: true });
const LINK = z.strictObject({ url: z.string(), expiresAt: z.string() });
const ADDED = z.strictObject({ user: userRow, passwordLink: LINK });
const NOTHING = z.strictObject({}).optional();

const A_LINK = {
  url: `https://jornada.example/password#${A_SECRET_TOKEN}`,
  expiresAt: A_LATER_INSTANT,
};
const ABOUT = {
  users: {
    summary: 'Lists people',
    query: PAGE,
    answers: answers(USERS, {
      items: [{ ...A_PERSON, hasFactor: true, isOfProvider: false }],
      next: null,
    }),
  },
  user: { summary: 'Gets a person', answers: answers(userRow, A_PERSON) },
  createUser: {
    summary: 'Adds a person',
    says: 'They set their password by the link of the answer.',
    body: sent(newUser, { loginName: 'cora', displayName: 'Cora Lima', roles: ['csm'] }),
    answers: answers(ADDED, { user: A_PERSON, passwordLink: A_LINK }, 201),
    errors: ['LOGIN_NAME_TAKEN'],
  },
  changeUser: {
    summary: 'Changes a person',
    says: 'What is left out stays. Other roles end their sessions and API tokens.',
    body: sent(CHANGE, { roles: ['csm', 'designer'] }),
    answers: answers(userRow, A_PERSON),
    errors: ['LAST_ADMIN'],
  },
  disableUser: {
    summary: 'Disables a person',
    says: 'They are out with the next request of every session and token; their open tasks go back to the candidates.',
    answers: answers(userRow, { ...A_PERSON, isActive: false }),
    errors: ['LAST_ADMIN'],
  },
  enableUser: { summary: 'Lets a person in again', answers: answers(userRow, A_PERSON) },
  makePasswordLink: {
    summary: 'Makes a link by which a person sets a password',
    answers: answers(LINK, A_LINK, 201),
  },
} satisfies Record<string, About>;

/** People with fifty groups of long names fit. */
const LARGE = { bodyLimit: 16_384 };

/** Adds them. */
export function addUsers(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'users', ABOUT.users, async (request) => {
    const { limit, after } = inputOf(PAGE, request.query);
    const filter = after === undefined ? {} : { loginName: { $gt: after } };
    const { people } = depsOf(state).identities;
    const { items } = await people.search({ filter, limit: limit + 1 });
    const page = items.slice(0, limit);
    const next = items.length > limit ? (page.at(-1)?.loginName ?? null) : null;
    const shown = await people.shownBy(page.map(({ userId }) => userId));
    const nothing = { hasFactor: false, isOfProvider: false };
    const listed = page.map((user) => ({
      ...shownUser(user),
      ...(shown.get(user.userId) ?? nothing),
    }));
    return answerOf(USERS, { items: listed, next });
  });
  addRoute(app, 'user', ABOUT.user, async (request) => {
    const user = await depsOf(state).identities.people.get(idIn(request, 'userId'));
    if (!user) throw new Problem('NOT_FOUND');
    return answerOf(userRow, shownUser(user));
  });
  addRoute(
    app,
    'createUser',
    ABOUT.createUser,
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
    ABOUT.changeUser,
    (request) => change(request, inputOf(CHANGE, request.body)),
    LARGE,
  );
  addRoute(app, 'disableUser', ABOUT.disableUser, (request) => {
    inputOf(NOTHING, request.body);
    return change(request, { isActive: false });
  });
  addRoute(app, 'enableUser', ABOUT.enableUser, (request) => {
    inputOf(NOTHING, request.body);
    return change(request, { isActive: true });
  });
  addRoute(app, 'makePasswordLink', ABOUT.makePasswordLink, async (request, reply) => {
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
