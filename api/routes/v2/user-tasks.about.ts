/** What is sent to and told of user tasks by Camunda's API. Class: data. */
import { z } from 'zod';
import { variables } from '../../camunda/asking.js';
import { formAnswers } from '../../camunda/forms.js';
import { ENGINE_ERRORS } from '../../camunda/refusals.js';
import { type About, NOTHING_TOLD, sent } from '../../openapi/about.js';

const action = z.string().max(500).nullable().optional();
const person = z.string().min(1).max(500);
const date = z.string().max(100).nullable().optional();
const names = z.array(z.string().max(500)).max(1000).nullable().optional();

export const ASSIGN = z.strictObject({
  assignee: person,
  allowOverride: z.boolean().nullable().default(true),
  action,
});
export const COMPLETE = z
  .strictObject({ variables: variables.nullable().default({}), action })
  .default({ variables: {} });
export const UPDATE = z.strictObject({
  changeset: z
    .strictObject({
      ...{ dueDate: date, followUpDate: date, candidateUsers: names, candidateGroups: names },
      priority: z.number().int().min(0).max(100).nullable().optional(),
    })
    .nullable()
    .optional(),
  action,
});

const errors: About['errors'] = [...ENGINE_ERRORS, 'TASK_UNKNOWN', 'TASK_CHANGED'];
const WITH_VERSION =
  'With `If-Match`, the ETag of the task as it was read, a change of what has changed since is refused.';

export const ABOUT = {
  completeUserTask: {
    summary: 'Completes a user task',
    says: `\`action\` is the button of the form that was pressed, by its name. ${WITH_VERSION}`,
    body: sent(COMPLETE, { variables: { answer: 'It is unlocked now.' } }),
    answers: NOTHING_TOLD,
    errors: [...errors, 'TASK_ACTION_UNKNOWN', 'TASK_DELEGATED', 'TASK_FOUR_EYES'],
  },
  assignUserTask: {
    summary: 'Assigns a user task to somebody',
    says: WITH_VERSION,
    body: sent(ASSIGN, { assignee: 'cora', allowOverride: false }),
    answers: NOTHING_TOLD,
    errors: [...errors, 'TASK_ASSIGNED', 'TASK_FOUR_EYES'],
  },
  unassignUserTask: {
    summary: 'Gives a user task back to its candidates',
    says: WITH_VERSION,
    answers: NOTHING_TOLD,
    errors: [...errors, 'TASK_DELEGATED'],
  },
  updateUserTask: {
    summary: 'Changes dates, candidates or the priority of a user task',
    says: `An empty text or list, and null, take a value away. ${WITH_VERSION}`,
    body: sent(UPDATE, { changeset: { priority: 80, candidateGroups: ['support'] } }),
    answers: NOTHING_TOLD,
    errors: [...errors, 'TASK_CHANGE_INVALID'],
  },
  getUserTaskForm: {
    summary: 'Gets the form of a user task',
    answers: formAnswers('The task has no form'),
  },
} satisfies Record<string, About>;
