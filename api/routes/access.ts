/**
 * `/access`: the link by which somebody gets in for the first time. The page asks before it uses the link up: whoever
 * only looks, such as a scanner of mails, uses nothing.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AppState } from '../deps.js';
import { type About, answers, FORM, PAGE_ANSWER, sent } from '../openapi/about.js';
import { A_SECRET_TOKEN } from '../openapi/examples.js';
import { ACCESS_TEXTS } from '../pages/access-texts.js';
import { donePage, linkPage } from '../pages/link-page.js';
import { localeOf } from '../pages/locale.js';
import { wantsPage } from '../plugins/problems.js';
import { addRoute } from '../plugins/routes.js';
import { FEW } from '../plugins/security.js';
import { Problem } from '../problem.js';
import { linkBody, tokenIn } from '../token.js';

const USED = z.strictObject({ ok: z.literal(true) });
const ABOUT = {
  accessPage: { summary: 'Shows the page of an access link', answers: PAGE_ANSWER },
  useAccess: {
    summary: 'Uses an access link up',
    says: 'Forms get a page, programs JSON. The page itself uses nothing up: scanners of mails look at links.',
    body: { ...sent(linkBody, { token: A_SECRET_TOKEN }), type: FORM },
    answers: [PAGE_ANSWER, answers(USED, { ok: true })],
    errors: ['LINK_UNKNOWN'],
  },
} satisfies Record<string, About>;

/** Adds it. */
export function addAccess(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'accessPage', ABOUT.accessPage, (request, reply) => {
    const locale = localeOf(request.headers['accept-language']);
    return reply
      .type('text/html; charset=utf-8')
      .send(linkPage('/access', ACCESS_TEXTS[locale], locale));
  });
  addRoute(
    app,
    'useAccess',
    ABOUT.useAccess,
    async (request, reply) => {
      if (!state.deps) throw new Problem('HTTP_NOT_READY');
      const isUsed = await state.deps.useAccess(tokenIn(request.body));
      if (!isUsed) throw new Problem('LINK_UNKNOWN');
      if (!wantsPage(request)) return reply.send({ ok: true });
      const locale = localeOf(request.headers['accept-language']);
      return reply.type('text/html; charset=utf-8').send(donePage(ACCESS_TEXTS[locale], locale));
    },
    { most: FEW },
  );
}
