/**
 * Who has a user task. One who delegates it stays its owner: whoever helps hands it back, and does not complete it.
 * Which groups a person belongs to is not known here: who may claim what is for those to check who know people.
 */
import { fault } from '../../errors/index.js';
import type { UserTask } from '../../model/index.js';
import type { Handler } from './index.js';
import { barring, barringFor, findTask, keepChanged } from './open-task.js';

/** The same task in other hands; an owner who has it again, or whose task nobody has, waits for nothing. */
const heldBy = (
  { owner, standsFor: _, ...task }: UserTask,
  assignee: string | null,
  standsFor?: string,
): UserTask => {
  const isAway = owner !== undefined && assignee !== null && assignee !== owner;
  const stands = assignee !== null && standsFor !== undefined && standsFor !== assignee;
  return { ...task, assignee, ...(isAway && { owner }), ...(stands && { standsFor }) };
};

/** Whose a task is that is given back: nobody's, for its candidates to take; without any, whose it was when a substitute took it. */
const givenBack = ({ candidateGroups, candidateUsers, standsFor }: UserTask): string | null =>
  candidateGroups.length + candidateUsers.length > 0 ? null : (standsFor ?? null);

/** Gives a task to a person, or back to its candidates. To claim is to assign it to oneself if nobody else has it. */
export const taskAssigned: Handler<'taskAssigned'> = (run, event) => {
  const { taskId, mayReassign, standsFor } = event;
  const task = findTask(run, event);
  if ('code' in task) return task;
  const assignee = event.assignee ?? givenBack(task);
  if (!mayReassign && task.assignee !== null && task.assignee !== assignee) {
    return fault('TASK_ASSIGNED', { task: taskId, assignee: task.assignee });
  }
  const problem =
    event.assignee === null || assignee === null
      ? null
      : (barring(task, assignee) ?? barringFor(task, standsFor));
  if (problem !== null) return problem;
  const changed = heldBy(task, assignee, standsFor);
  const version = keepChanged(run, changed);
  const { owner = null } = changed;
  const stands = changed.standsFor === undefined ? {} : { standsFor: changed.standsFor };
  run.record('taskAssigned', run.element(taskId), { assignee, owner, version, ...stands });
  return null;
};

/** Lets another person help: whoever has the task gets it back. Delegated on, it still goes back to the first. */
export const taskDelegated: Handler<'taskDelegated'> = (run, event) => {
  const { taskId, to } = event;
  const task = findTask(run, event);
  if ('code' in task) return task;
  const { assignee } = task;
  if (assignee === null) return fault('TASK_NOT_ASSIGNED', { task: taskId });
  if (assignee === to) return fault('TASK_ASSIGNED', { task: taskId, assignee });
  const problem = barring(task, to);
  if (problem !== null) return problem;
  const changed = heldBy({ ...task, owner: task.owner ?? assignee }, to);
  const version = keepChanged(run, changed);
  const { owner = null } = changed;
  run.record('taskDelegated', run.element(taskId), { assignee: to, owner, version });
  return null;
};

/** Hands a delegated task back to its owner. */
export const taskReturned: Handler<'taskReturned'> = (run, event) => {
  const { taskId } = event;
  const task = findTask(run, event);
  if ('code' in task) return task;
  const { owner } = task;
  if (owner === undefined) return fault('TASK_NOT_DELEGATED', { task: taskId });
  const version = keepChanged(run, heldBy(task, owner));
  run.record('taskReturned', run.element(taskId), { assignee: owner, owner: null, version });
  return null;
};
