/** Style and script of the pages: files of their own, so that no page needs any inline. */
import type { FastifyInstance } from 'fastify';
import { SCRIPT, STYLE } from '../pages/assets.js';
import { addRoute } from '../plugins/routes.js';

/** Adds them. */
export function addAssets(app: FastifyInstance): void {
  addRoute(app, 'linkStyle', (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STYLE),
  );
  addRoute(app, 'linkScript', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(SCRIPT),
  );
}
