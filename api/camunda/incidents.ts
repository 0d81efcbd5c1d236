/** Incidents as Camunda's API has them. */
import { z } from 'zod';
import { codedText } from '../../contracts/values.js';
import type { IncidentRow } from '../../store/index.js';
import { OF_DEFINITION, TENANT } from './fields.js';
import { keysFor, rootOf } from './keys.js';
import type { Searched } from './search.js';
import { definitionId, surroundingsOf } from './surroundings.js';
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
    const { instance } = await surroundingsOf(
      store,
      rows.map(({ instanceId }) => instanceId),
    );
    const holderOf = (row: IncidentRow): string =>
      `${row.instanceId}/${row.elementInstanceId ?? rootOf(row.processId)}`;
    const versionOf = ({ instanceId }: IncidentRow): number =>
      instance(instanceId)?.definitionVersion ?? 1;
    const keyOf = await keysFor(
      store,
      rows.flatMap(
        (row) =>
          [
            ['incident', `${row.instanceId}/${row.incidentId}`],
            ['elementInstance', holderOf(row)],
            ['processInstance', row.instanceId],
            ['processInstance', instance(row.instanceId)?.rootInstanceId ?? row.instanceId],
            ['processDefinition', definitionId(row.processId, versionOf(row))],
          ] as const,
      ),
    );
    return rows.map((row) => ({
      processDefinitionId: row.processId,
      errorType: row.class ?? 'UNKNOWN',
      errorMessage: row.message === null ? row.code : `${row.code}: ${row.message}`,
      elementId: row.elementId ?? row.processId,
      creationTime: row.openedAt,
      state: row.state === 'ACTIVE' ? 'ACTIVE' : 'RESOLVED',
      tenantId: TENANT,
      incidentKey: keyOf('incident', `${row.instanceId}/${row.incidentId}`),
      processDefinitionKey: keyOf('processDefinition', definitionId(row.processId, versionOf(row))),
      processInstanceKey: keyOf('processInstance', row.instanceId),
      rootProcessInstanceKey: keyOf(
        'processInstance',
        instance(row.instanceId)?.rootInstanceId ?? row.instanceId,
      ),
      elementInstanceKey: keyOf('elementInstance', holderOf(row)),
      jobKey: null,
    }));
  },
};
