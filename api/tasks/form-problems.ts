/** What is wrong with what was sent for a form, field by field: the engine has refused it as a whole. Class: side effect (store). */
import { validateSubmission } from '../../engine/forms/index.js';
import { type Json, own, type Variables } from '../../engine/model/index.js';
import { partsOf } from '../camunda/keys.js';
import { type Shaping, surrounded } from './items.js';

/** Problems with their paths, in the order of the form. Empty where the task has ended since. */
export async function formProblems(
  shaping: Shaping,
  id: string,
  sent: Variables,
): Promise<readonly Record<string, Json>[]> {
  const { deps, looking, now } = shaping;
  const { instanceId, rest } = partsOf(id);
  const row = await deps.store.userTasks.get(instanceId, rest);
  const [one] = row === null ? [] : await surrounded(shaping, [row]);
  const form = own(one?.running.plan?.forms ?? {}, row?.formId ?? '');
  const read = await deps.operate('getTask', { key: id }, looking.asker);
  if (form === undefined || !read.ok) return [];
  const variables = Object.fromEntries(
    read.output.variables.map(({ name, value }) => [name, value]),
  );
  const zone = one?.running.plan?.zone ?? 'UTC';
  const context = { variables, at: new Date(now).toISOString(), zone };
  return validateSubmission(form, sent, context).map(({ path, code, message }) => ({
    ...{ path, code, message },
  }));
}
