/** API tokens of others: seen by who answers for them, revoked by admins. */
import type { FastifyInstance } from 'fastify';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { shownToken } from '../identities/shown.js';
import { answerOf, idIn } from '../input.js';
import { type About, answers, NOTHING_TOLD } from '../openapi/about.js';
import { A_TOKEN } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { TOKENS } from './my-tokens.js';

const ABOUT = {
  userTokens: {
    summary: 'Lists the API tokens of a person',
    answers: answers(TOKENS, { items: [A_TOKEN] }),
  },
  revokeUserToken: { summary: 'Revokes an API token of a person', answers: NOTHING_TOLD },
} satisfies Record<string, About>;

/** Adds them. */
export function addUserTokens(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'userTokens', ABOUT.userTokens, async (request) => {
    const { people, now } = depsOf(state).identities;
    const userId = idIn(request, 'userId');
    if (!(await people.get(userId))) throw new Problem('NOT_FOUND');
    const tokens = await people.tokens(userId, new Date(now()).toISOString());
    return answerOf(TOKENS, { items: tokens.map(shownToken) });
  });
  addRoute(app, 'revokeUserToken', ABOUT.revokeUserToken, async (request, reply) => {
    const { identities } = depsOf(state);
    const { people } = identities;
    const [userId, tokenId] = [idIn(request, 'userId'), idIn(request, 'tokenId')];
    const isTheirs = (await people.ownerOfToken(tokenId)) === userId;
    const isRevoked = isTheirs && (await people.revokeToken(tokenId, byOf(request, identities)));
    if (!isRevoked) throw new Problem('NOT_FOUND');
    return reply.code(204).send();
  });
}
