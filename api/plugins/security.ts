/**
 * What holds for every answer and request: headers that keep browsers narrow, nothing kept in caches, so many requests of
 * one address to routes that ask nobody who calls. Source: OWASP ASVS 5.0, 3.4 and 3.5.
 */
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';
import { permissionOf } from './routes.js';

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
        'connect-src': ["'self'"],
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
    // Who is signed in is counted by person; files of the web app are many and cost little.
    allowList: (request) =>
      isOfWebApp(request) || (permissionOf(request)?.who ?? 'anonymous') !== 'anonymous',
    errorResponseBuilder: () => new Problem('HTTP_TOO_MANY'),
  });
  app.addHook('onSend', async (request, reply) => {
    const isKept = request.routeOptions.config?.permission === 'webFile' && reply.statusCode < 400;
    if (!isKept) void reply.header('cache-control', 'no-store');
  });
}

const OF_WEB_APP: readonly unknown[] = ['home', 'webPage', 'webFile'];

const isOfWebApp = ({ routeOptions }: FastifyRequest): boolean =>
  OF_WEB_APP.includes(routeOptions.config?.permission);

/** Requests of an address in a minute to a route that takes secrets: fewer, so that nobody tries them out. */
export const FEW = 20;
