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
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';

export const TOKENS = z.strictObject({ items: z.array(tokenRow) });
const CREATED = z.strictObject({ token: tokenRow, secret: z.string() });

/** Adds them. */
export function addMyTokens(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'myTokens', async (request) => {
    const { people, now } = depsOf(state).identities;
    const { userId } = callerOf(request).account;
    const tokens = await people.tokens(userId, new Date(now()).toISOString());
    return answerOf(TOKENS, { items: tokens.map(shownToken) });
  });
  addRoute(app, 'createToken', async (request, reply) => {
    const { identities } = depsOf(state);
    const wanted = inputOf(newToken, request.body);
    const by = byOf(request, identities);
    const { token, secret } = await createToken(identities, callerOf(request).account, wanted, by);
    return reply.code(201).send(answerOf(CREATED, { token: shownToken(token), secret }));
  });
  addRoute(app, 'revokeToken', async (request, reply) => {
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
