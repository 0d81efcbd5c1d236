/** The end of user tasks: remembered for a while, so that who comes late is told what happened (S04). */
import type { ElementInstance, InstanceState, JournalKind, Json } from '../model/index.js';
import type { Run } from './run.js';

/** How many ended tasks and answered requests an instance remembers. */
const REMEMBERED = 256;

/** Keeps a ring of remembered rows: drops the oldest when there are too many. */
export function forgetOldest(run: Run, table: 'endedTasks' | 'requests'): void {
  const rows: InstanceState['endedTasks'] | InstanceState['requests'] = run.state[table];
  const keys = Object.keys(rows);
  if (keys.length <= REMEMBERED) return;
  const oldest = keys.reduce((a, b) => ((rows[a]?.order ?? 0) < (rows[b]?.order ?? 0) ? a : b));
  run.drop(table, oldest);
}

/** Closes the user task of an element instance, if it has one. */
export function endTask(
  run: Run,
  instance: ElementInstance,
  kind: Extract<JournalKind, 'taskCompleted' | 'taskCancelled'>,
  fate: string,
  done: Readonly<Record<string, Json>> = { action: null },
): void {
  if (run.state.tasks[instance.id] === undefined) return;
  run.drop('tasks', instance.id);
  run.record(kind, instance, kind === 'taskCompleted' ? done : { reason: fate });
  run.state.counter += 1;
  run.put('endedTasks', instance.id, { order: run.state.counter, fate: `${fate} at ${run.at}` });
  forgetOldest(run, 'endedTasks');
}
