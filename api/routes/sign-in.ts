/** Signing in and out. A session begins under a new secret, whatever cookie was there before. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { userRow } from '../../contracts/identities.js';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { cookieName, cookieOptions } from '../identities/cookie.js';
import { callerOf } from '../identities/principal.js';
import { csrfTokenOf } from '../identities/secrets.js';
import { shownUser } from '../identities/shown.js';
import { signIn } from '../identities/sign-in.js';
import { answerOf, inputOf } from '../input.js';
import { type About, answers, NOTHING_TOLD, sent } from '../openapi/about.js';
import { A_PERSON, A_SECRET_TOKEN } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

const SIGN_IN = z.strictObject({
  loginName: z.string().max(200),
  password: z.string().max(1000),
  code: z.string().max(100).optional().describe('Of the second factor, or one for recovery.'),
});
const SIGNED_IN = z.strictObject({ user: userRow, csrfToken: z.string() });
const NOTHING = z.strictObject({}).optional();

const ABOUT = {
  signIn: {
    summary: 'Signs in by a password',
    says: 'The answer sets the cookie of a new session. Failures look alike, whoever the name belongs to. `FACTOR_REQUIRED` asks for the same again with `code`.',
    body: sent(SIGN_IN, { loginName: 'cora', password: 'quiet lantern beside rivers' }),
    answers: answers(SIGNED_IN, { user: A_PERSON, csrfToken: A_SECRET_TOKEN }),
    errors: ['SIGN_IN_REFUSED', 'SIGN_IN_TOO_MANY', 'FACTOR_REQUIRED', 'FACTOR_WRONG'],
  },
  signOut: { summary: 'Ends the session that asks', answers: NOTHING_TOLD },
} satisfies Record<string, About>;

/** Adds them. */
export function addSignIn(app: FastifyInstance, state: AppState, isHttps: boolean): void {
  addRoute(app, 'signIn', ABOUT.signIn, async (request, reply) => {
    const { identities } = depsOf(state);
    const input = inputOf(SIGN_IN, request.body);
    const asked = { ...input, address: request.ip, requestId: request.id };
    const { account, secret } = await signIn(identities, asked);
    const user = await identities.people.get(account.userId);
    if (!user) throw new Problem('SIGN_IN_REFUSED');
    giveCookie(reply, secret, isHttps);
    return answerOf(SIGNED_IN, { user: shownUser(user), csrfToken: csrfTokenOf(secret) });
  });
  addRoute(app, 'signOut', ABOUT.signOut, async (request, reply) => {
    const { identities } = depsOf(state);
    inputOf(NOTHING, request.body);
    const { account, sessionId } = callerOf(request);
    const by = byOf(request, identities);
    await identities.people.endSession(account.userId, sessionId ?? '', 'signOut', by);
    void reply.clearCookie(cookieName(isHttps), cookieOptions(isHttps));
    return reply.code(204).send();
  });
}

/** Hands the secret of a session to a browser. */
export function giveCookie(reply: FastifyReply, secret: string, isHttps: boolean): void {
  void reply.setCookie(cookieName(isHttps), secret, cookieOptions(isHttps));
}
