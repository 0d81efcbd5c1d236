/**
 * A real SCIM server for tests: HTTP of Node in front of SCIMMY, which reads filters and patches as RFC 7644 says, so that
 * our client is judged by another reading of the standard than ours. It can be told to misbehave, and keeps a book of
 * what it was asked and of what it really changed.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import SCIMMY from 'scimmy';

/** What goes wrong with one request. */
export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  /** No answer at all. */
  | 'hang'
  /** The connection ends before anything is done. */
  | 'drop'
  /** It is done, and then the connection ends. */
  | 'drop-after'
  /** It is answered as done, and is not. */
  | 'lose'
  /** Some way of saying it is not known. */
  | 'refuse-patch';

/** An account as it is stored. */
export interface StoredUser {
  readonly id: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The server. */
export interface ScimServerForTests {
  /** Base URL, under a name that resolves to loopback. */
  readonly baseUrl: string;
  readonly host: string;
  readonly users: Map<string, StoredUser>;
  /** `METHOD path status` of each request, in order. */
  readonly asked: string[];
  /** What was really changed: `create ID`, `active ID true|false`, `delete ID`. */
  readonly applied: string[];
  /** Makes an account behind our back. @returns its id */
  readonly put: (data: Readonly<Record<string, unknown>>) => string;
  /** Changes one behind our back. */
  readonly change: (id: string, data: Readonly<Record<string, unknown>>) => void;
  /** The next requests of a method go wrong, one after the other. */
  readonly fail: (method: string, ...faults: readonly Fault[]) => void;
  /** Every request goes wrong until it is undone. */
  readonly failAll: (fault: Fault | null) => void;
  /** Lists are as old as this from now on, until `false`. */
  readonly lag: (on: boolean) => void;
  /** It says that it does not filter, and does not. */
  readonly unfilter: () => void;
  /** Its errors have no bodies, as those of servers that do not go by the letter. */
  readonly plainErrors: () => void;
  readonly clear: () => void;
  readonly close: () => Promise<void>;
}

/** Whoever writes, and whoever may only look. */
export const WRITE_TOKEN = 'writing-secret';
export const READ_TOKEN = 'reading-secret';

interface World {
  users: Map<string, StoredUser>;
  shown: Map<string, StoredUser> | null;
  applied: string[];
  isLost: boolean;
  canFilter: boolean;
  hasPlainErrors: boolean;
}

type Resource = { readonly id?: string };

SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .extend(SCIMMY.Schemas.EnterpriseUser, false)
  .ingress((resource: Resource, instance: unknown, world: World) => {
    const data = JSON.parse(JSON.stringify(instance)) as Record<string, unknown>;
    const { id = randomUUID() } = resource;
    const before = world.users.get(id);
    if (!before && resource.id) throw new SCIMMY.Types.Error(404, '', 'not found');
    const isTaken = [...world.users.values()].some(
      (one) => one.id !== id && one.data.userName === data.userName,
    );
    if (isTaken) throw new SCIMMY.Types.Error(409, 'uniqueness', 'the name is taken');
    const user = { id, version: (before?.version ?? 0) + 1, data };
    if (!world.isLost) {
      world.users.set(id, user);
      world.applied.push(before ? `active ${id} ${data.active}` : `create ${id}`);
    }
    return shownOf(user) as never;
  })
  .egress(
    (
      resource: Resource & { readonly filter?: { match: (all: unknown[]) => unknown[] } },
      world: World,
    ) => {
      const { id } = resource;
      if (id !== undefined) {
        const user = world.users.get(id);
        if (!user) throw new SCIMMY.Types.Error(404, '', 'not found');
        return shownOf(user) as never;
      }
      const all = [...(world.shown ?? world.users).values()].map(shownOf).map(flat);
      return (resource.filter ? resource.filter.match(all) : all) as never;
    },
  )
  .degress((resource: Resource, world: World) => {
    const { id = '' } = resource;
    if (!world.users.delete(id)) throw new SCIMMY.Types.Error(404, '', 'not found');
    world.applied.push(`delete ${id}`);
  });

/** SCIMMY looks for attributes of extensions under their whole name. */
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function flat(user: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const extension = (user[ENTERPRISE] ?? {}) as object;
  const named = Object.entries(extension).map(([name, value]) => [`${ENTERPRISE}:${name}`, value]);
  return { ...user, ...Object.fromEntries(named) };
}

const shownOf = ({ id, version, data }: StoredUser): Readonly<Record<string, unknown>> => ({
  ...data,
  id,
  meta: { version: `W/"${version}"` },
});

/** Starts one on loopback, on a free port. */
export async function startScimServer(): Promise<ScimServerForTests> {
  const world: World = {
    users: new Map(),
    shown: null,
    applied: [],
    isLost: false,
    canFilter: true,
    hasPlainErrors: false,
  };
  const faults = new Map<string, Fault[]>();
  const asked: string[] = [];
  let always: Fault | null = null;
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const fault = always ?? faults.get(method)?.shift() ?? null;
    response.on('close', () => asked.push(`${method} ${url} ${response.statusCode}`));
    await serve(world, request, response, fault);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `scim.test:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `http://${host}/scim/v2`,
    host,
    asked,
    users: world.users,
    applied: world.applied,
    put: (data) => {
      const id = randomUUID();
      world.users.set(id, { id, version: 1, data: { active: true, ...data } });
      return id;
    },
    change: (id, data) => {
      const user = world.users.get(id);
      if (!user) throw new Error(`there is no account ${id}`);
      world.users.set(id, { id, version: user.version + 1, data: { ...user.data, ...data } });
    },
    fail: (method, ...next) => {
      faults.set(method, [...(faults.get(method) ?? []), ...next]);
    },
    failAll: (fault) => {
      always = fault;
    },
    lag: (on) => {
      world.shown = on ? new Map(world.users) : null;
    },
    unfilter: () => {
      world.canFilter = false;
    },
    plainErrors: () => {
      world.hasPlainErrors = true;
    },
    clear: () => {
      world.canFilter = true;
      world.hasPlainErrors = false;
      world.users.clear();
      world.shown = null;
      faults.clear();
      always = null;
      asked.length = 0;
      world.applied.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | null,
): Promise<void> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  if (fault === 'hang') return;
  if (fault === 'drop') {
    response.destroy();
    return;
  }
  if (typeof fault === 'object' && fault !== null) {
    response.writeHead(fault.status, fault.headers ?? {});
    response.end(fault.body ?? '');
    return;
  }
  world.isLost = fault === 'lose';
  const answer = await answerTo(world, request, text, fault);
  world.isLost = false;
  if (fault === 'drop-after') {
    // whoever asked has written all and waits
    await sleep(5);
    response.destroy();
    return;
  }
  const headers = { 'content-type': 'application/scim+json', ...answer.headers };
  response.writeHead(answer.status, headers);
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

async function answerTo(
  world: World,
  request: IncomingMessage,
  text: string,
  fault: Fault | null,
): Promise<Answer> {
  try {
    return await act(world, request, text, fault);
  } catch (error) {
    const { status = 500, scimType } = error as { status?: number; scimType?: string };
    if (world.hasPlainErrors) return { status: Number(status) };
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    return { status: Number(status), body: { schemas, status: String(status), scimType } };
  }
}

async function act(
  world: World,
  { method = '', url = '', headers }: IncomingMessage,
  text: string,
  fault: Fault | null,
): Promise<Answer> {
  const token = headers.authorization?.replace('Bearer ', '');
  if (token !== WRITE_TOKEN && token !== READ_TOKEN) return { status: 401 };
  if (method !== 'GET' && token === READ_TOKEN) return { status: 403 };
  const { pathname, searchParams } = new URL(url, 'http://scim.test');
  const id = decodeURIComponent(pathname.replace(/^\/scim\/v2\/Users\/?/, '')) || undefined;
  if (pathname === '/scim/v2/ServiceProviderConfig') {
    return { status: 200, body: { filter: { supported: world.canFilter, maxResults: 200 } } };
  }
  if (!pathname.startsWith('/scim/v2/Users')) return { status: 404 };
  if (searchParams.has('filter') && !world.canFilter) return { status: 501 };
  const query = Object.fromEntries(searchParams) as Record<string, string>;
  const constraints = {
    ...(query.filter ? { filter: query.filter } : {}),
    ...(query.startIndex ? { startIndex: Number(query.startIndex) } : {}),
    ...(query.count ? { count: Math.min(Number(query.count), 50) } : {}),
  };
  const resource = new SCIMMY.Resources.User(id as string, constraints);
  const known = id === undefined ? undefined : world.users.get(id);
  const wanted = headers['if-match'];
  if (wanted !== undefined && known && wanted !== `W/"${known.version}"`) return { status: 412 };
  if (method === 'GET') return withEtag(200, await resource.read(world));
  if (method === 'DELETE') {
    await resource.dispose(world);
    return { status: 204 };
  }
  const body = JSON.parse(text) as never;
  if (method === 'PATCH') {
    if (fault === 'refuse-patch') return { status: 501 };
    const patched = await resource.patch(body, world);
    return patched === undefined ? { status: 204 } : withEtag(200, patched);
  }
  return withEtag(method === 'POST' ? 201 : 200, await resource.write(body, world));
}

function withEtag(status: number, body: unknown): Answer {
  const plain = JSON.parse(JSON.stringify(body)) as { meta?: { version?: string } };
  const version = plain.meta?.version;
  return { status, body: plain, ...(version ? { headers: { etag: version } } : {}) };
}
