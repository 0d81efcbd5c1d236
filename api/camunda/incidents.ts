/** Incidents as Camunda's API has them. */
import { z } from 'zod';
import { codedText } from '../../contracts/values.js';
import type { IncidentRow } from '../../store/index.js';
import { OF_DEFINITION, TENANT } from './fields.js';
import { keyed, rootOf } from './keys.js';
import type { Searched } from './search.js';
import { inProcess, surroundingsOf } from './surroundings.js';
import { wireInstant, wireKey, wireTenant } from './wire-schemas.js';

const STATES = {
  ACTIVE: ['ACTIVE'],
  RESOLVED: ['RESOLVED', 'CLOSED'],
  ...{ PENDING: [], MIGRATED: [], UNKNOWN: [] },
} as const;

const ROW = z
  .strictObject({
    ...{ processDefinitionId: z.string(), errorType: z.string(), errorMessage: codedText() },
    ...{ elementId: z.string(), creationTime: wireInstant },
    state: z.enum(['ACTIVE', 'RESOLVED']),
    ...{ tenantId: wireTenant, incidentKey: wireKey, processDefinitionKey: wireKey },
    ...{ processInstanceKey: wireKey, rootProcessInstanceKey: wireKey },
    ...{ elementInstanceKey: wireKey, jobKey: z.null() },
  })
  .meta({ id: 'CamundaIncident' });

export const INCIDENTS: Searched<IncidentRow> = {
  name: 'incidents',
  row: ROW,
  fields: {
    incidentKey: { type: 'key', kind: 'incident', fields: ['instanceId', 'incidentId'] },
    processInstanceKey: { type: 'key', kind: 'processInstance', field: 'instanceId' },
    elementInstanceKey: {
      type: 'key',
      kind: 'elementInstance',
      fields: ['instanceId', 'elementInstanceId'],
    },
    processDefinitionId: { type: 'text', field: 'processId' },
    processDefinitionKey: OF_DEFINITION,
    elementId: { type: 'text', field: 'elementId' },
    errorType: { type: 'text', field: 'class' },
    state: { type: 'state', field: 'state', values: STATES },
    creationTime: { type: 'instant', field: 'openedAt' },
    tenantId: { type: 'tenant' },
  },
  search: ({ incidents }, query) => incidents.search(query as never),
  shape: async (store, rows) => {
    const around = await surroundingsOf(store, rows);
    return keyed(store, rows, (row, keyOf) => ({
      ...inProcess(row, around, keyOf),
      errorType: row.class ?? 'UNKNOWN',
      errorMessage: row.message === null ? row.code : `${row.code}: ${row.message}`,
      elementId: row.elementId ?? row.processId,
      creationTime: row.openedAt,
      state: row.state === 'ACTIVE' ? 'ACTIVE' : 'RESOLVED',
      tenantId: TENANT,
      incidentKey: keyOf('incident', `${row.instanceId}/${row.incidentId}`),
      elementInstanceKey: keyOf(
        'elementInstance',
        `${row.instanceId}/${row.elementInstanceId ?? rootOf(row.processId)}`,
      ),
      jobKey: null,
    }));
  },
};
