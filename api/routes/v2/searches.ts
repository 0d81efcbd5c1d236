/** Searches and single reads of Camunda's API: each is a kind of thing, and where it is. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { camundaOf, keyIn, searcherOf } from '../../camunda/asking.js';
import { BATCHES } from '../../camunda/batches.js';
import { DECISIONS, REQUIREMENTS } from '../../camunda/decisions.js';
import { ELEMENT_INSTANCES } from '../../camunda/element-instances.js';
import {
  A_BATCH,
  A_DECISION_DEFINITION,
  A_DEFINITION,
  A_MESSAGE_SUBSCRIPTION,
  A_USER_TASK,
  A_VARIABLE,
  AN_ELEMENT_INSTANCE,
  AN_INCIDENT,
  AN_INSTANCE,
  SOME_REQUIREMENTS,
} from '../../camunda/examples.js';
import { INCIDENTS } from '../../camunda/incidents.js';
import { idOfKey, type KeyKind, partsOf } from '../../camunda/keys.js';
import { MESSAGE_SUBSCRIPTIONS } from '../../camunda/message-subscriptions.js';
import { PROCESS_DEFINITIONS } from '../../camunda/process-definitions.js';
import { PROCESS_INSTANCES } from '../../camunda/process-instances.js';
import { answerSearch, type Searched } from '../../camunda/search.js';
import { USER_TASKS } from '../../camunda/user-tasks.js';
import { VARIABLE, variablesCut } from '../../camunda/variables.js';
import { searchAnswer, searchBody } from '../../camunda/wire-schemas.js';
import { addSearchCsv } from '../../csv/search.js';
import type { AppState } from '../../deps.js';
import { inputOf } from '../../input.js';
import { type About, answers, sent } from '../../openapi/about.js';
import type { RouteName } from '../../permissions.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';

/** Filters are long where many keys are named. */
const MOST_BODY = 64 * 1024;

/** A kind of thing with one of it by its key. */
interface Read {
  readonly search: RouteName;
  readonly csv: RouteName;
  readonly get: RouteName;
  readonly searched: Searched<never>;
  readonly kind: KeyKind;
  /** What it is called, as one and as many. */
  readonly noun: readonly [string, string];
  readonly example: object;
  /** Fields of the store that the parts of an id are. */
  readonly fields: (id: string) => Readonly<Record<string, string | number>>;
}

const of =
  (field: string) =>
  (id: string): Readonly<Record<string, string>> => {
    const { instanceId, rest } = partsOf(id);
    return { instanceId, [field]: rest };
  };

/** Of something that a package brought. */
const ofPackage = (id: string, field: string): Readonly<Record<string, string>> => {
  const { instanceId: packageHash, rest } = partsOf(id);
  return { packageHash, [field]: rest };
};

const READS: readonly Read[] = [
  {
    ...{
      search: 'searchProcessDefinitions',
      csv: 'processDefinitionsCsv',
      get: 'getProcessDefinition',
    },
    ...{ searched: PROCESS_DEFINITIONS as never, kind: 'processDefinition' },
    ...{ noun: ['a process definition', 'process definitions'], example: A_DEFINITION },
    fields: (id) => {
      const { instanceId: processId, rest } = partsOf(id);
      return { processId, version: Number(rest) };
    },
  },
  {
    ...{
      search: 'searchDecisionDefinitions',
      csv: 'decisionDefinitionsCsv',
      get: 'getDecisionDefinition',
    },
    ...{ searched: DECISIONS as never, kind: 'decision', example: A_DECISION_DEFINITION },
    ...{ noun: ['a decision definition', 'decision definitions'] },
    fields: (id) => ofPackage(id, 'decisionId'),
  },
  {
    ...{
      search: 'searchDecisionRequirements',
      csv: 'decisionRequirementsCsv',
      get: 'getDecisionRequirements',
    },
    ...{ searched: REQUIREMENTS as never, kind: 'requirements', example: SOME_REQUIREMENTS },
    ...{ noun: ['decision requirements', 'decision requirements'] },
    fields: (id) => ofPackage(id, 'path'),
  },
  {
    ...{ search: 'searchProcessInstances', csv: 'processInstancesCsv', get: 'getProcessInstance' },
    ...{ searched: PROCESS_INSTANCES as never, kind: 'processInstance' },
    ...{ noun: ['a process instance', 'process instances'], example: AN_INSTANCE },
    fields: (instanceId) => ({ instanceId }),
  },
  {
    ...{ search: 'searchElementInstances', csv: 'elementInstancesCsv', get: 'getElementInstance' },
    ...{ searched: ELEMENT_INSTANCES as never, kind: 'elementInstance' },
    ...{ noun: ['an element instance', 'element instances'], example: AN_ELEMENT_INSTANCE },
    fields: of('elementInstanceId'),
  },
  {
    ...{ search: 'searchUserTasks', csv: 'userTasksCsv', get: 'getUserTask' },
    ...{ searched: USER_TASKS as never, kind: 'userTask', fields: of('taskId') },
    ...{ noun: ['a user task', 'user tasks'], example: A_USER_TASK },
  },
  {
    ...{ search: 'searchIncidents', csv: 'incidentsCsv', get: 'getIncident' },
    ...{ searched: INCIDENTS as never, kind: 'incident', fields: of('incidentId') },
    ...{ noun: ['an incident', 'incidents'], example: AN_INCIDENT },
  },
  {
    ...{ search: 'searchBatchOperations', csv: 'batchOperationsCsv', get: 'getBatchOperation' },
    ...{ searched: BATCHES as never, kind: 'batchOperation' },
    ...{ noun: ['a batch operation', 'batch operations'], example: A_BATCH },
    fields: (batchId) => ({ batchId }),
  },
];

