/** What was done to a user task, as Camunda's API has it: acts and refusals of the audit. */
import { z } from 'zod';
import type { AuditRow } from '../../store/index.js';
import { TENANT } from './fields.js';
import { keyed, partsOf } from './keys.js';
import type { Searched } from './search.js';
import { inProcess, inTree, surroundingsOf } from './surroundings.js';
import { wireInstant, wireKey, wireTenant } from './wire-schemas.js';

/** What is said of a task in the audit: `task:<instance id>/<task id>`. */
export const TASK_OBJECT = 'task:';

const OPERATIONS = {
  ASSIGN: ['assignTask', 'delegateTask', 'returnTask'],
  COMPLETE: ['completeTask'],
  UPDATE: ['updateTask', 'commentTask'],
} as const;
const RESULTS = { SUCCESS: ['done'], FAIL: ['refused', 'failed'] } as const;

/** What Camunda tells of other things alone. */
const NOTHING = {
  ...{ batchOperationKey: z.null(), batchOperationType: z.null(), agentElementId: z.null() },
  ...{ jobKey: z.null(), decisionRequirementsId: z.null(), decisionRequirementsKey: z.null() },
  ...{ decisionDefinitionId: z.null(), decisionDefinitionKey: z.null(), formKey: z.null() },
  ...{ decisionEvaluationKey: z.null(), deploymentKey: z.null(), resourceKey: z.null() },
  ...{ relatedEntityKey: z.null(), relatedEntityType: z.null(), entityDescription: z.null() },
};
const NONE = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, null]));

const ROW = z
  .strictObject({
    ...{ auditLogKey: wireKey, entityKey: wireKey, entityType: z.literal('USER_TASK') },
    operationType: z.enum([...Object.keys(OPERATIONS), 'UNKNOWN']),
    ...{ timestamp: wireInstant, actorId: z.string().nullable() },
    ...{ actorType: z.enum(['USER', 'UNKNOWN']), tenantId: wireTenant },
    ...{ result: z.enum(Object.keys(RESULTS)), category: z.literal('USER_TASKS') },
    ...{ processDefinitionId: z.string().nullable(), processDefinitionKey: wireKey.nullable() },
    ...{ processInstanceKey: wireKey, rootProcessInstanceKey: wireKey },
    ...{ elementInstanceKey: wireKey, userTaskKey: wireKey },
    ...NOTHING,
  })
  .meta({ id: 'CamundaAuditLog' });

/** Those of tasks; which task it is is asked for besides. */
export const TASK_AUDIT_LOGS: Searched<AuditRow> = {
  name: 'audit-logs',
  row: ROW,
  fields: {
    operationType: { type: 'state', field: 'action', values: OPERATIONS },
    result: { type: 'state', field: 'outcome', values: RESULTS },
    timestamp: { type: 'instant', field: 'at' },
    actorId: { type: 'text', field: 'actor' },
  },
  search: ({ audit }, query) => audit.query(query as never),
  shape: async (store, rows) => {
    const tasks = rows.map((row) => {
      const id = row.object.slice(TASK_OBJECT.length);
      return { row, id, instanceId: partsOf(id).instanceId };
    });
    const around = await surroundingsOf(store, tasks);
    return keyed(store, tasks, ({ row, id, instanceId }, keyOf) => {
      const found = around.instance(instanceId);
      return {
        ...NONE,
        auditLogKey: keyOf('auditLog', String(row.number)),
        ...{ entityKey: keyOf('userTask', id), entityType: 'USER_TASK' },
        operationType: wireOf(OPERATIONS, row.action) ?? 'UNKNOWN',
        ...{ timestamp: row.at, actorId: row.actor, tenantId: TENANT, category: 'USER_TASKS' },
        actorType: row.actor === null ? 'UNKNOWN' : 'USER',
        result: wireOf(RESULTS, row.outcome) ?? 'FAIL',
        ...(found === null
          ? { processDefinitionId: null, processDefinitionKey: null }
          : inProcess(found, around, keyOf)),
        ...inTree({ instanceId }, around, keyOf),
        elementInstanceKey: keyOf('elementInstance', id),
        userTaskKey: keyOf('userTask', id),
      };
    });
  },
};

const wireOf = (
  table: Readonly<Record<string, readonly string[]>>,
  ours: string,
): string | undefined => Object.entries(table).find(([, values]) => values.includes(ours))?.[0];
