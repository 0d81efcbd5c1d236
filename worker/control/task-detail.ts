/** A task with what its form asks for and what it sees: all that one needs to complete it. Class: side effect (reads the store). */
import { fieldsOf } from '../../engine/forms/index.js';
import { own } from '../../engine/model/index.js';
import type { Store, UserTaskRow, VariableRow } from '../../store/index.js';
import { taskObject } from './acts.js';
import type { Operation } from './parts.js';
import { findInstance, findTask } from './references.js';

/** Rows of one instance that are read at most. */
const MOST = 10_000;

/** Reads it. */
export const readTask: Operation<'getTask'> = async ({ store, registry }, { key }) => {
  const task = await findTask(store, key);
  const instance = await findInstance(store, task.instanceId);
  const { processId, definitionVersion: version, definitionHash: hash } = instance;
  const [variables, { forms, zone }] = await Promise.all([
    visibleTo(store, task),
    registry.process({ processId, version, hash }),
  ]);
  const form = own(forms, task.formId ?? '');
  const values = Object.fromEntries(
    variables.filter(({ isErased }) => !isErased).map(({ name, value }) => [name, value]),
  );
  const context = { variables: values, at: new Date().toISOString(), zone };
  const fields = form === undefined ? [] : fieldsOf(form, context);
  const comments = await commentsOn(store, task);
  return { task, variables, fields, actions: form?.actions ?? [], comments };
};

/** What people remarked on it; the words are of the audit, and go with what is erased there. */
async function commentsOn({ audit }: Store, { instanceId, taskId }: UserTaskRow) {
  const { items } = await audit.query({
    filter: { action: 'commentTask', object: taskObject(instanceId, taskId), outcome: 'done' },
    sort: [{ field: 'number', order: 'ASC' }],
    limit: MOST,
  });
  // A request that came again under its key was answered as the first time, but the audit has it each time.
  const met = new Set<string>();
  const once = items.filter(({ requestId }) => {
    if (requestId === null) return true;
    const isNew = !met.has(requestId);
    met.add(requestId);
    return isNew;
  });
  return once.map(({ at, actor, reason: text }) => ({ at, actor, text }));
}

/** The variables that a task sees: from its own scope outwards to the process, the nearest of each name. */
async function visibleTo(
  store: Store,
  { instanceId, taskId }: UserTaskRow,
): Promise<readonly VariableRow[]> {
  const query = { filter: { instanceId }, limit: MOST };
  const [variables, elements] = await Promise.all([
    store.variables.search(query),
    store.elementInstances.search(query),
  ]);
  const around = new Map(elements.items.map((row) => [row.elementInstanceId, row.scopeId]));
  const seen = new Map<string, VariableRow>();
  for (let at: string | null = taskId; at !== null; at = around.get(at) ?? null) {
    for (const row of variables.items) {
      if (row.scopeId === at && !seen.has(row.name)) seen.set(row.name, row);
    }
  }
  return [...seen.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