/** How any of them is searched for. */
export function aboutSearch<Row>(searched: Searched<Row>, many: string, example: object): About {
  const page = { totalItems: 1, hasMoreTotalItems: false, startCursor: null, endCursor: null };
  return {
    summary: `Searches ${many}`,
    body: sent(searchBody(searched), { page: { limit: 20 } }),
    answers: answers(searchAnswer(searched.row), { items: [example as never], page }),
    errors: searched.byVariables === undefined ? [] : ['FORBIDDEN'],
  };
}

const aboutGet = (row: z.ZodObject, one: string, example: object): About => ({
  summary: `Gets ${one}`,
  answers: answers(row, example as never),
});

/** Adds them. */
export function addSearches(app: FastifyInstance, state: AppState): void {
  for (const { search, csv, get, searched, kind, fields, noun, example } of READS) {
    addSearch(app, state, { search, csv, searched, many: noun[1], example });
    addRoute(app, get, aboutGet(searched.row, noun[0], example), async (request, reply) => {
      const { store } = camundaOf(state, request);
      const id = await idOfKey(store, kind, keyIn(request));
      const { items } = await searched.search(store, { filter: fields(id) });
      const [row] = items as readonly { readonly version?: unknown }[];
      // What people change has a version, which a change may ask for.
      if (kind === 'userTask' && row) void reply.header('etag', `"${String(row.version)}"`);
      return oneOf(await searched.shape(store, items));
    });
  }
  addVariables(app, state);
  const waiting = { search: 'searchMessageSubscriptions', csv: 'messageSubscriptionsCsv' } as const;
  // One of them has no address of its own in that API.
  addSearch(app, state, {
    ...{ ...waiting, searched: MESSAGE_SUBSCRIPTIONS as never, example: A_MESSAGE_SUBSCRIPTION },
    many: 'messages that instances wait for',
  });
}

/** Adds a search, and the same as a file. */
function addSearch(
  app: FastifyInstance,
  state: AppState,
  {
    search,
    csv,
    searched,
    many,
    example,
  }: Pick<Read, 'search' | 'csv' | 'searched' | 'example'> & { readonly many: string },
): void {
  addRoute(
    app,
    search,
    aboutSearch(searched, many, example),
    async (request, reply) => {
      const deps = camundaOf(state, request);
      const searcher = searcherOf(request, deps);
      return reply.code(200).send(await answerSearch(deps.store, searched, searcher, request.body));
    },
    { bodyLimit: MOST_BODY },
  );
  addSearchCsv(app, state, csv, searched, many);
}

const oneOf = ([one]: readonly object[]): object => {
  if (one === undefined) throw new Problem('NOT_FOUND');
  return one;
};

const CUT = z.strictObject({
  truncateValues: z
    .enum(['true', 'false'])
    .default('true')
    .describe('Whether long values are cut.'),
});
const ABOUT = {
  searchVariables: {
    ...aboutSearch(variablesCut(false), 'variables', { ...A_VARIABLE, isTruncated: false }),
    query: CUT,
  },
  getVariable: aboutGet(VARIABLE, 'a variable', A_VARIABLE),
} satisfies Record<string, About>;

function addVariables(app: FastifyInstance, state: AppState): void {
  addRoute(
    app,
    'searchVariables',
    ABOUT.searchVariables,
    async (request, reply) => {
      const deps = camundaOf(state, request);
      const { truncateValues } = inputOf(CUT, request.query);
      const searched = variablesCut(truncateValues === 'false');
      const searcher = searcherOf(request, deps);
      return reply.code(200).send(await answerSearch(deps.store, searched, searcher, request.body));
    },
    { bodyLimit: MOST_BODY },
  );
  addSearchCsv(app, state, 'variablesCsv', variablesCut(false), 'variables');
  addRoute(app, 'getVariable', ABOUT.getVariable, async (request) => {
    const { store } = camundaOf(state, request);
    const { instanceId, rest } = partsOf(await idOfKey(store, 'variable', keyIn(request)));
    const { instanceId: scopeId, rest: name } = partsOf(rest);
    const whole = variablesCut(true);
    const { items } = await whole.search(store, { filter: { instanceId, scopeId, name } });
    const { isTruncated: _, ...variable } = oneOf(await whole.shape(store, items)) as {
      readonly isTruncated: boolean;
    };
    return variable;
  });
}
