/** What may be changed of a user task while it is open, and remarks on it. */
import { type Fault, fault } from '../../errors/index.js';
import type { TaskChanges } from '../../model/index.js';
import { armTimer } from '../../triggers/timer/index.js';
import type { Run } from '../run.js';
import type { Handler } from './index.js';
import { findTask, keepChanged } from './open-task.js';

/** Groups or people that may be named. */
const MOST_NAMES = 100;
const LONGEST_NAME = 256;

/** Changes when a task is due, who finds it, how urgent it is. No timer of the model follows its due date. */
export const taskUpdated: Handler<'taskUpdated'> = (run, event) => {
  const task = findTask(run, event);
  if ('code' in task) return task;
  const changes = checked(run, event.taskId, event.changes);
  if ('code' in changes) return changes;
  const version = keepChanged(run, { ...task, ...changes });
  run.record('taskUpdated', run.element(task.id), { ...changes, version });
  return null;
};

/**
 * Notes that somebody remarked something. What was said is of the audit alone, where it is sealed under the customer's key
 * and goes with it (docs/decisions/0023-remarks-are-of-the-audit.md).
 */
export const taskCommented: Handler<'taskCommented'> = (run, event) => {
  const task = findTask(run, event);
  if ('code' in task) return task;
  run.record('taskCommented', run.element(task.id), null);
  return null;
};

function checked(run: Run, task: string, changes: TaskChanges): TaskChanges | Fault {
  const invalid = (detail: string): Fault => fault('TASK_CHANGE_INVALID', { task, detail });
  if (Object.keys(changes).length === 0) return invalid('nothing is to be changed');
  const found: { -readonly [K in keyof TaskChanges]: TaskChanges[K] } = {};
  for (const name of ['dueAt', 'followUpAt'] as const) {
    const text = changes[name];
    if (text === undefined) continue;
    const instant = instantOf(run, text);
    if (instant === undefined) return invalid(`'${text}' is no instant and no duration`);
    found[name] = instant;
  }
  const { priority } = changes;
  if (priority !== undefined) {
    if (!Number.isInteger(priority) || priority < 0 || priority > 100) {
      return invalid(`priority ${priority} is no whole number from 0 to 100`);
    }
    found.priority = priority;
  }
  for (const name of ['candidateGroups', 'candidateUsers'] as const) {
    const names = changes[name];
    if (names === undefined) continue;
    if (names.length > MOST_NAMES) return invalid(`more than ${MOST_NAMES} are named`);
    const wrong = names.find((one) => one === '' || one.length > LONGEST_NAME);
    if (wrong !== undefined) {
      return invalid(`a name has 1 to ${LONGEST_NAME} characters, not ${wrong.length}`);
    }
    found[name] = [...new Set(names)];
  }
  return found;
}

/** An instant, or a duration from now, as in the model; null and nothing take it away. Undefined: it is neither. */
function instantOf(run: Run, text: string | null): string | null | undefined {
  if (text === null || text === '') return null;
  const kind = /^-?P/.test(text) ? 'duration' : 'date';
  const armed = armTimer(kind, text, { at: run.at, zone: run.process.zone });
  return armed.ok ? armed.series.dueAt : undefined;
}
