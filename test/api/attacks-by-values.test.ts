/**
 * X22: every route that there is, sent what nobody means: statements, NULs, operators, huge and odd values, in each place of
 * its address, its query and its body. Whatever comes of it is an answer that its route tells of, and no fault of ours.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type About, FILES } from '../../api/openapi/about.js';
import { PERMISSIONS, type Permission, type RouteName } from '../../api/permissions.js';
import { openWorld, SCIM_TOKEN, type World } from '../support/identities.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const STATEMENT = `x'); drop table users; --" or 1=1`;
const TEXTS = [STATEMENT, 'a\u0000b', '../../etc/passwd', '\ud800', 'x'.repeat(3_000)];
const VALUES: readonly unknown[] = [
  ...TEXTS,
  ...[1e308, -1, null, true, [], { $gt: '' }, { constructor: { x: 1 } }],
];

const NO_ENGINE =
  /^TypeError: Cannot read properties of undefined \(reading '(start|withDeadline)'\)$/;

/** An open stream ends when whoever listens goes; its tests are its own. */
const STREAMS: readonly string[] = ['events'];
const names = (Object.keys(PERMISSIONS) as RouteName[]).filter((name) => !STREAMS.includes(name));

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A body with another value at each of its places in turn, and with each property that it could have besides. */
function* variants(value: unknown, more: readonly string[], odd: unknown): Generator<unknown> {
  yield odd;
  if (Array.isArray(value)) {
    for (const [at, inner] of value.entries())
      for (const variant of variants(inner, [], odd)) yield value.with(at, variant);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value))
      for (const variant of variants(inner, [], odd)) yield { ...value, [key]: variant };
    for (const key of more) if (!(key in value)) yield { ...value, [key]: odd };
    yield { ...value, filter: { state: odd, [STATEMENT]: 'x' } };
    yield { ...value, sort: [{ field: odd, order: 'ASC' }] };
    yield { ...value, page: { after: odd, limit: odd } };
  }
}

/** Names of what a schema takes. */
function propertiesOf(schema: z.ZodType): readonly string[] {
  const { properties, anyOf = [] } = z.toJSONSchema(schema, { unrepresentable: 'any' }) as {
    readonly properties?: object;
    readonly anyOf?: readonly { readonly properties?: object }[];
  };
  return [properties, ...anyOf.map((one) => one.properties)].flatMap((one) =>
    Object.keys(one ?? {}),
  );
}

/** A request, as far as it is odd. */
interface Asked {
  readonly method: Permission['method'];
  readonly url: string;
  readonly payload?: string;
}

function* requestsOf({ method, path }: Permission, about: About): Generator<Asked> {
  const at = (value: string): string => path.replace(/:\w+/g, encodeURIComponent(value));
  const known = at('1');
  if (known !== path) {
    for (const value of TEXTS.filter((text) => text !== '\ud800')) yield { method, url: at(value) };
    for (const value of ['%00', '%', '..%2f..%2f', '%c3%28']) {
      yield { method, url: path.replace(/:\w+/g, value) };
    }
  }
  for (const name of about.query ? propertiesOf(about.query) : ['x']) {
    for (const value of TEXTS.filter((text) => text !== '\ud800')) {
      yield { method, url: `${known}?${name}=${encodeURIComponent(value)}` };
    }
    yield { method, url: `${known}?${name}=1&${name}=2` };
  }
  const { body } = about;
  if (!body || FILES.includes(body.type) || method === 'GET') return;
  const more = propertiesOf(body.schema);
  for (const odd of VALUES) {
    for (const variant of variants(body.example, more, odd)) {
      yield { method, url: known, payload: JSON.stringify(variant) };
    }
  }
}

describe('X22', () => {
  test.each(names)('%s', async (name) => {
    const row: Permission = PERMISSIONS[name];
    const told = world.app.told.find((one) => one.name === name);
    if (!told) throw new Error(`${name} is not told`);
    const scim = { authorization: `Bearer ${SCIM_TOKEN}` };
    const person = await world.person(['admin', 'designer', 'csm']);
    // A program has no session that signing out would end.
    let headers =
      row.who === 'provisioner' ? scim : await world.token(person, ['admin', 'designer', 'csm']);
    if (row.by === 'session') headers = await world.session(person);
    world.troubles.splice(0);
    const odd: string[] = [];
    for (const request of requestsOf(row, told.about)) {
      const type = { 'content-type': 'application/json' };
      const sent = { ...headers, ...(request.payload !== undefined && type) };
      const { statusCode, body } = await world.ask({ ...request, headers: sent });
      const what = `${request.url.slice(0, 200)} ${String(request.payload).slice(0, 300)}: ${body.slice(0, 300)}`;
      const troubles = world.troubles.splice(0).map(String);
      // What got past all checks would have reached the engine, which this app has none of.
      if (troubles.length > 0 && troubles.every((one) => NO_ENGINE.test(one))) continue;
      if (statusCode === 500 || troubles.length > 0) odd.push(`${what}: ${troubles}`);
    }
    expect(odd).toEqual([]);
    expect((await world.store.identities.get(person.userId))?.loginName).toBe(person.loginName);
  });
});
