/** Element instances as Camunda's API has them. */
import { z } from 'zod';
import type { ElementInstanceRow, Store } from '../../store/index.js';
import { OF_DEFINITION, TENANT } from './fields.js';
import { keyed } from './keys.js';
import type { Searched } from './search.js';
import { inProcess, surroundingsOf } from './surroundings.js';
import { wireInstant, wireKey, wireTenant } from './wire-schemas.js';

const STATES = {
  ACTIVE: ['ACTIVE'],
  COMPLETED: ['COMPLETED'],
  TERMINATED: ['CANCELLED'],
} as const;

/** `userTask` ↔ `USER_TASK`. */
const TYPES = {
  ...{ START_EVENT: ['startEvent'], END_EVENT: ['endEvent'], BOUNDARY_EVENT: ['boundaryEvent'] },
  INTERMEDIATE_CATCH_EVENT: ['intermediateCatchEvent'],
  INTERMEDIATE_THROW_EVENT: ['intermediateThrowEvent'],
  ...{ SERVICE_TASK: ['serviceTask'], USER_TASK: ['userTask'], MANUAL_TASK: ['manualTask'] },
  ...{ RECEIVE_TASK: ['receiveTask'], SEND_TASK: ['sendTask'], SCRIPT_TASK: ['scriptTask'] },
  ...{ BUSINESS_RULE_TASK: ['businessRuleTask'], TASK: ['task'] },
  ...{ CALL_ACTIVITY: ['callActivity'], SUB_PROCESS: ['subProcess'] },
  EVENT_SUB_PROCESS: ['eventSubProcess'],
  ...{ EXCLUSIVE_GATEWAY: ['exclusiveGateway'], INCLUSIVE_GATEWAY: ['inclusiveGateway'] },
  ...{ PARALLEL_GATEWAY: ['parallelGateway'], EVENT_BASED_GATEWAY: ['eventBasedGateway'] },
} as const;

const ROW = z
  .strictObject({
    processDefinitionId: z.string(),
    ...{ startDate: wireInstant, endDate: wireInstant.nullable() },
    ...{ elementId: z.string(), elementName: z.string() },
    type: z.enum([...Object.keys(TYPES), 'UNKNOWN']),
    state: z.enum(Object.keys(STATES)),
    ...{ hasIncident: z.boolean(), tenantId: wireTenant },
    ...{ elementInstanceKey: wireKey, processInstanceKey: wireKey },
    ...{ rootProcessInstanceKey: wireKey, processDefinitionKey: wireKey },
    incidentKey: wireKey.nullable(),
  })
  .meta({ id: 'CamundaElementInstance' });

export const ELEMENT_INSTANCES: Searched<ElementInstanceRow> = {
  name: 'element-instances',
  row: ROW,
  fields: {
    elementInstanceKey: {
      type: 'key',
      kind: 'elementInstance',
      fields: ['instanceId', 'elementInstanceId'],
    },
    processInstanceKey: { type: 'key', kind: 'processInstance', field: 'instanceId' },
    processDefinitionId: { type: 'text', field: 'processId' },
    processDefinitionKey: OF_DEFINITION,
    elementId: { type: 'text', field: 'elementId' },
    elementName: { type: 'text', field: 'name' },
    type: { type: 'state', field: 'kind', values: TYPES },
    state: { type: 'state', field: 'state', values: STATES },
    startDate: { type: 'instant', field: 'enteredAt' },
    endDate: { type: 'instant', field: 'endedAt' },
    tenantId: { type: 'tenant' },
  },
  search: ({ elementInstances }, query) => elementInstances.search(query as never),
  shape: async (store, rows) => {
    const around = await surroundingsOf(store, rows);
    const stops = await incidentsOf(store, rows);
    return keyed(store, rows, (row, keyOf) => {
      const id = `${row.instanceId}/${row.elementInstanceId}`;
      const stop = stops.get(id);
      return {
        ...inProcess(row, around, keyOf),
        ...{ startDate: row.enteredAt, endDate: row.endedAt, elementId: row.elementId },
        elementName: row.name ?? row.elementId,
        type: wireOf(TYPES, row.kind ?? ''),
        state: wireOf(STATES, row.state),
        ...{ hasIncident: stop !== undefined, tenantId: TENANT },
        elementInstanceKey: keyOf('elementInstance', id),
        incidentKey: stop === undefined ? null : keyOf('incident', stop),
      };
    });
  },
};

const wireOf = (table: Readonly<Record<string, readonly string[]>>, ours: string): string =>
  Object.entries(table).find(([, values]) => values.includes(ours))?.[0] ?? 'UNKNOWN';

const MOST = 10_000;

/** Open incidents of element instances: `instance/element instance` → `instance/incident`. */
async function incidentsOf(
  { incidents }: Store,
  rows: readonly ElementInstanceRow[],
): Promise<ReadonlyMap<string, string>> {
  const active = rows.filter(({ state }) => state === 'ACTIVE');
  if (active.length === 0) return new Map();
  const filter = {
    instanceId: { $in: [...new Set(active.map(({ instanceId }) => instanceId))] },
    elementInstanceId: { $in: active.map(({ elementInstanceId }) => elementInstanceId) },
    state: 'ACTIVE',
  };
  const { items } = await incidents.search({ filter, limit: MOST });
  return new Map(
    items.map(({ instanceId, elementInstanceId, incidentId }) => [
      `${instanceId}/${elementInstanceId}`,
      `${instanceId}/${incidentId}`,
    ]),
  );
}
