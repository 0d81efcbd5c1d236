/** SCIM 2.0: the system that has a company's people adds, changes and removes them here. Source: RFC 7644. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { idIn, inputOf } from '../input.js';
import { type About, answers, NOTHING_TOLD } from '../openapi/about.js';
import { addRoute } from '../plugins/routes.js';
import { addProvisioned, changeProvisioned, one, removeProvisioned } from '../scim/people.js';
import {
  nameAskedFor,
  pageOf,
  patchedPerson,
  personIn,
  RESOURCE_TYPE,
  SERVICE,
  schemaShown,
  shownPerson,
  USER_SCHEMA,
} from '../scim/resource.js';

/** How SCIM writes JSON. */
const SCIM = 'application/scim+json';
const LARGE = { bodyLimit: 64 * 1024 };

const whole = z.coerce.number().int().min(0).max(1_000_000);
const QUERY = z.object({
  filter: z.string().max(2000).optional(),
  startIndex: whole.default(1),
  count: whole.default(100),
});
const RESOURCE = z.looseObject({ schemas: z.array(z.string()) });
const A_PERSON = {
  ...{ schemas: [USER_SCHEMA], id: '7b0e4c9e-2f53-4d0a-9c39-5f1f4a3f9c11' },
  ...{ userName: 'cora@example.com', active: true, roles: [{ value: 'csm' }] },
};
const told = (example: { schemas: string[] }, status = 200) => ({
  ...answers(RESOURCE, example, status),
  type: SCIM,
});
const sentAs = (example: object) => ({ type: SCIM, schema: z.looseObject({}), example });
const errors: About['errors'] = ['INPUT_INVALID', 'LAST_ADMIN', 'LOGIN_NAME_TAKEN'];
const ABOUT = {
  scimService: { summary: 'Says what this SCIM server can', answers: told(SERVICE) },
  scimTypes: { summary: 'Lists what is provisioned: people', answers: told(RESOURCE_TYPE) },
  scimSchemas: { summary: 'Lists the attributes of people', answers: told({ schemas: [] }) },
  scimUsers: {
    summary: 'Lists provisioned people',
    query: QUERY,
    answers: told({ schemas: [] }),
    errors,
  },
  scimUser: { summary: 'Gets a provisioned person', answers: told(A_PERSON) },
  addScimUser: {
    summary: 'Adds a person',
    says: '`roles` are roles, `entitlements` are groups; `externalId` is the subject at the provider of identities, by which they sign in.',
    body: sentAs(A_PERSON),
    answers: told(A_PERSON, 201),
    errors,
  },
  putScimUser: {
    summary: 'Replaces a provisioned person',
    body: sentAs(A_PERSON),
    answers: told(A_PERSON),
    errors,
  },
  patchScimUser: {
    summary: 'Changes a provisioned person',
    says: 'With `active` false they are out with the next request, and their tasks go back to the candidates.',
    body: sentAs({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    }),
    answers: told(A_PERSON),
    errors,
  },
  removeScimUser: { summary: 'Removes a provisioned person', answers: NOTHING_TOLD, errors },
} satisfies Record<string, About>;

/** Adds them. */
export function addScim(app: FastifyInstance, state: AppState): void {
  const base = (): string => `${depsOf(state).identities.publicUrl}/scim/v2/Users`;
  const list = (items: readonly unknown[]) => pageOf(items as never, { startIndex: 1, count: 100 });
  const found = async (request: FastifyRequest) => {
    const userId = idIn(request, 'userId');
    return one(await depsOf(state).identities.people.provisioned({ userId }));
  };
  addRoute(app, 'scimService', ABOUT.scimService, (_, reply) => reply.type(SCIM).send(SERVICE));
  addRoute(app, 'scimTypes', ABOUT.scimTypes, (_, reply) =>
    reply.type(SCIM).send(list([RESOURCE_TYPE])),
  );
  addRoute(app, 'scimSchemas', ABOUT.scimSchemas, (_, reply) =>
    reply.type(SCIM).send(list([schemaShown()])),
  );
  addRoute(app, 'scimUsers', ABOUT.scimUsers, async (request, reply) => {
    const query = inputOf(QUERY, request.query);
    const userName = nameAskedFor(query.filter);
    const which = userName === null ? {} : { userName };
    const people = await depsOf(state).identities.people.provisioned(which);
    const shown = people.map((person) => shownPerson(person, base()));
    return reply.type(SCIM).send(pageOf(shown, query));
  });
  addRoute(app, 'scimUser', ABOUT.scimUser, async (request, reply) =>
    reply.type(SCIM).send(shownPerson(await found(request), base())),
  );
  addRoute(
    app,
    'addScimUser',
    ABOUT.addScimUser,
    async (request, reply) => {
      const { identities } = depsOf(state);
      const wanted = personIn(request.body);
      const added = await addProvisioned(identities, wanted, byOf(request, identities));
      const shown = shownPerson(added, base());
      void reply.header('location', `${base()}/${added.user.userId}`);
      return reply.code(201).type(SCIM).send(shown);
    },
    LARGE,
  );
  const changes = { putScimUser: personIn, patchScimUser: patchedPerson } as const;
  for (const name of ['putScimUser', 'patchScimUser'] as const) {
    addRoute(
      app,
      name,
      ABOUT[name],
      async (request, reply) => {
        const { identities } = depsOf(state);
        const person = await found(request);
        const wanted =
          name === 'putScimUser'
            ? changes.putScimUser(request.body)
            : await changes.patchScimUser(shownPerson(person, base()), request.body);
        const by = byOf(request, identities);
        const changed = await changeProvisioned(identities, person, wanted, by);
        return reply.type(SCIM).send(shownPerson(changed, base()));
      },
      LARGE,
    );
  }
  addRoute(app, 'removeScimUser', ABOUT.removeScimUser, async (request, reply) => {
    const { identities } = depsOf(state);
    await removeProvisioned(identities, await found(request), byOf(request, identities));
    return reply.code(204).send();
  });
}
