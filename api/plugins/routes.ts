/**
 * Routes and the table of who may call them belong together: what has no row does not register, what changes something is
 * no GET, and a row that no route was made of is a row too many. Class: side effect (on the app).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { z } from 'zod';
import { InvariantError } from '../../engine/errors/index.js';
import type { About } from '../openapi/about.js';
import type { Told } from '../openapi/document.js';
import { PERMISSIONS, type Permission, type RouteName } from '../permissions.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route with what is told of it. */
    readonly told: readonly Told[];
  }
  interface FastifyContextConfig {
    /** The row of the route. */
    permission?: RouteName;
    /** What is told of it. */
    about?: About;
    /** What a file is made of, row by row: what is told of files names no schema. */
    carries?: z.ZodType;
  }
}

/** The rows that routes are held against. */
export type Rows = Readonly<Record<string, Permission>>;

/** Refuses routes without a row from here on. @returns says that all routes are there. Errors: `InvariantError`, ours. */
export function holdToTable(app: FastifyInstance, rows: Rows = PERMISSIONS): () => void {
  for (const [name, { method, kind }] of Object.entries(rows)) {
    if (method === 'GET' && kind !== 'read') throw new InvariantError(`${name} changes by a GET`);
  }
  const made = new Set<string>();
  app.addHook('onRoute', (route) => {
    const name = nameOf(route, rows);
    if (name === null) {
      throw new InvariantError(
        `${String(route.method)} ${route.url} has no row in api/permissions`,
      );
    }
    made.add(name);
  });
  return () => {
    const missing = Object.keys(rows).filter((name) => !made.has(name));
    if (missing.length > 0) throw new InvariantError(`no routes for ${missing.join(', ')}`);
  };
}

/** The row that a route names, if that is where the route is. */
function nameOf({ config, method, url }: RouteOptions, rows: Rows): string | null {
  const name = config?.permission;
  const row = name !== undefined && Object.hasOwn(rows, name) ? rows[name] : undefined;
  if (!name || !row || row.path !== url) return null;
  return [method].flat().every((one) => isOf(one, row.method)) ? name : null;
}

const isOf = (method: string, of: Permission['method']): boolean =>
  method === of || (of === 'GET' && method === 'HEAD');

/** Gathers what routes are told as, from here on, in `app.told`. */
export function tellOfRoutes(app: FastifyInstance): void {
  const told: Told[] = [];
  app.decorate('told', told);
  app.addHook('onRoute', ({ method, config }) => {
    const { permission: name, about } = config ?? {};
    if (method === 'HEAD' || !name || !about) return;
    told.push({ name, permission: PERMISSIONS[name], about });
  });
}

/** More of a route than its row. */
export interface RouteMore {
  /** Bytes of a body at most; 4096 where it is not said. */
  readonly bodyLimit?: number;
  /** Requests of an address in a minute, where they are fewer than usual. */
  readonly most?: number;
  /** What a file is made of, row by row. */
  readonly carries?: z.ZodType;
}

/** Adds the route of a row. @param about - what is told of it at `/docs` and `/openapi.json` */
export function addRoute(
  app: FastifyInstance,
  permission: RouteName,
  about: About,
  handler: (request: FastifyRequest, reply: FastifyReply) => unknown,
  { bodyLimit, most, carries }: RouteMore = {},
): void {
  const { method, path } = PERMISSIONS[permission];
  const rateLimit = most === undefined ? {} : { rateLimit: { max: most, timeWindow: 60_000 } };
  app.route({
    ...{
      method,
      url: path,
      handler,
      config: { permission, about, ...(carries && { carries }), ...rateLimit },
    },
    ...(bodyLimit !== undefined && { bodyLimit }),
  });
}

/** The row of a request; null: there is no such route. Class: pure. */
export function permissionOf({ routeOptions }: FastifyRequest): Permission | null {
  const name = routeOptions.config?.permission;
  return name === undefined ? null : PERMISSIONS[name];
}
