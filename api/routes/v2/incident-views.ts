/** Incidents of one instance or element by Camunda's API. */
import type { FastifyInstance } from 'fastify';
import type { Store } from '../../../store/index.js';
import { camundaOf, keyIn, searcherOf } from '../../camunda/asking.js';
import { AN_INCIDENT } from '../../camunda/examples.js';
import { INCIDENTS } from '../../camunda/incidents.js';
import { idOfKey, partsOf } from '../../camunda/keys.js';
import { answerSearch } from '../../camunda/search.js';
import type { AppState } from '../../deps.js';
import type { About } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';
import { aboutSearch } from './searches.js';

/** Which instance or element it is stands in the address. */
const {
  incidentKey: _incident,
  processInstanceKey: _instance,
  elementInstanceKey: _element,
  ...REST
} = INCIDENTS.fields;
const WITHIN = { ...INCIDENTS, fields: REST };

const ABOUT = {
  searchProcessInstanceIncidents: {
    ...aboutSearch(WITHIN, 'incidents of a process instance', AN_INCIDENT),
    says: 'Its own, and those of all that it called.',
  },
  searchElementInstanceIncidents: aboutSearch(
    WITHIN,
    'incidents of an element instance',
    AN_INCIDENT,
  ),
} satisfies Record<string, About>;

/** Adds them. */
export function addIncidentViews(app: FastifyInstance, state: AppState): void {
  addRoute(
    app,
    'searchProcessInstanceIncidents',
    ABOUT.searchProcessInstanceIncidents,
    async (request) => {
      const deps = camundaOf(state, request);
      const id = await idOfKey(deps.store, 'processInstance', keyIn(request));
      const within = { instanceId: { $in: await withCalled(deps.store, id) } };
      return answerSearch(deps.store, WITHIN, searcherOf(request, deps), request.body, within);
    },
  );
  addRoute(
    app,
    'searchElementInstanceIncidents',
    ABOUT.searchElementInstanceIncidents,
    async (request) => {
      const deps = camundaOf(state, request);
      const id = await idOfKey(deps.store, 'elementInstance', keyIn(request));
      const { instanceId, rest: elementInstanceId } = partsOf(id);
      const within = { instanceId, elementInstanceId };
      return answerSearch(deps.store, WITHIN, searcherOf(request, deps), request.body, within);
    },
  );
}

/** Instances that are read at a time. */
const MOST = 10_000;

/** An instance, and whatever it called, however deep. */
async function withCalled(
  { processInstances }: Store,
  instanceId: string,
): Promise<readonly string[]> {
  const all = new Set([instanceId]);
  for (let callers: readonly string[] = [instanceId]; callers.length > 0 && all.size < MOST; ) {
    const filter = { callerInstanceId: { $in: callers } };
    const { items } = await processInstances.search({ filter, limit: MOST });
    callers = items.map((one) => one.instanceId).filter((id) => !all.has(id));
    for (const id of callers) all.add(id);
  }
  return [...all];
}
