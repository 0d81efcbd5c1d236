/** Passwords are set by their own people: by a link, by the link of the first admin, or by who knows the one before. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newUser, userRow } from '../../contracts/identities.js';
import { type AppState, depsOf } from '../deps.js';
import { refusePoor } from '../identities/accounts.js';
import { byOf } from '../identities/by.js';
import type { IdentityDeps } from '../identities/deps.js';
import { callerOf } from '../identities/principal.js';
import { csrfTokenOf, newSecret } from '../identities/secrets.js';
import { shownUser } from '../identities/shown.js';
import { answerOf, inputOf } from '../input.js';
import { type About, answers, FORM, NOTHING_TOLD, PAGE_ANSWER, sent } from '../openapi/about.js';
import { A_PERSON, A_SECRET_TOKEN } from '../openapi/examples.js';
import { type FormTexts, formPage, writtenPage } from '../pages/form-page.js';
import { localeOf } from '../pages/locale.js';
import { PASSWORD_TEXTS, SET_UP_TEXTS } from '../pages/password-texts.js';
import { addRoute } from '../plugins/routes.js';
import { FEW } from '../plugins/security.js';
import { Problem } from '../problem.js';
import { hashOfToken, tokenIn } from '../token.js';
import { giveCookie } from './sign-in.js';

const password = z.string().max(1000);
const SET_UP = newUser
  .omit({ roles: true, groups: true })
  .extend({ token: z.string().max(2000), password });
const SET_PASSWORD = z.strictObject({ token: z.string().max(2000), password });
const CHANGE = z.strictObject({ current: password, password });
const CHANGED = z.strictObject({ csrfToken: z.string() });

const FIRST = {
  ...{ token: A_SECRET_TOKEN, loginName: 'ada', displayName: 'Ada Prado' },
  password: 'quiet lantern beside rivers',
};
const OWN = { token: A_SECRET_TOKEN, password: 'quiet lantern beside rivers' };
const POOR = ['PASSWORD_COMMON', 'PASSWORD_LENGTH'] as const;
const ABOUT = {
  setUpPage: { summary: 'Shows the page of the first admin', answers: PAGE_ANSWER },
  passwordPage: { summary: 'Shows the page of a password link', answers: PAGE_ANSWER },
  setUp: {
    summary: 'Makes the first admin by the link of the start screen',
    body: sent(SET_UP, FIRST),
    answers: answers(userRow, { ...A_PERSON, loginName: 'ada', roles: ['admin'] }, 201),
    errors: ['LINK_UNKNOWN', 'LOGIN_NAME_TAKEN', ...POOR],
  },
  setPassword: {
    summary: 'Sets a password by a link',
    body: sent(SET_PASSWORD, OWN),
    answers: NOTHING_TOLD,
    errors: ['LINK_UNKNOWN', ...POOR],
  },
  setUpByForm: {
    summary: 'Makes the first admin by the form of the page',
    body: { ...sent(SET_UP, FIRST), type: FORM },
    answers: PAGE_ANSWER,
    errors: ['LINK_UNKNOWN', 'LOGIN_NAME_TAKEN', ...POOR],
  },
  passwordByForm: {
    summary: 'Sets a password by the form of the page',
    body: { ...sent(SET_PASSWORD, OWN), type: FORM },
    answers: PAGE_ANSWER,
    errors: ['LINK_UNKNOWN', ...POOR],
  },
  changePassword: {
    summary: 'Changes your password',
    says: 'All your sessions and API tokens end; the answer sets the cookie of a new session.',
    body: sent(CHANGE, {
      current: 'purple kettle under snow',
      password: 'quiet lantern beside rivers',
    }),
    answers: answers(CHANGED, { csrfToken: A_SECRET_TOKEN }),
    errors: ['PASSWORD_WRONG', 'SIGN_IN_TOO_MANY', ...POOR],
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addPasswords(app: FastifyInstance, state: AppState, isHttps: boolean): void {
  const few = { most: FEW };
  addRoute(app, 'setUpPage', ABOUT.setUpPage, pageOf('/set-up', SET_UP_TEXTS));
  addRoute(app, 'passwordPage', ABOUT.passwordPage, pageOf('/password', PASSWORD_TEXTS));
  addRoute(
    app,
    'setUp',
    ABOUT.setUp,
    async (request, reply) => {
      const user = await setUp(request, depsOf(state).identities);
      return reply.code(201).send(answerOf(userRow, shownUser(user)));
    },
    few,
  );
  addRoute(
    app,
    'setPassword',
    ABOUT.setPassword,
    async (request, reply) => {
      await setPassword(request, depsOf(state).identities);
      return reply.code(204).send();
    },
    few,
  );
  addRoute(
    app,
    'setUpByForm',
    ABOUT.setUpByForm,
    async (request, reply) => {
      const locale = localeOf(request.headers['accept-language']);
      await setUp(request, depsOf(state).identities);
      return reply.type(HTML).send(writtenPage(SET_UP_TEXTS[locale], locale));
    },
    few,
  );
  addRoute(
    app,
    'passwordByForm',
    ABOUT.passwordByForm,
    async (request, reply) => {
      const locale = localeOf(request.headers['accept-language']);
      await setPassword(request, depsOf(state).identities);
      return reply.type(HTML).send(writtenPage(PASSWORD_TEXTS[locale], locale));
    },
    few,
  );
  addRoute(app, 'changePassword', ABOUT.changePassword, async (request, reply) => {
    const secret = await changePassword(request, depsOf(state).identities);
    giveCookie(reply, secret, isHttps);
    return answerOf(CHANGED, { csrfToken: csrfTokenOf(secret) });
  });
}

const HTML = 'text/html; charset=utf-8';

function pageOf(action: string, texts: Readonly<Record<'en' | 'pt-BR', FormTexts>>) {
  return (request: FastifyRequest, reply: FastifyReply) => {
    const locale = localeOf(request.headers['accept-language']);
    return reply.type(HTML).send(formPage(action, texts[locale], locale));
  };
}

async function setUp(request: FastifyRequest, deps: IdentityDeps) {
  const input = inputOf(SET_UP, request.body);
  const { token: _token, password: chosen, ...user } = input;
  const { tokenHash } = await openLink(request, deps, input, true);
  refusePoor(chosen, user.loginName);
  const hash = await deps.passwords.hash(chosen);
  const isMade = { userId: randomUUID(), roles: ['admin'] as const, groups: [], isDemo: false };
  return deps.people.useFirstLink(tokenHash, { ...user, ...isMade }, hash, byOf(request, deps));
}

async function setPassword(request: FastifyRequest, deps: IdentityDeps): Promise<void> {
  const input = inputOf(SET_PASSWORD, request.body);
  const { tokenHash, loginName } = await openLink(request, deps, input, false);
  refusePoor(input.password, loginName ?? '');
  const hash = await deps.passwords.hash(input.password);
  await deps.people.useLink(tokenHash, hash, byOf(request, deps));
}

/** The link of a token, looked at before anything costly is done; it is used only with the password. Errors: `LINK_UNKNOWN`. */
async function openLink(
  request: FastifyRequest,
  deps: IdentityDeps,
  input: { readonly token: string },
  isFirst: boolean,
) {
  const tokenHash = hashOfToken(tokenIn(input));
  const by = byOf(request, deps);
  const link = await deps.people.link(tokenHash, by.at);
  if (link && (link.loginName === null) === isFirst) return { tokenHash, ...link };
  const action = isFirst ? 'setUp' : 'setPassword';
  await deps.people.noteRefusal(by, { action, object: 'user:unknown' }, 'LINK_UNKNOWN');
  throw new Problem('LINK_UNKNOWN');
}

/** @returns the secret of a new session: all others end, and so do the person's API tokens */
async function changePassword(request: FastifyRequest, deps: IdentityDeps): Promise<string> {
  const { people, passwords, attempts, now } = deps;
  const { account } = callerOf(request);
  const { current, password: chosen } = inputOf(CHANGE, request.body);
  const keys = [`account ${account.loginName}`, `address ${request.ip}`] as const;
  const began = now();
  const until = attempts.begin(keys, began);
  if (until > 0) throw new Problem('SIGN_IN_TOO_MANY', {}, Math.ceil((until - began) / 1000));
  const hash = await people.passwordHash(account.userId);
  const by = byOf(request, deps);
  if (!(await passwords.verify(hash, current))) {
    const told = { action: 'changePassword', object: `user:${account.userId}` };
    await people.noteRefusal(by, told, 'PASSWORD_WRONG');
    throw new Problem('PASSWORD_WRONG');
  }
  attempts.succeeded(...keys);
  refusePoor(chosen, account.loginName);
  const { secret, tokenHash } = newSecret();
  const session = { sessionId: randomUUID(), tokenHash };
  await people.changePassword(account, await passwords.hash(chosen), session, by);
  return secret;
}
