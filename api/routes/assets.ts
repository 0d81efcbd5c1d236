/** Style and script of the pages: files of their own, so that no page needs any inline. */
import type { FastifyInstance } from 'fastify';
import { SCRIPT, STYLE } from '../pages/assets.js';

/** Adds them. */
export function addAssets(app: FastifyInstance): void {
  app.get('/assets/link.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STYLE),
  );
  app.get('/assets/link.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(SCRIPT),
  );
}
