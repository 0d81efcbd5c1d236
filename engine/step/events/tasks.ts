/** What people do to user tasks. */
import { type Fault, fault } from '../../errors/index.js';
import { own, type UserTask } from '../../model/index.js';
import { checkResult } from '../declarations.js';
import { deliver } from '../lifecycle.js';
import type { Run } from '../run.js';
import { checkSubmission } from '../submission.js';
import { endTask } from '../tasks.js';
import type { Handler } from './index.js';

/** What is said of a task that was never opened, or that was forgotten. */
const NEVER_OPEN = 'does not exist';

/** The refusal of a request about a task that was never opened. Class: pure. */
export function neverOpened(taskId: string): Fault {
  return fault('TASK_UNKNOWN', { task: taskId, fate: NEVER_OPEN });
}

/** The open task, or why there is none: what ended it is remembered for a while. */
const findTask = (run: Run, taskId: string): UserTask | Fault => {
  const { tasks, endedTasks, suspendedAt, instanceId } = run.state;
  const task = own(tasks, taskId);
  if (task === undefined) {
    const fate = own(endedTasks, taskId)?.fate;
    return fate === undefined ? neverOpened(taskId) : fault('TASK_UNKNOWN', { task: taskId, fate });
  }
  if (suspendedAt === null) return task;
  return fault('INSTANCE_SUSPENDED', { instance: instanceId, since: suspendedAt });
};

/** Why a person may not do a task that others have to look at with eyes of their own, or null. */
const barring = ({ id, notBy }: UserTask, actor: string | null): Fault | null => {
  if (notBy === undefined || (actor !== null && !notBy.includes(actor))) return null;
  const facts = { task: id, people: notBy.join(', '), actor: actor ?? 'nobody known' };
  return fault('TASK_FOUR_EYES', facts);
};

/** Completes a task: the submitted variables are its result, if they fit its form. */
export const taskCompleted: Handler<'taskCompleted'> = (run, event) => {
  const { taskId, action, variables, actor } = event;
  const task = findTask(run, taskId);
  if ('code' in task) return task;
  const instance = run.element(taskId);
  const problem =
    barring(task, actor) ??
    checkResult(run, instance, variables) ??
    checkSubmission(run, task, event);
  if (problem !== null) return problem;
  run.cause = instance.since;
  endTask(run, instance, 'taskCompleted', `was completed by ${actor ?? 'somebody'}`, action);
  const { completedBy } = task;
  const signed = completedBy === undefined ? variables : { ...variables, [completedBy]: actor };
  deliver(run, instance, { kind: 'done', variables: signed });
  return null;
};

/** Gives a task to a person, or back to its candidates. */
export const taskAssigned: Handler<'taskAssigned'> = (run, event) => {
  const { taskId, assignee, mayReassign } = event;
  const task = findTask(run, taskId);
  if ('code' in task) return task;
  if (!mayReassign && task.assignee !== null && task.assignee !== assignee) {
    return fault('TASK_ASSIGNED', { task: taskId, assignee: task.assignee });
  }
  const problem = assignee === null ? null : barring(task, assignee);
  if (problem !== null) return problem;
  run.put('tasks', taskId, { ...task, assignee });
  run.record('taskAssigned', run.element(taskId), { assignee });
  return null;
};
