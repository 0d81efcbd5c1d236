/** `/`: says what is here, to whoever opens the address that the start screen shows. */
import type { FastifyInstance } from 'fastify';
import { PAGE_ANSWER } from '../openapi/about.js';
import { HOME_TEXTS } from '../pages/home-texts.js';
import { escaped, page } from '../pages/layout.js';
import { localeOf } from '../pages/locale.js';
import { addRoute } from '../plugins/routes.js';

const ABOUT = { home: { summary: 'Says what is here', answers: PAGE_ANSWER } };

/** Adds it. */
export function addHome(app: FastifyInstance): void {
  addRoute(app, 'home', ABOUT.home, (request, reply) => {
    const locale = localeOf(request.headers['accept-language']);
    const [title, ...says] = HOME_TEXTS[locale];
    const body = says.map((text) => `<p>${escaped(text)}</p>`).join('\n');
    return reply.type('text/html; charset=utf-8').send(page(locale, title, body));
  });
}
