/** The task that a request is about: whether it is open, as the person saw it, and open to that person. */
import { type Fault, fault } from '../../errors/index.js';
import { isSamePerson, own, type UserTask } from '../../model/index.js';
import type { Run } from '../run.js';

/** What is said of a task that was never opened, or that was forgotten. */
const NEVER_OPEN = 'does not exist';
/** Of a task that nobody has changed. */
const FIRST_VERSION = 1;

/** The refusal of a request about a task that was never opened. Class: pure. */
export function neverOpened(taskId: string): Fault {
  return fault('TASK_UNKNOWN', { task: taskId, fate: NEVER_OPEN });
}

/** The open task, or why there is none: what ended it is remembered for a while. */
export function findTask(
  run: Run,
  { taskId, ifVersion }: { readonly taskId: string; readonly ifVersion?: number },
): UserTask | Fault {
  const { tasks, endedTasks, suspendedAt, instanceId } = run.state;
  const task = own(tasks, taskId);
  if (task === undefined) {
    const fate = own(endedTasks, taskId)?.fate;
    return fate === undefined ? neverOpened(taskId) : fault('TASK_UNKNOWN', { task: taskId, fate });
  }
  if (suspendedAt !== null) {
    return fault('INSTANCE_SUSPENDED', { instance: instanceId, since: suspendedAt });
  }
  const version = task.version ?? FIRST_VERSION;
  if (ifVersion === undefined || ifVersion === version) return task;
  return fault('TASK_CHANGED', { task: taskId, seen: ifVersion, version });
}

/** Why a person may not do a task that others have to look at with eyes of their own, or null. */
export function barring({ id, notBy }: UserTask, actor: string | null): Fault | null {
  const isBarred = actor === null || notBy?.some((name) => isSamePerson(name, actor));
  if (notBy === undefined || !isBarred) return null;
  const facts = { task: id, people: notBy.join(', '), actor: actor ?? 'nobody known' };
  return fault('TASK_FOUR_EYES', facts);
}

/** Whoever stands in for somebody may do no more than they: whom a task is barred to, it is barred to by a substitute too. */
export const barringFor = (task: UserTask, standsFor: string | undefined): Fault | null =>
  standsFor === undefined ? null : barring(task, standsFor);

/** Keeps a changed task. @returns its new version, which the journal tells too */
export function keepChanged(run: Run, task: UserTask): number {
  const version = (task.version ?? FIRST_VERSION) + 1;
  run.put('tasks', task.id, { ...task, version });
  return version;
}
