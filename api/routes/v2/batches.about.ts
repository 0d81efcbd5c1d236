/** What is sent to acts upon many instances, and what is told of them. Class: data. */
import { z } from 'zod';
import { BATCH_TYPES, type BatchType } from '../../../contracts/batches.js';
import { operationReference } from '../../camunda/asking.js';
import { A_BATCH_KEY, A_DEFINITION_KEY } from '../../camunda/examples.js';
import { PROCESS_INSTANCES } from '../../camunda/process-instances.js';
import { filterSchema, wireKey } from '../../camunda/wire-schemas.js';
import { type About, answers, NOTHING_TOLD, sent } from '../../openapi/about.js';

const id = z.string().min(1).max(500);
const mapping = z.strictObject({ sourceElementId: id, targetElementId: id });
/** That everything is meant has to be said: a filter that is forgotten would be. What fits is judged as in a search. */
const filter = z.record(z.string(), z.unknown());

export const OF_ALL = z.strictObject({ filter, operationReference });
export const MOVE = OF_ALL.extend({ moveInstructions: z.array(mapping).min(1).max(1000) });
export const MIGRATE = OF_ALL.extend({
  migrationPlan: z.strictObject({
    targetProcessDefinitionKey: wireKey,
    mappingInstructions: z.array(mapping).max(10_000),
  }),
});
export const NOTHING = z.strictObject({ operationReference }).default({});

const BEGUN = z
  .strictObject({ batchOperationKey: wireKey, batchOperationType: z.enum(BATCH_TYPES) })
  .meta({ id: 'CamundaBatchOperationBegun' });

const begun = (batchOperationType: BatchType) =>
  answers(BEGUN, { batchOperationKey: A_BATCH_KEY, batchOperationType });

const SAYS =
  'Who is meant is settled at once; the answer is the key of a batch operation that does it to one after the other. An empty filter is refused.';
const ERRORS = ['BATCH_TOO_LARGE', 'NOT_FOUND', 'FORBIDDEN'] as const;
const EXAMPLE = { filter: { processDefinitionId: 'support-ticket', state: 'ACTIVE' } };
const TOLD_FILTER = filterSchema(PROCESS_INSTANCES);

const upon = (summary: string, type: BatchType): About => ({
  ...{ summary, says: SAYS, answers: begun(type), errors: ERRORS },
  body: sent(OF_ALL.extend({ filter: TOLD_FILTER }), EXAMPLE),
});
const turn = (summary: string): About => ({
  ...{ summary, body: sent(NOTHING, {}), answers: NOTHING_TOLD },
  errors: ['BATCH_STATE', 'BATCH_UNKNOWN'],
});

export const ABOUT = {
  cancelProcessInstances: upon(
    'Cancels all process instances that fit a filter',
    'CANCEL_PROCESS_INSTANCE',
  ),
  deleteProcessInstances: {
    ...upon('Deletes all ended process instances that fit a filter', 'DELETE_PROCESS_INSTANCE'),
    says: `${SAYS} Those that somebody called go with their caller; one that is kept, because its time of retention is not over or a legal hold is upon its customer, stays and fails with the reason.`,
  },
  suspendProcessInstances: upon(
    'Suspends all process instances that fit a filter',
    'SUSPEND_PROCESS_INSTANCE',
  ),
  resumeProcessInstances: upon(
    'Resumes all process instances that fit a filter',
    'RESUME_PROCESS_INSTANCE',
  ),
  resolveIncidents: upon(
    'Tries all incidents again of process instances that fit a filter',
    'RESOLVE_INCIDENT',
  ),
  modifyProcessInstances: {
    summary: 'Moves tokens of all process instances that fit a filter',
    ...{ says: SAYS, answers: begun('MODIFY_PROCESS_INSTANCE'), errors: ERRORS },
    body: sent(MOVE.extend({ filter: TOLD_FILTER }), {
      ...EXAMPLE,
      moveInstructions: [{ sourceElementId: 'Task_Answer', targetElementId: 'Task_Reply' }],
    }),
  },
  migrateProcessInstances: {
    summary: 'Moves all process instances that fit a filter to another version',
    ...{ says: SAYS, answers: begun('MIGRATE_PROCESS_INSTANCE'), errors: ERRORS },
    body: sent(MIGRATE.extend({ filter: TOLD_FILTER }), {
      ...EXAMPLE,
      migrationPlan: { targetProcessDefinitionKey: A_DEFINITION_KEY, mappingInstructions: [] },
    }),
  },
  resolveIncidentsOfInstance: {
    summary: 'Tries all incidents of a process instance again',
    ...{ body: sent(NOTHING, {}), answers: begun('RESOLVE_INCIDENT') },
  },
  cancelBatchOperation: turn('Cancels what a batch operation has not begun'),
  suspendBatchOperation: turn('Suspends a batch operation'),
  resumeBatchOperation: turn('Lets a suspended batch operation go on'),
} satisfies Record<string, About>;
