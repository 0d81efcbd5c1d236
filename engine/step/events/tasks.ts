/** Completing user tasks. */
import { fault } from '../../errors/index.js';
import { checkResult } from '../declarations.js';
import { deliver } from '../lifecycle.js';
import { checkSubmission } from '../submission.js';
import { endTask } from '../tasks.js';
import type { Handler } from './index.js';
import { barring, barringFor, findTask } from './open-task.js';

/** Completes a task: the submitted variables are its result, if they fit its form. */
export const taskCompleted: Handler<'taskCompleted'> = (run, event) => {
  const { taskId, action, variables, actor } = event;
  const task = findTask(run, event);
  if ('code' in task) return task;
  const { owner, assignee } = task;
  if (owner !== undefined) {
    return fault('TASK_DELEGATED', { task: taskId, owner, assignee: assignee ?? 'nobody' });
  }
  const instance = run.element(taskId);
  // Who took it as a substitute still is one when they complete it.
  const standsFor = event.standsFor ?? (assignee === actor ? task.standsFor : undefined);
  const problem =
    barring(task, actor) ??
    barringFor(task, standsFor) ??
    checkResult(run, instance, variables) ??
    checkSubmission(run, task, event);
  if (problem !== null) return problem;
  run.cause = instance.since;
  const forWhom = standsFor === undefined ? '' : ` for ${standsFor}`;
  const fate = `was completed by ${actor ?? 'somebody'}${forWhom}`;
  endTask(run, instance, 'taskCompleted', fate, { action, ...(standsFor && { standsFor }) });
  const { completedBy } = task;
  const signed = completedBy === undefined ? variables : { ...variables, [completedBy]: actor };
  deliver(run, instance, { kind: 'done', variables: signed });
  return null;
};
