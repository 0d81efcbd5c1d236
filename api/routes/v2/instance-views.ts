/** Views of one process instance by Camunda's API: counts by element, flows that were taken, who called whom. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ProcessInstance, Store } from '../../../store/index.js';
import { camundaOf, keyIn, searcherOf } from '../../camunda/asking.js';
import { A_DEFINITION_KEY, AN_INSTANCE_KEY } from '../../camunda/examples.js';
import { TENANT } from '../../camunda/fields.js';
import { idOfKey, keyed, keysFor, partsOf } from '../../camunda/keys.js';
import { PROCESS_INSTANCES } from '../../camunda/process-instances.js';
import { wantedBy } from '../../camunda/search.js';
import { definitionId, definitionsOf } from '../../camunda/surroundings.js';
import { filterSchema, wireKey, wireTenant } from '../../camunda/wire-schemas.js';
import type { AppState } from '../../deps.js';
import { inputOf } from '../../input.js';
import { type About, answers, sent } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';

/** Rows that are read at a time. */
const PAGE = 10_000;
/** Calls of one within another. */
const DEEPEST = 100;

interface Counts {
  active: number;
  canceled: number;
  incidents: number;
  completed: number;
}

const COUNTS = z.strictObject({
  ...{ elementId: z.string(), active: z.int(), canceled: z.int() },
  ...{ incidents: z.int(), completed: z.int() },
});
const FLOW = z.strictObject({
  ...{ sequenceFlowId: z.string(), processInstanceKey: wireKey, rootProcessInstanceKey: wireKey },
  ...{ processDefinitionKey: wireKey, processDefinitionId: z.string(), elementId: z.string() },
  tenantId: wireTenant,
});
const CALLER = z.strictObject({
  ...{ processInstanceKey: wireKey, processDefinitionKey: wireKey },
  processDefinitionName: z.string(),
});
const KEYS = { processInstanceKey: AN_INSTANCE_KEY, processDefinitionKey: A_DEFINITION_KEY };
const {
  processDefinitionKey: _key,
  processDefinitionId: _id,
  ...OF_DEFINITION
} = PROCESS_INSTANCES.fields;
/** Of instances of one definition: which it is stands in the address. */
const NARROWED = { ...PROCESS_INSTANCES, fields: OF_DEFINITION };
const STATISTICS = z.strictObject({ filter: z.record(z.string(), z.unknown()).optional() });

