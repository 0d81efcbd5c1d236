/** User tasks as Camunda's API has them. */
import { z } from 'zod';
import type { UserTaskRow } from '../../store/index.js';
import { OF_DEFINITION, TENANT } from './fields.js';
import { keysFor } from './keys.js';
import type { Searched } from './search.js';
import { definitionId, surroundingsOf } from './surroundings.js';
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
    const { instance, definition } = await surroundingsOf(
      store,
      rows.map(({ instanceId }) => instanceId),
    );
    const placeOf = ({ instanceId, processId }: UserTaskRow) => {
      const around = instance(instanceId);
      return {
        version: around?.definitionVersion ?? 1,
        hash: around?.definitionHash ?? '',
        root: around?.rootInstanceId ?? instanceId,
        name: definition(processId, around?.definitionVersion ?? 1)?.name ?? null,
      };
    };
    const keyOf = await keysFor(
      store,
      rows.flatMap((row) => {
        const { version, hash, root } = placeOf(row);
        const id = `${row.instanceId}/${row.taskId}`;
        return [
          ...([
            ['userTask', id],
            ['elementInstance', id],
          ] as const),
          ['processInstance', row.instanceId],
          ['processInstance', root],
          ['processDefinition', definitionId(row.processId, version)],
          ...(row.formId === null ? [] : [['form', `${hash}/${row.formId}`] as const]),
        ] as const;
      }),
    );
    return rows.map((row) => {
      const { version, hash, root, name } = placeOf(row);
      const id = `${row.instanceId}/${row.taskId}`;
      return {
        ...{ name: row.name, state: wireState(row.state), assignee: row.assignee },
        elementId: row.elementId,
        candidateGroups: [...row.candidateGroups],
        candidateUsers: [...row.candidateUsers],
        processDefinitionId: row.processId,
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
        processName: name,
        processDefinitionKey: keyOf('processDefinition', definitionId(row.processId, version)),
        processInstanceKey: keyOf('processInstance', row.instanceId),
        rootProcessInstanceKey: keyOf('processInstance', root),
        formKey: row.formId === null ? null : keyOf('form', `${hash}/${row.formId}`),
        tags: [],
      };
    });
  },
};

const wireState = (state: UserTaskRow['state']): string =>
  state === 'CANCELLED' ? 'CANCELED' : state;
