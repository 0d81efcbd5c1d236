/** The document, the table of routes and the routes themselves say the same, and the document is one. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type About, type Answer, answers, FILES } from '../../api/openapi/about.js';
import { PERMISSIONS, type Permission, type RouteName } from '../../api/permissions.js';
import { addRoute } from '../../api/plugins/routes.js';
import { ERRORS } from '../../engine/errors/index.js';
import { openWorld, type World } from '../support/identities.js';
import { holdToTold } from '../support/openapi.js';

type Operation = Readonly<Record<string, never>> & {
  readonly operationId: RouteName;
  readonly summary: string;
  readonly description: string;
  readonly 'x-permission': Permission;
  readonly security: readonly object[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
};
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object; readonly examples: object };
}

let world: World;
let document: Document;
const operations = new Map<string, readonly [string, Operation]>();
beforeAll(async () => {
  world = await openWorld();
  const answer = await world.ask({ url: '/openapi.json' });
  expect(answer.statusCode).toBe(200);
  document = answer.json();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      operations.set(operation.operationId, [`${method.toUpperCase()} ${path}`, operation]);
    }
  }
});
afterAll(() => world.close());

const aboutOf = (name: RouteName): About => {
  const told = world.app.told.find((one) => one.name === name);
  if (!told) throw new Error(`${name} is not told`);
  return told.about;
};

const names = Object.keys(PERMISSIONS) as RouteName[];

test('is OpenAPI 3.1', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const schema = JSON.parse(readFileSync('test/fixtures/openapi/schema-3.1.json', 'utf8'));
  const isValid = ajv.compile(schema);
  expect(isValid(document), JSON.stringify(isValid.errors?.slice(0, 3))).toBe(true);
  expect(isValid({ ...document, paths: { '/x': { get: { summary: 1 } } } })).toBe(false);
});

test('has schemas that JSON Schema 2020-12 compiles, and no reference to nothing', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (on: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'openapi');
  const references = JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g);
  for (const reference of new Set(Array.from(references, ([, one]) => one))) {
    const part = (reference ?? '').slice(1).split('/');
    const found = part.reduce<unknown>(
      (at, key) => (at as Record<string, unknown>)?.[key],
      document,
    );
    expect(found, reference).toBeTypeOf('object');
  }
  for (const name of Object.keys(document.components.schemas)) {
    ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
  }
});

test('has every row of the table, and nothing else', () => {
  expect([...operations.keys()].sort()).toEqual([...names].sort());
});

describe('each route', () => {
  test.each(names)('%s is where the table says, for whom it says', (name) => {
    const { method, path, who, by } = PERMISSIONS[name];
    const [place, operation] = operations.get(name) ?? [];
    expect(place).toBe(`${method} ${path.replace(/:(\w+)/g, '{$1}').replace('*', '{path}')}`);
    expect(operation?.['x-permission']).toEqual(PERMISSIONS[name]);
    const isOfPeople = who !== 'provisioner' && by === 'any';
    const ways = who === 'anonymous' ? 0 : isOfPeople ? 3 : 1;
    expect(operation?.security).toHaveLength(ways);
  });

  test.each(names)('%s has a summary, examples that fit and codes that there are', (name) => {
    const about = aboutOf(name);
    expect(about.summary).toMatch(/^[A-Z][^\n]{8,100}[^.]$/);
    const { body } = about;
    if (body && !FILES.includes(body.type)) {
      expect(body.schema.safeParse(body.example).error).toBeUndefined();
    }
    for (const { schema, example } of [about.answers].flat() as readonly Answer[]) {
      if (schema) expect(schema.safeParse(example).error).toBeUndefined();
    }
    for (const code of about.errors ?? []) expect(ERRORS).toHaveProperty(code);
    const [, operation] = operations.get(name) ?? [];
    const told = Object.values(operation?.responses ?? {}).flatMap(({ description }) =>
      Array.from(description.matchAll(/`([A-Z_]+)`/g), ([, code]) => code),
    );
    expect(told).toContain('HTTP_INTERNAL');
    for (const code of about.errors ?? []) expect(told).toContain(code);
  });

  test.each(names)('%s names each part of its address', (name) => {
    const parts = Array.from(
      PERMISSIONS[name].path.matchAll(/:(\w+)|\*/g),
      ([, part = 'path']) => part,
    );
    const [, operation] = operations.get(name) ?? [];
    const told = operation?.parameters.filter((one) => one.in === 'path').map((one) => one.name);
    expect(told).toEqual(parts);
  });

  test.each(names)('%s refuses in its body what its schema does not name', (name) => {
    const { body } = aboutOf(name);
    if (body?.type !== 'application/json') return;
    const more = { ...(body.example as object), somethingElse: 1 };
    expect(body.schema.safeParse(more).success).toBe(false);
  });
});

test('an answer of another shape than is told is noticed', async () => {
  const troubles: unknown[] = [];
  const app = holdToTold(Fastify(), troubles);
  const about = { summary: 'Tells its health', answers: answers(z.strictObject({}), {}) };
  addRoute(app, 'health', about, () => ({ status: 'ok' }));
  expect((await app.inject('/health')).statusCode).toBe(200);
  expect(String(troubles)).toContain('health answered 200');
  await app.close();
});
