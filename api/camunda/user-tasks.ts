/** User tasks as Camunda's API has them. */
import { z } from 'zod';
import type { UserTaskRow } from '../../store/index.js';
import { OF_DEFINITION, TENANT } from './fields.js';
import { keyed } from './keys.js';
import type { Searched } from './search.js';
import { inProcess, surroundingsOf } from './surroundings.js';
import { wireInstant, wireKey, wireTenant } from './wire-schemas.js';

const STATES = {
  CREATED: ['CREATED'],
  COMPLETED: ['COMPLETED'],
  CANCELED: ['CANCELLED'],
  // States that ours passes through within one decision.
  ...{ CREATING: [], ASSIGNING: [], UPDATING: [], COMPLETING: [], CANCELING: [], FAILED: [] },
} as const;

const ROW = z
  .strictObject({
    name: z.string().nullable(),
    state: z.enum(Object.keys(STATES)),
    ...{ assignee: z.string().nullable(), elementId: z.string() },
    ...{ candidateGroups: z.array(z.string()), candidateUsers: z.array(z.string()) },
    processDefinitionId: z.string(),
    ...{ creationDate: wireInstant, completionDate: wireInstant.nullable() },
    ...{ followUpDate: wireInstant.nullable(), dueDate: wireInstant.nullable() },
    ...{ tenantId: wireTenant, externalFormReference: z.null() },
    processDefinitionVersion: z.int(),
    customHeaders: z.record(z.string(), z.string()),
    priority: z.int(),
    ...{ userTaskKey: wireKey, elementInstanceKey: wireKey },
    processName: z.string().nullable(),
    ...{ processDefinitionKey: wireKey, processInstanceKey: wireKey },
    ...{ rootProcessInstanceKey: wireKey, formKey: wireKey.nullable() },
    tags: z.array(z.string()),
  })
  .meta({ id: 'CamundaUserTask' });

export const USER_TASKS: Searched<UserTaskRow> = {
  name: 'user-tasks',
  row: ROW,
  byVariables: 'processInstanceVariables',
  fields: {
    userTaskKey: { type: 'key', kind: 'userTask', fields: ['instanceId', 'taskId'] },
    elementInstanceKey: { type: 'key', kind: 'elementInstance', fields: ['instanceId', 'taskId'] },
    processInstanceKey: { type: 'key', kind: 'processInstance', field: 'instanceId' },
    processDefinitionId: { type: 'text', field: 'processId' },
    processDefinitionKey: OF_DEFINITION,
    elementId: { type: 'text', field: 'elementId' },
    name: { type: 'text', field: 'name' },
    state: { type: 'state', field: 'state', values: STATES },
    assignee: { type: 'text', field: 'assignee' },
    candidateGroup: { type: 'text', field: 'candidateGroups' },
    candidateUser: { type: 'text', field: 'candidateUsers' },
    priority: { type: 'integer', field: 'priority' },
    creationDate: { type: 'instant', field: 'openedAt' },
    completionDate: { type: 'instant', field: 'endedAt' },
    dueDate: { type: 'instant', field: 'dueAt' },
    followUpDate: { type: 'instant', field: 'followUpAt' },
    tenantId: { type: 'tenant' },
  },
  search: ({ userTasks }, query) => userTasks.search(query as never),
  shape: async (store, rows) => {
    const around = await surroundingsOf(store, rows);
    return keyed(store, rows, (row, keyOf) => {
      const instance = around.instance(row.instanceId);
      const version = instance?.definitionVersion ?? 1;
      const id = `${row.instanceId}/${row.taskId}`;
      return {
        ...inProcess(row, around, keyOf),
        ...{ name: row.name, state: wireState(row.state), assignee: row.assignee },
        elementId: row.elementId,
        candidateGroups: [...row.candidateGroups],
        candidateUsers: [...row.candidateUsers],
        creationDate: row.openedAt,
        completionDate: row.state === 'COMPLETED' ? row.endedAt : null,
        followUpDate: row.followUpAt,
        dueDate: row.dueAt,
        tenantId: TENANT,
        externalFormReference: null,
        processDefinitionVersion: version,
        customHeaders: {},
        priority: row.priority,
        userTaskKey: keyOf('userTask', id),
        elementInstanceKey: keyOf('elementInstance', id),
        processName: around.definition(row.processId, version)?.name ?? null,
        formKey:
          row.formId === null
            ? null
            : keyOf('form', `${instance?.definitionHash ?? ''}/${row.formId}`),
        tags: [],
      };
    });
  },
};

const wireState = (state: UserTaskRow['state']): string =>
  state === 'CANCELLED' ? 'CANCELED' : state;
