/** Style and script of the pages: files of their own, so that no page needs any inline. */
import type { FastifyInstance } from 'fastify';
import { type About, file } from '../openapi/about.js';
import { SCRIPT, STYLE } from '../pages/assets.js';
import { addRoute } from '../plugins/routes.js';

const ABOUT = {
  linkStyle: { summary: 'Gets the style of the pages', answers: file('text/css', 'The style') },
  linkScript: {
    summary: 'Gets the script of the pages',
    answers: file('text/javascript', 'The script'),
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addAssets(app: FastifyInstance): void {
  addRoute(app, 'linkStyle', ABOUT.linkStyle, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STYLE),
  );
  addRoute(app, 'linkScript', ABOUT.linkScript, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(SCRIPT),
  );
}
