/** What an act on a task came to: what is waited for now, by names that people know. Class: side effect (store). */
import type { EngineReply } from '../../contracts/control.js';
import type { TaskOutcome } from '../../contracts/tasks.js';
import { own } from '../../engine/model/index.js';
import type { UserTaskRow } from '../../store/index.js';
import { keysFor, partsOf } from '../camunda/keys.js';
import { itemsOf, type Shaping, surrounded, taskId } from './items.js';

/** Reads it. @param id - of the task that was acted upon, as an operation names it */
export async function outcomeShown(
  shaping: Shaping,
  id: string,
  { message, status, waitsFor }: EngineReply,
): Promise<TaskOutcome> {
  const { store } = shaping.deps;
  const { instanceId, rest } = partsOf(id);
  const row = await store.userTasks.get(instanceId, rest);
  const found = row === null ? [] : await surrounded(shaping, [row]);
  const [task = null] = await itemsOf(shaping, found);
  const nodes = found[0]?.running.plan?.nodes ?? {};
  const tasks = await tasksAmong(shaping, instanceId, waitsFor);
  const keyOf = await keysFor(
    store,
    [...tasks.values()].map((one) => ['userTask', taskId(one)]),
  );
  const points = waitsFor.map(({ kind, id: of, elementId }) => {
    const waiting = tasks.get(of);
    return {
      ...{ kind, elementId, name: own(nodes, elementId)?.name ?? elementId },
      taskKey: waiting ? keyOf('userTask', taskId(waiting)) : null,
      assignee: waiting?.assignee ?? null,
      candidateGroups: waiting?.candidateGroups ?? [],
    };
  });
  return { message, status, waitsFor: points, task };
}

async function tasksAmong(
  { deps: { store } }: Shaping,
  instanceId: string,
  waitsFor: EngineReply['waitsFor'],
): Promise<ReadonlyMap<string, UserTaskRow>> {
  const ids = waitsFor.filter(({ kind }) => kind === 'task').map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const { items } = await store.userTasks.search({ filter: { instanceId, taskId: { $in: ids } } });
  return new Map(items.map((row) => [row.taskId, row]));
}
