/** How many instances stand where, by Camunda's API. Errors are told by their code: what else is said of one may be sealed. */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CodeStanding, VersionStanding } from '../../../store/index.js';
import { camundaOf, tenantId } from '../../camunda/asking.js';
import { A_DEFINITION_KEY } from '../../camunda/examples.js';
import { TENANT } from '../../camunda/fields.js';
import { keysFor } from '../../camunda/keys.js';
import { definitionId, definitionsOf } from '../../camunda/surroundings.js';
import { searchAnswer, wireKey, wireTenant } from '../../camunda/wire-schemas.js';
import type { AppState } from '../../deps.js';
import { inputOf } from '../../input.js';
import { type About, answers, sent } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';

const PAGE = z
  .strictObject({
    from: z.int().min(0).default(0),
    limit: z.int().min(1).max(10_000).default(100),
  })
  .default({ from: 0, limit: 100 });

/** What is sent: a page by offset, and an order by what is counted. */
const asked = <F extends string>(...fields: readonly [F, ...F[]]) =>
  z.strictObject({
    page: PAGE,
    sort: z
      .array(
        z.strictObject({ field: z.enum(fields), order: z.enum(['ASC', 'DESC']).default('ASC') }),
      )
      .max(10)
      .default([]),
  });

const WITH = 'activeInstancesWithIncidentCount';
const WITHOUT = 'activeInstancesWithoutIncidentCount';
const STOPPED = 'activeInstancesWithErrorCount';

const BY_PROCESS = asked('processDefinitionId', WITH, WITHOUT);
const BY_VERSION = asked(
  ...(['processDefinitionId', 'processDefinitionKey', 'processDefinitionName'] as const),
  ...(['processDefinitionVersion', WITH, WITHOUT] as const),
).extend({ filter: z.strictObject({ processDefinitionId: z.string(), tenantId }) });
const BY_ERROR = asked('errorMessage', STOPPED);
const BY_DEFINITION = asked('processDefinitionKey', 'tenantId', STOPPED).extend({
  filter: z.strictObject({ errorHashCode: z.int() }),
});

const counts = { [WITH]: z.int(), [WITHOUT]: z.int(), tenantId: wireTenant } as const;
const version = {
  ...{ processDefinitionId: z.string(), processDefinitionKey: wireKey },
  ...{ processDefinitionVersion: z.int(), tenantId: wireTenant },
};
const PROCESS_ROW = z.strictObject({
  ...{ processDefinitionId: z.string(), latestProcessDefinitionName: z.string().nullable() },
  ...{ hasMultipleVersions: z.boolean(), ...counts },
});
const VERSION_ROW = z.strictObject({
  ...{ ...version, processDefinitionName: z.string().nullable(), ...counts },
});
const ERROR_ROW = z.strictObject({
  ...{ errorHashCode: z.int(), errorMessage: z.string() },
  activeInstancesWithErrorCount: z.int(),
});
const DEFINITION_ROW = z.strictObject({
  ...{ ...version, processDefinitionName: z.string() },
  activeInstancesWithErrorCount: z.int(),
});

const ONE_PAGE = { totalItems: 1, hasMoreTotalItems: false, startCursor: null, endCursor: null };
const SOME = { [WITH]: 1, [WITHOUT]: 40, tenantId: TENANT } as const;
const A_VERSION = {
  ...{ processDefinitionId: 'support-ticket', processDefinitionKey: A_DEFINITION_KEY },
  ...{ processDefinitionVersion: 3, processDefinitionName: 'Support ticket' },
  tenantId: TENANT,
} as const;

const listed = <T extends z.ZodObject>(row: T, example: z.output<T>) =>
  answers(searchAnswer(row), { items: [example], page: ONE_PAGE } as never);

const ABOUT = {
  instancesByProcess: {
    summary: 'Counts running instances by process, with and without incidents',
    body: sent(BY_PROCESS.optional(), { sort: [{ field: WITH, order: 'DESC' }] }),
    answers: listed(PROCESS_ROW, {
      ...{ processDefinitionId: 'support-ticket', hasMultipleVersions: true, ...SOME },
      latestProcessDefinitionName: 'Support ticket',
    }),
  },
  instancesByVersion: {
    summary: 'Counts running instances of a process by version, with and without incidents',
    body: sent(BY_VERSION, { filter: { processDefinitionId: 'support-ticket' } }),
    answers: listed(VERSION_ROW, { ...A_VERSION, ...SOME }),
  },
  instancesByError: {
    summary: 'Counts running instances by the code of what stops them',
    says: '`errorHashCode` is made of the code.',
    body: sent(BY_ERROR.optional(), { sort: [{ field: STOPPED, order: 'DESC' }] }),
    answers: listed(ERROR_ROW, {
      ...{ errorHashCode: 1234567, errorMessage: 'CONDITION_ERROR', [STOPPED]: 2 },
    }),
  },
  instancesByDefinition: {
    summary: 'Counts running instances that one code stops by version of their process',
    body: sent(BY_DEFINITION, { filter: { errorHashCode: 1234567 } }),
    answers: listed(DEFINITION_ROW, { ...A_VERSION, [STOPPED]: 2 }),
  },
} satisfies Record<string, About>;

