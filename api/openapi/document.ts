/**
 * The document that tells programs what this API is, made of the table of routes and of what each route says of itself.
 * Source: OpenAPI 3.1.1. Class: pure.
 */
import { ERRORS, type ErrorCode } from '../../engine/errors/index.js';
import type { Permission, RouteName } from '../permissions.js';
import { CAMUNDA_PROBLEM, isProblemCode, PROBLEM } from '../problem.js';
import type { About, Answer, Sent } from './about.js';
import { type Refusing, refusalsOf } from './refusals.js';
import { createSchemas, type JsonSchema, type Schemas } from './schemas.js';
import { INTRODUCTION, tagOf, WHO } from './texts.js';

/** A route of the app with what it says. */
export interface Told {
  readonly name: RouteName;
  readonly permission: Permission;
  readonly about: About;
}

/** A document, as it is sent. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** Makes it. */
export function documentOf(routes: readonly Told[], version: string): OpenApiDocument {
  const schemas = createSchemas();
  const problem = {
    ours: schemas.of(PROBLEM, 'output'),
    camundas: schemas.of(CAMUNDA_PROBLEM, 'output'),
  };
  const paths: Record<string, Record<string, unknown>> = {};
  const codes = new Map<string, object>();
  for (const told of routes) {
    const { path, method } = told.permission;
    const isCamundas = path.startsWith('/v2/');
    const refusals = refusalsOf(told.permission, told.about);
    for (const one of refusals) codes.set(exampleName(one, isCamundas), exampleOf(one, isCamundas));
    const place = path.replace(/:(\w+)/g, '{$1}').replace('*', '{path}');
    paths[place] = {
      ...paths[place],
      [method.toLowerCase()]: {
        ...operationOf(told, schemas),
        responses: {
          ...answersOf([told.about.answers].flat(), schemas),
          ...refusedOf(refusals, isCamundas, isCamundas ? problem.camundas : problem.ours),
        },
      },
    };
  }
  const tags = [...new Set(routes.map(({ permission }) => tagOf(permission.path)))].sort();
  return {
    openapi: '3.1.1',
    info: { title: 'Jornada', version, description: INTRODUCTION, license: LICENSE },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      examples: Object.fromEntries([...codes].sort()),
      securitySchemes: SECURITY,
    },
  };
}

const LICENSE = { name: 'Apache-2.0', identifier: 'Apache-2.0' };

const SECURITY = {
  session: {
    ...{ type: 'apiKey', in: 'cookie', name: '__Host-jornada' },
    description:
      'The cookie of a session, with `X-CSRF-Token` beside whatever is no GET. On `http://localhost` its name is `jornada-session`.',
  },
  provisioning: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of `JORNADA_SCIM_TOKEN`.',
  },
  token: { type: 'http', scheme: 'bearer', description: 'An API token, `jrn_…`.' },
  basic: {
    ...{ type: 'http', scheme: 'basic' },
    description: 'The login name of the owner of an API token, and the token as the password.',
  },
} as const;

function operationOf({ name, permission, about }: Told, schemas: Schemas): object {
  const { path, who, by } = permission;
  const { summary, says, query, body } = about;
  const programs = by === 'any' ? [{ token: [] }, { basic: [] }] : [];
  return {
    operationId: name,
    summary,
    description: [...(says === undefined ? [] : [says]), WHO(permission)].join('\n\n'),
    tags: [tagOf(path)],
    security:
      who === 'anonymous'
        ? []
        : who === 'provisioner'
          ? [{ provisioning: [] }]
          : [{ session: [] }, ...programs],
    'x-permission': { ...permission },
    parameters: [
      ...inAddress(path, about.params ?? {}),
      ...(query ? inQuery(schemas.of(query, 'input')) : []),
      ...(permission.values === undefined ? [] : [REASON]),
    ],
    ...(body && { requestBody: sentAs(body, schemas) }),
  };
}

/** Why values are read. */
const REASON = {
  ...{ name: 'Jornada-Reason', in: 'header', required: false, schema: { type: 'string' } },
  description:
    'Why an auditor reads values, percent-encoded in UTF-8; without it they are masked, or it is refused. The audit keeps it.',
};

const inAddress = (path: string, says: Readonly<Record<string, string>>): readonly object[] =>
  Array.from(path.matchAll(/:(\w+)|\*/g), ([, name = 'path']) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
    description: says[name] ?? 'As lists and answers tell it.',
  }));

function inQuery({ properties = {}, required = [] }: JsonSchema): readonly object[] {
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) => {
    const { description, ...rest } = schema;
    const isRequired = (required as readonly string[]).includes(name);
    return {
      ...{ name, in: 'query', required: isRequired, schema: rest },
      ...(description !== undefined && { description }),
    };
  });
}

const sentAs = ({ type, schema, example }: Sent, schemas: Schemas): object => ({
  required: !schema.safeParse(undefined).success,
  content: { [type]: { schema: schemas.of(schema, 'input'), example } },
});

/** One answer for each status: forms may be answered by a page where programs get JSON. */
function answersOf(all: readonly Answer[], schemas: Schemas): Readonly<Record<string, object>> {
  const statuses = [...new Set(all.map(({ status }) => status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const here = all.filter((one) => one.status === status);
      const content = here.flatMap(({ type, schema, example }) =>
        type === null
          ? []
          : [[type, schema ? { schema: schemas.of(schema, 'output'), example } : TEXT] as const],
      );
      return [
        String(status),
        {
          description: [...new Set(here.map(({ says }) => says))].join('; '),
          ...(content.length > 0 && { content: Object.fromEntries(content) }),
        },
      ];
    }),
  );
}

const TEXT = { schema: { type: 'string' } };

/** One answer for each status, with an example for each code. */
function refusedOf(
  all: readonly Refusing[],
  isCamundas: boolean,
  schema: JsonSchema,
): Readonly<Record<string, object>> {
  const statuses = [...new Set(all.map(({ status }) => status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const here = all.filter((one) => one.status === status);
      const examples = here.map((one) => [
        one.code,
        { $ref: `#/components/examples/${exampleName(one, isCamundas)}` },
      ]);
      return [
        String(status),
        {
          description: here.map(({ code }) => `\`${code}\``).join(', '),
          content: {
            'application/problem+json': { schema, examples: Object.fromEntries(examples) },
          },
        },
      ];
    }),
  );
}

const exampleName = ({ code }: Refusing, isCamundas: boolean): string =>
  isCamundas ? `camunda_${code}` : code;

const REQUEST = 'f3b4a5f6-6d6b-4a4a-9d0f-6f2f3a1c2b3d';

/** Words in braces are what an answer says of its request. */
function exampleOf({ code, status, title }: Refusing, isCamundas: boolean): object {
  const text = ERRORS[code as ErrorCode].text;
  const detail = isProblemCode(code) ? text : `${code}: ${text}`;
  const value = isCamundas
    ? { type: 'about:blank', title, status, detail, instance: '/v2/…' }
    : {
        type: `urn:jornada:problem:${code.toLowerCase()}`,
        ...{ title, status, detail, code, requestId: REQUEST },
      };
  return { summary: code, value };
}
