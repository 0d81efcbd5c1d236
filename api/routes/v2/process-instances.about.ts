/** What is sent to and told of process instances by Camunda's API. Class: data. */
import { z } from 'zod';
import { KEPT_REASONS } from '../../../contracts/instance-retention.js';
import { valueMap } from '../../../contracts/values.js';
import { operationReference, tenantId, variables } from '../../camunda/asking.js';
import { A_DEFINITION_KEY, AN_INSTANCE_KEY } from '../../camunda/examples.js';
import { MODIFICATION } from '../../camunda/modification.js';
import { ENGINE_ERRORS } from '../../camunda/refusals.js';
import { wireKey, wireTenant } from '../../camunda/wire-schemas.js';
import { type About, answers, NOTHING_TOLD, sent } from '../../openapi/about.js';

const id = z.string().min(1).max(500);

export const CREATE = z.strictObject({
  processDefinitionId: id.optional(),
  processDefinitionKey: wireKey.optional(),
  processDefinitionVersion: z.number().int().optional(),
  variables: variables.default({}),
  startInstructions: z
    .array(z.strictObject({ elementId: id }))
    .max(1)
    .default([]),
  runtimeInstructions: z.array(z.never()).max(0).optional(),
  awaitCompletion: z.boolean().default(false),
  fetchVariables: z.array(z.string().max(500)).max(1000).nullable().optional(),
  requestTimeout: z.number().int().min(0).max(60_000).default(10_000),
  tags: z.array(z.string()).max(0, 'instances have no tags').optional(),
  businessId: z.string().min(1).max(256).optional(),
  ...{ tenantId, operationReference },
});
export const NOTHING = z.strictObject({ operationReference }).default({});
export const MIGRATE = z.strictObject({
  targetProcessDefinitionKey: wireKey,
  mappingInstructions: z
    .array(z.strictObject({ sourceElementId: id, targetElementId: id }))
    .max(10_000),
  operationReference,
});
export const SET = z.strictObject({
  variables,
  local: z.boolean().default(false),
  operationReference,
});

const STARTED = z.strictObject({
  ...{ processDefinitionId: z.string(), processDefinitionVersion: z.int() },
  ...{ processDefinitionKey: wireKey, processInstanceKey: wireKey, tenantId: wireTenant },
  ...{ variables: valueMap(z.record(z.string(), z.unknown())), tags: z.array(z.string()) },
  businessId: z.string().nullable(),
});

const plain = (summary: string, errors: About['errors'] = []): About => ({
  summary,
  body: sent(NOTHING, {}),
  answers: NOTHING_TOLD,
  errors: [...ENGINE_ERRORS, ...errors],
});

export const ABOUT = {
  createProcessInstance: {
    summary: 'Starts a process instance',
    says: 'By the id of a process, in its latest or a named version, or by the key of a definition. With `awaitCompletion` the answer waits for the end.',
    body: sent(CREATE, {
      processDefinitionId: 'support-ticket',
      variables: { subject: 'The door does not open' },
    }),
    answers: answers(STARTED, {
      ...{ processDefinitionId: 'support-ticket', processDefinitionVersion: 3 },
      ...{ processDefinitionKey: A_DEFINITION_KEY, processInstanceKey: AN_INSTANCE_KEY },
      ...{ tenantId: '<default>', variables: {}, tags: [], businessId: null },
    }),
    errors: [
      ...ENGINE_ERRORS,
      ...(['NOT_FOUND', 'DEFINITION_UNKNOWN', 'BUSINESS_KEY_USED', 'START_AMBIGUOUS'] as const),
      ...(['START_EVENT_UNKNOWN', 'START_NOT_POSSIBLE'] as const),
    ],
  },
  cancelProcessInstance: plain('Cancels a process instance'),
  deleteProcessInstance: {
    summary: 'Deletes a process instance that has ended, with all that it called',
    says: 'Only one whose time of retention is over, and upon whose customer there is no legal hold. The audit stays. It cannot be undone.',
    ...{ body: sent(NOTHING, {}), answers: NOTHING_TOLD },
    errors: [...KEPT_REASONS, 'INSTANCE_UNKNOWN', 'NOT_FOUND'],
  },
  suspendProcessInstance: plain('Suspends a process instance'),
  resumeProcessInstance: plain('Resumes a suspended process instance', ['INSTANCE_NOT_SUSPENDED']),
  modifyProcessInstance: {
    summary: 'Moves, adds and cancels tokens of a process instance',
    body: sent(MODIFICATION, { activateInstructions: [{ elementId: 'Task_Answer' }] }),
    answers: NOTHING_TOLD,
    errors: [...ENGINE_ERRORS, 'MODIFICATION_SOURCE_UNKNOWN', 'MODIFICATION_SCOPE_UNKNOWN'],
  },
  migrateProcessInstance: {
    summary: 'Moves a process instance to another version of its process',
    body: sent(MIGRATE, {
      targetProcessDefinitionKey: A_DEFINITION_KEY,
      mappingInstructions: [{ sourceElementId: 'Task_Answer', targetElementId: 'Task_Reply' }],
    }),
    answers: NOTHING_TOLD,
    errors: [...ENGINE_ERRORS, 'MIGRATION_VERSION'],
  },
  setVariables: {
    summary: 'Sets variables of a process instance or of a scope in it',
    says: 'The key is of an element instance, or of the process instance itself.',
    body: sent(SET, { variables: { priority: 'high' } }),
    answers: NOTHING_TOLD,
    errors: [...ENGINE_ERRORS, 'SCOPE_UNKNOWN'],
  },
} satisfies Record<string, About>;
