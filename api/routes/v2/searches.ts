/** Searches and single reads of Camunda's API: each is a kind of thing, and where it is. */
import type { FastifyInstance } from 'fastify';
import { camundaOf, keyIn, searcherOf } from '../../camunda/asking.js';
import { ELEMENT_INSTANCES } from '../../camunda/element-instances.js';
import { INCIDENTS } from '../../camunda/incidents.js';
import { idOfKey, type KeyKind, partsOf } from '../../camunda/keys.js';
import { PROCESS_DEFINITIONS } from '../../camunda/process-definitions.js';
import { PROCESS_INSTANCES } from '../../camunda/process-instances.js';
import { answerSearch, type Searched } from '../../camunda/search.js';
import { USER_TASKS } from '../../camunda/user-tasks.js';
import { variablesCut } from '../../camunda/variables.js';
import type { AppState } from '../../deps.js';
import type { RouteName } from '../../permissions.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';

/** Filters are long where many keys are named. */
const MOST_BODY = 64 * 1024;

/** A kind of thing with one of it by its key. */
interface Read {
  readonly search: RouteName;
  readonly get: RouteName;
  readonly searched: Searched<never>;
  readonly kind: KeyKind;
  /** Fields of the store that the parts of an id are. */
  readonly fields: (id: string) => Readonly<Record<string, string | number>>;
}

const of =
  (field: string) =>
  (id: string): Readonly<Record<string, string>> => {
    const { instanceId, rest } = partsOf(id);
    return { instanceId, [field]: rest };
  };

const READS: readonly Read[] = [
  {
    ...{ search: 'searchProcessDefinitions', get: 'getProcessDefinition' },
    ...{ searched: PROCESS_DEFINITIONS as never, kind: 'processDefinition' },
    fields: (id) => {
      const { instanceId: processId, rest } = partsOf(id);
      return { processId, version: Number(rest) };
    },
  },
  {
    ...{ search: 'searchProcessInstances', get: 'getProcessInstance' },
    ...{ searched: PROCESS_INSTANCES as never, kind: 'processInstance' },
    fields: (instanceId) => ({ instanceId }),
  },
  {
    ...{ search: 'searchElementInstances', get: 'getElementInstance' },
    ...{ searched: ELEMENT_INSTANCES as never, kind: 'elementInstance' },
    fields: of('elementInstanceId'),
  },
  {
    ...{ search: 'searchUserTasks', get: 'getUserTask' },
    ...{ searched: USER_TASKS as never, kind: 'userTask', fields: of('taskId') },
  },
  {
    ...{ search: 'searchIncidents', get: 'getIncident' },
    ...{ searched: INCIDENTS as never, kind: 'incident', fields: of('incidentId') },
  },
];

/** Adds them. */
export function addSearches(app: FastifyInstance, state: AppState): void {
  for (const { search, get, searched, kind, fields } of READS) {
    addRoute(
      app,
      search,
      async (request, reply) => {
        const deps = camundaOf(state);
        const searcher = searcherOf(request, deps);
        return reply
          .code(200)
          .send(await answerSearch(deps.store, searched, searcher, request.body));
      },
      { bodyLimit: MOST_BODY },
    );
    addRoute(app, get, async (request, reply) => {
      const { store } = camundaOf(state);
      const id = await idOfKey(store, kind, keyIn(request));
      const { items } = await searched.search(store, { filter: fields(id) });
      const [row] = items as readonly { readonly version?: unknown }[];
      // What people change has a version, which a change may ask for.
      if (kind === 'userTask' && row) void reply.header('etag', `"${String(row.version)}"`);
      return oneOf(await searched.shape(store, items));
    });
  }
  addVariables(app, state);
}

const oneOf = ([one]: readonly object[]): object => {
  if (one === undefined) throw new Problem('NOT_FOUND');
  return one;
};

function addVariables(app: FastifyInstance, state: AppState): void {
  addRoute(
    app,
    'searchVariables',
    async (request, reply) => {
      const deps = camundaOf(state);
      const { truncateValues } = request.query as { readonly truncateValues?: string };
      const searched = variablesCut(truncateValues === 'false');
      const searcher = searcherOf(request, deps);
      return reply.code(200).send(await answerSearch(deps.store, searched, searcher, request.body));
    },
    { bodyLimit: MOST_BODY },
  );
  addRoute(app, 'getVariable', async (request) => {
    const { store } = camundaOf(state);
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