const ABOUT = {
  definitionStatistics: {
    summary: 'Counts element instances of all instances of a definition by element',
    body: sent(z.strictObject({ filter: filterSchema(NARROWED).optional() }), {
      filter: { state: 'ACTIVE' },
    }),
    answers: answers(z.strictObject({ items: z.array(COUNTS) }), {
      items: [{ elementId: 'Task_Answer', active: 12, canceled: 1, incidents: 0, completed: 200 }],
    }),
  },
  instanceStatistics: {
    summary: 'Counts element instances of a process instance by element',
    answers: answers(z.strictObject({ items: z.array(COUNTS) }), {
      items: [{ elementId: 'Task_Answer', active: 1, canceled: 0, incidents: 0, completed: 2 }],
    }),
  },
  sequenceFlows: {
    summary: 'Lists the sequence flows that a process instance took',
    answers: answers(z.strictObject({ items: z.array(FLOW) }), {
      items: [
        {
          ...{ ...KEYS, sequenceFlowId: `${AN_INSTANCE_KEY}_Flow_1`, elementId: 'Flow_1' },
          ...{ rootProcessInstanceKey: AN_INSTANCE_KEY, processDefinitionId: 'support-ticket' },
          tenantId: TENANT,
        },
      ],
    }),
  },
  callHierarchy: {
    summary: 'Lists who called a process instance, from the outermost to itself',
    answers: answers(z.array(CALLER), [{ ...KEYS, processDefinitionName: 'Support ticket' }]),
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addInstanceViews(app: FastifyInstance, state: AppState): void {
  const instanceIn = async (request: FastifyRequest): Promise<ProcessInstance> => {
    const { store } = camundaOf(state, request);
    const id = await idOfKey(store, 'processInstance', keyIn(request));
    const found = await store.processInstances.get(id);
    if (found === null) throw new Problem('NOT_FOUND');
    return found;
  };
  addRoute(app, 'definitionStatistics', ABOUT.definitionStatistics, async (request) => {
    const deps = camundaOf(state, request);
    const id = await idOfKey(deps.store, 'processDefinition', keyIn(request));
    const { filter = {} } = inputOf(STATISTICS, request.body ?? {});
    const wanted = await wantedBy(deps.store, NARROWED, searcherOf(request, deps), filter);
    if (wanted === null) return { items: [] };
    const { instanceId: processId, rest: version } = partsOf(id);
    const definition = { processId, definitionVersion: Number(version) };
    const of = { ...wanted, filter: { ...wanted.filter, ...definition } } as never;
    const counts = await deps.store.elementInstances.counts(of);
    return { items: counts.map(({ cancelled: canceled, ...one }) => ({ ...one, canceled })) };
  });
  addRoute(app, 'instanceStatistics', ABOUT.instanceStatistics, async (request) => {
    const { instanceId } = await instanceIn(request);
    return { items: await countsOf(camundaOf(state, request).store, instanceId) };
  });
  addRoute(app, 'sequenceFlows', ABOUT.sequenceFlows, async (request) => {
    const { store } = camundaOf(state, request);
    const instance = await instanceIn(request);
    return { items: await flowsOf(store, instance) };
  });
  addRoute(app, 'callHierarchy', ABOUT.callHierarchy, async (request) => {
    const { store } = camundaOf(state, request);
    return hierarchyOf(store, await instanceIn(request));
  });
}

async function countsOf(store: Store, instanceId: string): Promise<readonly object[]> {
  const counts = new Map<string, Counts>();
  const of = (elementId: string): Counts => {
    const found = counts.get(elementId) ?? { active: 0, canceled: 0, incidents: 0, completed: 0 };
    counts.set(elementId, found);
    return found;
  };
  for (let after: string | null = null; ; ) {
    const filter = { instanceId };
    const page = await store.elementInstances.search({ filter, limit: PAGE, after });
    for (const { elementId, state } of page.items) {
      const found = of(elementId);
      if (state === 'ACTIVE') found.active += 1;
      else if (state === 'COMPLETED') found.completed += 1;
      else found.canceled += 1;
    }
    if (page.items.length < PAGE) break;
    after = page.endCursor;
  }
  const filter = { instanceId, state: 'ACTIVE' };
  const { items } = await store.incidents.search({ filter, limit: PAGE });
  for (const { elementId } of items) if (elementId !== null) of(elementId).incidents += 1;
  return Array.from(counts, ([elementId, found]) => ({ elementId, ...found }));
}

/** Flows that tokens took, each once, in the order in which they were taken first. */
async function flowsOf(store: Store, instance: ProcessInstance): Promise<readonly object[]> {
  const { instanceId, processId, definitionVersion, rootInstanceId } = instance;
  const taken = new Set<string>();
  for (let after: string | null = null; ; ) {
    const filter = { instanceId, kind: 'flowTaken' };
    const page = await store.journal.search({ filter, limit: PAGE, after });
    for (const { elementId } of page.items) if (elementId !== null) taken.add(elementId);
    if (page.items.length < PAGE) break;
    after = page.endCursor;
  }
  const definition = definitionId(processId, definitionVersion);
  const keyOf = await keysFor(store, [
    ['processInstance', instanceId],
    ['processInstance', rootInstanceId],
    ['processDefinition', definition],
  ]);
  const processInstanceKey = keyOf('processInstance', instanceId);
  return Array.from(taken, (elementId) => ({
    sequenceFlowId: `${processInstanceKey}_${elementId}`,
    processInstanceKey,
    rootProcessInstanceKey: keyOf('processInstance', rootInstanceId),
    processDefinitionKey: keyOf('processDefinition', definition),
    ...{ processDefinitionId: processId, elementId, tenantId: TENANT },
  }));
}

/** From the instance that nobody called to this one. */
async function hierarchyOf(store: Store, instance: ProcessInstance): Promise<readonly object[]> {
  const line = [instance];
  for (let at = instance; at.callerInstanceId !== null && line.length < DEEPEST; ) {
    const caller = await store.processInstances.get(at.callerInstanceId);
    if (caller === null) break;
    line.unshift(caller);
    at = caller;
  }
  const { definition } = await definitionsOf(store, line);
  return keyed(store, line, ({ instanceId, processId, definitionVersion: version }, keyOf) => ({
    processInstanceKey: keyOf('processInstance', instanceId),
    processDefinitionKey: keyOf('processDefinition', definitionId(processId, version)),
    processDefinitionName: definition(processId, version)?.name ?? processId,
  }));
}
