/**
 * What holds for every answer and request: headers that keep browsers narrow, nothing kept in caches, no requests from
 * other sites, so many from one address. Source: OWASP ASVS 5.0, 3.4 and 3.5.
 */
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.js';

const A_MINUTE = { max: 120, timeWindow: 60_000 };

/** Adds it. */
export async function addSecurity(app: FastifyInstance, isHttps: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isHttps && { maxAge: 31_536_000, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
    xXssProtection: false,
  });
  await app.register(rateLimit, {
    ...A_MINUTE,
    keyGenerator: ({ ip }) => ip,
    errorResponseBuilder: () => new Problem('HTTP_TOO_MANY'),
  });
  app.addHook('onSend', async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
  });
  app.addHook('onRequest', async ({ method, headers }) => {
    // Browsers say where a request comes from; others have no session that could be misused.
    const site = headers['sec-fetch-site'];
    if (method === 'POST' && (site === 'cross-site' || site === 'same-site')) {
      throw new Problem('HTTP_CROSS_SITE');
    }
  });
}

/** Of a route that takes tokens: fewer, so that nobody tries them out. */
export const FEW_REQUESTS = { rateLimit: { max: 20, timeWindow: 60_000 } };
