/** One's own API tokens: listed, made, revoked. A secret is shown once, in the answer that makes it. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { newToken, tokenRow } from '../../contracts/identities.js';
import { type AppState, depsOf } from '../deps.js';
import { createToken } from '../identities/api-tokens.js';
import { byOf } from '../identities/by.js';
import { callerOf } from '../identities/principal.js';
import { shownToken } from '../identities/shown.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, NOTHING_TOLD, sent } from '../openapi/about.js';
import { A_LATER_INSTANT, A_SECRET_TOKEN, A_TOKEN } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

export const TOKENS = z.strictObject({ items: z.array(tokenRow) });
const CREATED = z.strictObject({ token: tokenRow, secret: z.string() });

const ABOUT = {
  myTokens: { summary: 'Lists your API tokens', answers: answers(TOKENS, { items: [A_TOKEN] }) },
  createToken: {
    summary: 'Makes an API token',
    says: 'Its scopes are roles that you have, or what those read. The secret is shown here and nowhere else.',
    body: sent(newToken, {
      ...{ name: 'Nightly report', scopes: ['csm:read'], expiresAt: A_LATER_INSTANT },
    }),
    answers: answers(CREATED, { token: A_TOKEN, secret: `jrn_${A_SECRET_TOKEN}` }, 201),
    errors: ['TOKEN_EXPIRY', 'TOKEN_SCOPE'],
  },
  revokeToken: { summary: 'Revokes one of your API tokens', answers: NOTHING_TOLD },
} satisfies Record<string, About>;

/** Adds them. */
export function addMyTokens(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'myTokens', ABOUT.myTokens, async (request) => {
    const { people, now } = depsOf(state).identities;
    const { userId } = callerOf(request).account;
    const tokens = await people.tokens(userId, new Date(now()).toISOString());
    return answerOf(TOKENS, { items: tokens.map(shownToken) });
  });
  addRoute(app, 'createToken', ABOUT.createToken, async (request, reply) => {
    const { identities } = depsOf(state);
    const wanted = inputOf(newToken, request.body);
    const by = byOf(request, identities);
    const { token, secret } = await createToken(identities, callerOf(request).account, wanted, by);
    return reply.code(201).send(answerOf(CREATED, { token: shownToken(token), secret }));
  });
  addRoute(app, 'revokeToken', ABOUT.revokeToken, async (request, reply) => {
    const { identities } = depsOf(state);
    const { people } = identities;
    const tokenId = idIn(request, 'tokenId');
    const { userId } = callerOf(request).account;
    // Somebody else's is answered as one that is not there.
    const isOwn = (await people.ownerOfToken(tokenId)) === userId;
    const isRevoked = isOwn && (await people.revokeToken(tokenId, byOf(request, identities)));
    if (!isRevoked) throw new Problem('NOT_FOUND');
    return reply.code(204).send();
  });
}
