/** What is told of instances and of what may be done to them. Class: data. */
import { z } from 'zod';
import { batchRow } from '../../contracts/batches.js';
import {
  actOutcome,
  batchTrial,
  elementStory,
  instanceAct,
  reason,
  sentPlan,
  timelinePage,
  wholeInstance,
} from '../../contracts/instances.js';
import { ERRORS, type ErrorCode } from '../../engine/errors/index.js';
import { A_BATCH_KEY, A_DEFINITION_KEY, AN_INSTANCE_KEY } from '../camunda/examples.js';
import { PROCESS_INSTANCES } from '../camunda/process-instances.js';
import { ENGINE_ERRORS } from '../camunda/refusals.js';
import { filterSchema, wireKey } from '../camunda/wire-schemas.js';
import { type About, answers, sent } from '../openapi/about.js';
import { AN_INSTANT } from '../openapi/examples.js';

const locale = z.enum(['en', 'pt-BR']).default('en').describe('The language of sentences.');

export const TIMELINE_QUERY = z.strictObject({
  locale,
  all: z.stringbool().default(false).describe('Also what only the engine does.'),
  from: z.coerce.number().int().min(0).default(0).describe('As `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export const STORY_QUERY = z.strictObject({ locale });
export const ACT = z.strictObject({ act: instanceAct, reason });
const filter = z.record(z.string(), z.unknown());
export const TRIAL = z.strictObject({
  ...{ plan: sentPlan, filter },
  limit: z.int().min(1).max(100).default(25),
  after: z.string().max(4000).nullable().default(null),
});
export const BEGIN = z.strictObject({ plan: sentPlan, filter, reason });
export const BEGUN = z.strictObject({ batchOperationKey: wireKey, total: z.int() });
export const BATCH = batchRow
  .omit({ batchId: true })
  .extend({ batchOperationKey: wireKey, reason: z.string().nullable() })
  .strict();

const TOLD_FILTER = filterSchema(PROCESS_INSTANCES);
const codes = (pattern: RegExp): readonly ErrorCode[] =>
  (Object.keys(ERRORS) as ErrorCode[]).filter((code) => pattern.test(code));

const LINE = {
  ...{ at: AN_INSTANT, actor: null, what: "entered 'Answer' (user task)", why: 'at the start' },
  ...{ kind: 'elementEntered', elementId: 'Task_Answer', sequence: 4 },
};
const CANCEL = { type: 'CANCEL_PROCESS_INSTANCE' } as const;
const OF_TICKETS = { processDefinitionId: 'support-ticket', state: 'ACTIVE' };

export const ABOUT = {
  instance: {
    summary: 'Gets an instance and where it stands',
    says: 'Its elements in flow order with where each stands, what is open in it, who called it and whom it called. Designers see no tasks.',
    answers: answers(wholeInstance, {
      ...{ processInstanceKey: AN_INSTANCE_KEY, processDefinitionKey: A_DEFINITION_KEY },
      ...{ processDefinitionId: 'support-ticket', name: 'Support ticket', version: 3 },
      ...{ latestVersion: 3, state: 'ACTIVE', hasIncident: false, isParked: false },
      ...{ businessId: 'T-1042', startedAt: AN_INSTANT, endedAt: null, outcome: null },
      outline: [
        {
          ...{ depth: 0, elementId: 'Task_Answer', name: 'Answer', kind: 'userTask' },
          ...{ mark: 'active', times: 1 },
        },
      ],
      ...{ tasks: [], timers: [], waits: [], incidents: [], callers: [], called: [] },
    }),
    errors: ['REFERENCE_UNKNOWN'],
  },
  instanceTimeline: {
    summary: 'Tells what happened to an instance, the newest first',
    query: TIMELINE_QUERY,
    answers: answers(timelinePage, { items: [LINE], total: 1, next: null }),
    errors: ['REFERENCE_UNKNOWN'],
  },
  instanceElement: {
    summary: 'Tells why an element of an instance was entered, and what is due there',
    params: { elementId: 'An element of the model.' },
    query: STORY_QUERY,
    answers: answers(elementStory, {
      ...{ elementId: 'Task_Answer', name: 'Answer', dues: [] },
      visits: [
        {
          ...{ elementInstanceKey: '2251799813685271', state: 'ACTIVE' },
          ...{ enteredAt: AN_INSTANT, endedAt: null, causes: [LINE] },
        },
      ],
    }),
    errors: ['REFERENCE_UNKNOWN'],
  },
  actOnInstance: {
    summary: 'Does something to an instance, or tries out what it would do',
    says: 'Cancels, suspends, resumes, modifies, migrates, resolves an incident, sets variables; the answer is what came of it. With `isDryRun` a modification or migration changes nothing and tells what it would.',
    body: sent(ACT, { act: { kind: 'cancel' }, reason: 'ordered twice' }),
    answers: answers(actOutcome, {
      ...{ message: '', status: 'cancelled', waitsFor: [], modification: null, migration: null },
    }),
    errors: [
      ...ENGINE_ERRORS,
      ...codes(/^(MODIFICATION|MIGRATION|VARIABLES?|INCIDENT)_/),
      ...(['INSTANCE_NOT_SUSPENDED', 'PREVIEW_OF_PARKED', 'DEFINITION_UNKNOWN'] as const),
      ...(['REFERENCE_UNKNOWN', 'SCOPE_UNKNOWN', 'DECISION_PENDING'] as const),
      ...(['CONTROL_REQUEST_INVALID', 'REFERENCE_AMBIGUOUS'] as const),
    ],
  },
  tryBatch: {
    summary: 'Tells what a batch would do: how many it would meet, and a verdict on some',
    says: 'Verdicts are of one page of instances at a time.',
    body: sent(TRIAL.extend({ filter: TOLD_FILTER }), { plan: CANCEL, filter: OF_TICKETS }),
    answers: answers(batchTrial, {
      ...{ total: 1, isTooMany: false, next: null },
      verdicts: [
        {
          ...{ processInstanceKey: AN_INSTANCE_KEY, businessId: 'T-1042' },
          ...{ outcome: 'would', code: null, message: null },
        },
      ],
    }),
    errors: ['NOT_FOUND', 'CONTROL_REQUEST_INVALID', 'STORE_CURSOR_INVALID'],
  },
  beginBatch: {
    summary: 'Does something to all instances that fit a filter, one after the other',
    says: 'As the acts upon many of `/v2/process-instances`, with a reason.',
    body: sent(BEGIN.extend({ filter: TOLD_FILTER }), {
      ...{ plan: CANCEL, filter: OF_TICKETS, reason: 'opened by a fault of the form' },
    }),
    answers: answers(BEGUN, { batchOperationKey: A_BATCH_KEY, total: 120 }),
    errors: ['NOT_FOUND', 'BATCH_TOO_LARGE', 'CONTROL_REQUEST_INVALID'],
  },
  batch: {
    summary: 'Gets a batch, with why it was begun',
    answers: answers(BATCH, {
      ...{ batchOperationKey: A_BATCH_KEY, type: 'CANCEL_PROCESS_INSTANCE', state: 'ACTIVE' },
      ...{ actor: 'ada', begunAt: AN_INSTANT, endedAt: null, total: 120, completed: 40 },
      ...{ failed: 1, reason: 'opened by a fault of the form' },
    }),
    errors: ['BATCH_UNKNOWN'],
  },
} satisfies Record<string, About>;
