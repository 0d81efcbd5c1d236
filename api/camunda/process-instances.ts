/** Process instances as Camunda's API has them. */
import { z } from 'zod';
import type { ProcessInstance } from '../../store/index.js';
import { TENANT } from './fields.js';
import { keyed } from './keys.js';
import type { Searched } from './search.js';
import { definitionId, definitionsOf } from './surroundings.js';
import { wireInstant, wireKey, wireTenant } from './wire-schemas.js';

/** States of the wire: one that was refused or failed is over before its end, too. */
export const INSTANCE_STATES = {
  ACTIVE: ['CREATED', 'ACTIVE'],
  SUSPENDED: ['SUSPENDED'],
  COMPLETED: ['COMPLETED'],
  TERMINATED: ['CANCELLED', 'FAILED', 'REFUSED'],
} as const;

const ROW = z
  .strictObject({
    ...{ processDefinitionId: z.string(), processDefinitionName: z.string().nullable() },
    processDefinitionVersion: z.int(),
    processDefinitionVersionTag: z.string().nullable(),
    ...{ startDate: wireInstant, endDate: wireInstant.nullable() },
    state: z.enum(Object.keys(INSTANCE_STATES)),
    ...{ hasIncident: z.boolean(), tenantId: wireTenant },
    ...{ processInstanceKey: wireKey, processDefinitionKey: wireKey },
    ...{ parentProcessInstanceKey: wireKey.nullable(), parentElementInstanceKey: z.null() },
    ...{ rootProcessInstanceKey: wireKey, tags: z.array(z.string()) },
    businessId: z.string().nullable(),
  })
  .meta({ id: 'CamundaProcessInstance' });

export const PROCESS_INSTANCES: Searched<ProcessInstance> = {
  name: 'process-instances',
  row: ROW,
  byVariables: 'variables',
  hasFacts: true,
  fields: {
    processInstanceKey: { type: 'key', kind: 'processInstance', field: 'instanceId' },
    parentProcessInstanceKey: { type: 'key', kind: 'processInstance', field: 'callerInstanceId' },
    processDefinitionKey: {
      type: 'key',
      kind: 'processDefinition',
      fields: ['processId', 'definitionVersion'],
      isNumbered: true,
    },
    processDefinitionId: { type: 'text', field: 'processId' },
    processDefinitionVersion: { type: 'integer', field: 'definitionVersion' },
    state: { type: 'state', field: 'state', values: INSTANCE_STATES },
    hasIncident: { type: 'boolean', field: 'hasIncident' },
    startDate: { type: 'instant', field: 'startedAt' },
    endDate: { type: 'instant', field: 'endedAt' },
    durationMs: { type: 'integer', field: 'durationMs' },
    businessId: { type: 'text', field: 'businessKey' },
    tenantId: { type: 'tenant' },
  },
  search: ({ processInstances }, query) => processInstances.search(query as never),
  shape: async (store, rows) => {
    const { definition } = await definitionsOf(store, rows);
    return keyed(store, rows, (row, keyOf) => {
      const { processId, definitionVersion: version, callerInstanceId: parent } = row;
      const found = definition(processId, version);
      return {
        processDefinitionId: processId,
        processDefinitionName: found?.name ?? null,
        processDefinitionVersion: version,
        processDefinitionVersionTag: found?.versionTag ?? null,
        startDate: row.startedAt ?? beginOf(row.instanceId),
        endDate: row.endedAt,
        state: wireState(row.state),
        hasIncident: row.hasIncident,
        tenantId: TENANT,
        processInstanceKey: keyOf('processInstance', row.instanceId),
        processDefinitionKey: keyOf('processDefinition', definitionId(processId, version)),
        parentProcessInstanceKey: parent === null ? null : keyOf('processInstance', parent),
        parentElementInstanceKey: null,
        rootProcessInstanceKey: keyOf('processInstance', row.rootInstanceId),
        tags: [],
        businessId: row.businessKey,
      };
    });
  },
};

/** A state as the wire has it. Class: pure. */
export const wireState = (state: string): string =>
  Object.entries(INSTANCE_STATES).find(([, ours]) =>
    (ours as readonly string[]).includes(state),
  )?.[0] ?? 'ACTIVE';

/** Ids of instances begin with the time, in milliseconds. Source: RFC 9562 §5.7. */
const beginOf = (instanceId: string): string =>
  new Date(Number.parseInt(instanceId.replaceAll('-', '').slice(0, 12), 16) || 0).toISOString();