/** A suspended instance has not ended either. */
const RUNNING = { state: { $in: ['ACTIVE', 'SUSPENDED'] } };

/** Adds them. */
export function addStatistics(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'instancesByProcess', ABOUT.instancesByProcess, async (request) => {
    const wanted = inputOf(BY_PROCESS, request.body ?? {});
    const { store } = camundaOf(state, request);
    const rows = await store.processInstances.versions({ filter: RUNNING });
    const ids = [...new Set(rows.map(({ processId }) => processId))];
    const filter = { processId: { $in: ids } };
    const { items } = await store.definitions.processes.search({ filter, limit: MOST });
    return paged(
      wanted,
      ids.map((processId) => ({
        processDefinitionId: processId,
        latestProcessDefinitionName:
          items.find((one) => one.processId === processId && one.isLatest)?.name ?? null,
        hasMultipleVersions: items.filter((one) => one.processId === processId).length > 1,
        ...countsOf(rows.filter((row) => row.processId === processId)),
      })),
    );
  });
  addRoute(app, 'instancesByVersion', ABOUT.instancesByVersion, async (request) => {
    const { filter, ...wanted } = inputOf(BY_VERSION, request.body ?? {});
    const { store } = camundaOf(state, request);
    const of = { filter: { ...RUNNING, processId: filter.processDefinitionId } };
    const rows = await store.processInstances.versions(of);
    const named = await versionsNamed(state, request, rows);
    return paged(
      wanted,
      rows.map((row) => ({ ...named(row), ...countsOf([row]) })),
    );
  });
  addRoute(app, 'instancesByError', ABOUT.instancesByError, async (request) => {
    const wanted = inputOf(BY_ERROR, request.body ?? {});
    const { store } = camundaOf(state, request);
    const rows = await store.processInstances.stopped({ filter: RUNNING });
    const codes = [...new Set(rows.map(({ code }) => code))];
    return paged(
      wanted,
      codes.map((code) => ({
        ...{ errorHashCode: hashOf(code), errorMessage: code },
        [STOPPED]: sum(rows.filter((row) => row.code === code).map((row) => row.instances)),
      })),
    );
  });
  addRoute(app, 'instancesByDefinition', ABOUT.instancesByDefinition, async (request) => {
    const { filter, ...wanted } = inputOf(BY_DEFINITION, request.body ?? {});
    const { store } = camundaOf(state, request);
    const all = await store.processInstances.stopped({ filter: RUNNING });
    const rows = all.filter(({ code }) => hashOf(code) === filter.errorHashCode);
    const named = await versionsNamed(state, request, rows);
    return paged(
      wanted,
      rows.map((row) => {
        const of = named(row);
        const processDefinitionName = of.processDefinitionName ?? row.processId;
        return { ...of, processDefinitionName, [STOPPED]: row.instances };
      }),
    );
  });
}

/** Versions that are read at a time. */
const MOST = 10_000;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const countsOf = (rows: readonly VersionStanding[]) => ({
  [WITH]: sum(rows.map(({ withIncident }) => withIncident)),
  [WITHOUT]: sum(rows.map(({ withoutIncident }) => withoutIncident)),
  tenantId: TENANT,
});

/** How versions are told. */
async function versionsNamed(
  state: AppState,
  request: FastifyRequest,
  rows: readonly Pick<CodeStanding, 'processId' | 'version'>[],
) {
  const { store } = camundaOf(state, request);
  const { definition } = await definitionsOf(
    store,
    rows.map(({ processId, version: definitionVersion }) => ({ processId, definitionVersion })),
  );
  const keyOf = await keysFor(
    store,
    rows.map((row) => ['processDefinition', definitionId(row.processId, row.version)]),
  );
  return ({ processId, version: of }: Pick<CodeStanding, 'processId' | 'version'>) => ({
    ...{ processDefinitionId: processId, processDefinitionVersion: of, tenantId: TENANT },
    processDefinitionKey: keyOf('processDefinition', definitionId(processId, of)),
    processDefinitionName: definition(processId, of)?.name ?? null,
  });
}

/** A number of 32 bits that a code is known by. */
const hashOf = (code: string): number => createHash('sha256').update(code).digest().readInt32BE(0);

interface Wanted {
  readonly page: { readonly from: number; readonly limit: number };
  readonly sort: readonly { readonly field: string; readonly order: 'ASC' | 'DESC' }[];
}

/** One page of them, in the order that was asked for. */
function paged<T extends object>({ page, sort }: Wanted, rows: readonly T[]): object {
  const countedBy = (row: T, field: string): string | number =>
    (row as Readonly<Record<string, string | number | null>>)[field] ?? '';
  const sorted = rows.toSorted((one, other) => {
    for (const { field, order } of sort) {
      const [a, b] = [countedBy(one, field), countedBy(other, field)];
      if (a !== b) return (a < b ? -1 : 1) * (order === 'ASC' ? 1 : -1);
    }
    return 0;
  });
  return {
    items: sorted.slice(page.from, page.from + page.limit),
    page: {
      ...{ totalItems: rows.length, hasMoreTotalItems: false },
      ...{ startCursor: null, endCursor: null },
    },
  };
}
