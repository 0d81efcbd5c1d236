/** The web app: its first page at every address that a browser opens and no other route has, and the files that it loads. */
import { randomBytes } from 'node:crypto';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppState } from '../deps.js';
import { type About, file, PAGE_ANSWER } from '../openapi/about.js';
import { HOME_TEXTS } from '../pages/home-texts.js';
import { escaped, page } from '../pages/layout.js';
import { localeOf } from '../pages/locale.js';
import { webPage, webPolicy } from '../pages/web-app.js';
import { answerUnroutable, wantsPage } from '../plugins/problems.js';
import { addRoute } from '../plugins/routes.js';

const ABOUT = {
  home: { summary: 'Opens the web app', answers: PAGE_ANSWER },
  webPage: {
    summary: 'Opens a page of the web app',
    says: 'At every address that a browser opens and no other route has.',
    params: { path: 'The address of the page, as the web app knows it.' },
    answers: PAGE_ANSWER,
    errors: ['HTTP_NOT_FOUND', 'NOT_FOUND'],
  },
  webFile: {
    summary: 'Gets a file of the web app',
    params: { path: 'Its name, as the page has it.' },
    answers: [file('text/javascript', 'A script'), file('text/css', 'A style')],
    errors: ['HTTP_NOT_FOUND'],
  },
} satisfies Record<string, About>;

/** Names of its files change with what is in them. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Beginnings of addresses that programs ask: there is no page at them. */
const OF_PROGRAMS = /^\/(?:api|v2|scim|docs|web|assets)(?:\/|$)/;

/** Adds it. */
export async function addWeb(app: FastifyInstance, state: AppState): Promise<void> {
  await app.register(fastifyStatic, {
    ...{ root: process.cwd(), serve: false },
    // The build leaves the compressed form of a file beside it.
    preCompressed: true,
  });
  addRoute(app, 'home', ABOUT.home, (request, reply) =>
    state.web ? sendPage(state.web, request, reply) : sendNote(request, reply),
  );
  addRoute(app, 'webPage', ABOUT.webPage, (request, reply) => {
    const isPage = wantsPage(request) && !OF_PROGRAMS.test(request.url);
    return state.web && isPage
      ? sendPage(state.web, request, reply)
      : answerUnroutable(request, reply);
  });
  addRoute(app, 'webFile', ABOUT.webFile, (request, reply) => {
    const { '*': name } = request.params as { readonly '*': string };
    if (!state.web || !/^[\w.-]+$/.test(name) || name.startsWith('.')) {
      return answerUnroutable(request, reply);
    }
    void reply.header('cache-control', FOR_EVER);
    return reply.sendFile(name, state.web.folder, { cacheControl: false });
  });
}

function sendPage(
  web: NonNullable<AppState['web']>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  void reply.header('content-security-policy', webPolicy(nonce));
  const locale = localeOf(request.headers['accept-language']);
  return reply.type('text/html; charset=utf-8').send(webPage(web, nonce, locale));
}

/** What is said at `/` where the web app is not there. */
function sendNote(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = localeOf(request.headers['accept-language']);
  const [title, ...says] = HOME_TEXTS[locale];
  const body = says.map((text) => `<p>${escaped(text)}</p>`).join('\n');
  return reply.type('text/html; charset=utf-8').send(page(locale, title, body));
}
