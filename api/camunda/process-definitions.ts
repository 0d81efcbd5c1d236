/** Process definitions as Camunda's API has them. */
import { z } from 'zod';
import type { ListedProcess } from '../../store/index.js';
import { TENANT } from './fields.js';
import { keyed } from './keys.js';
import type { Searched } from './search.js';
import { definitionId } from './surroundings.js';
import { wireKey, wireTenant } from './wire-schemas.js';

/** The file of a package that holds its process, where nothing else is said. */
export const PROCESS_FILE = 'process.bpmn';

const ROW = z
  .strictObject({
    ...{ name: z.string().nullable(), version: z.int(), versionTag: z.string().nullable() },
    ...{ processDefinitionId: z.string(), processDefinitionKey: wireKey },
    ...{ resourceName: z.string(), tenantId: wireTenant, hasStartForm: z.boolean() },
    state: z.literal('ACTIVE'),
  })
  .meta({ id: 'CamundaProcessDefinition' });

export const PROCESS_DEFINITIONS: Searched<ListedProcess> = {
  name: 'process-definitions',
  row: ROW,
  fields: {
    processDefinitionId: { type: 'text', field: 'processId' },
    name: { type: 'text', field: 'name' },
    version: { type: 'integer', field: 'version' },
    versionTag: { type: 'text', field: 'versionTag' },
    resourceName: { type: 'text', field: 'path' },
    isLatestVersion: { type: 'boolean', field: 'isLatest' },
    processDefinitionKey: {
      type: 'key',
      kind: 'processDefinition',
      fields: ['processId', 'version'],
      isNumbered: true,
    },
    tenantId: { type: 'tenant' },
  },
  search: ({ definitions }, query) => definitions.processes.search(query as never),
  shape: async (store, rows) => {
    return keyed(store, rows, ({ processId, version, startFormId, ...row }, keyOf) => ({
      ...{ name: row.name, version, versionTag: row.versionTag, processDefinitionId: processId },
      processDefinitionKey: keyOf('processDefinition', definitionId(processId, version)),
      ...{ resourceName: row.path, tenantId: TENANT, hasStartForm: startFormId !== null },
      state: 'ACTIVE',
    }));
  },
};
