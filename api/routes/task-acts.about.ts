/** What is sent to work on tasks, and what it comes to. Class: data. */
import {
  assignment,
  comment,
  completion,
  delegation,
  returning,
  type TaskOutcome,
  taskChange,
  taskOutcome,
} from '../../contracts/tasks.js';
import type { ErrorCode } from '../../engine/errors/index.js';
import { ENGINE_ERRORS } from '../camunda/refusals.js';
import { type About, answers, type Sent, sent } from '../openapi/about.js';
import { A_LATER_INSTANT } from '../openapi/examples.js';
import { A_TASK } from '../tasks/examples.js';

const AN_OUTCOME: TaskOutcome = {
  ...{ message: 'done; now waiting for work', status: 'active', task: A_TASK },
  waitsFor: [
    {
      ...{ kind: 'task', elementId: 'work', name: 'Work the ticket', taskKey: '2251799813685251' },
      ...{ assignee: null, candidateGroups: ['support-agent'] },
    },
  ],
};

const anAct = (summary: string, body: Sent, errors: readonly ErrorCode[]): About => ({
  ...{ summary, body, answers: answers(taskOutcome, AN_OUTCOME) },
  says: 'With `If-Match`, the ETag of the task as it was read, a change of what has changed since is refused. What it came to is told, or what happened instead.',
  errors: [...ENGINE_ERRORS, 'TASK_UNKNOWN', 'TASK_CHANGED', 'REFERENCE_UNKNOWN', ...errors],
});

const because = 'The export, as before';

export const ABOUT = {
  completeTask: anAct(
    'Completes a task',
    sent(completion, { action: 'approve', variables: { decision: 'ticket' }, reason: because }),
    [
      ...(['TASK_ACTION_UNKNOWN', 'TASK_DELEGATED', 'TASK_FOUR_EYES', 'FORM_SUBMISSION'] as const),
      ...(['VARIABLE_NAME', 'VARIABLE_SIZE', 'VARIABLE_TYPE', 'VARIABLE_UNDECLARED'] as const),
      'VARIABLES_SIZE',
    ],
  ),
  assignTask: anAct(
    'Gives a task to somebody, or back to its candidates',
    sent(assignment, { assignee: 'cora' }),
    ['TASK_ASSIGNED', 'TASK_FOUR_EYES', 'TASK_DELEGATED'],
  ),
  delegateTask: anAct(
    'Hands a task on, to get it back',
    sent(delegation, { to: 'bea', reason: 'She knows the export' }),
    ['TASK_NOT_ASSIGNED', 'TASK_FOUR_EYES', 'TASK_DELEGATED'],
  ),
  returnTask: anAct('Gives a delegated task back', sent(returning, { reason: null }), [
    'TASK_NOT_DELEGATED',
  ]),
  changeTask: anAct(
    'Changes dates, candidates or the priority of a task',
    sent(taskChange, { dueAt: A_LATER_INSTANT, priority: 80 }),
    ['TASK_CHANGE_INVALID'],
  ),
  commentTask: anAct('Remarks on a task', sent(comment, { text: 'It is the export again' }), []),
} satisfies Record<string, About>;
