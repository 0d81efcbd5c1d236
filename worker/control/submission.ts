/** What people send for a task is judged by the form that they were shown: the version the instance pins. */
import { parseForm, validateSubmission } from '../../engine/forms/index.js';
import type { Json, Variables } from '../../engine/model/index.js';
import type { Store } from '../../store/index.js';
import { refusal } from './failure.js';

/** The variables of an instance by name, as the store knows them. */
async function variablesOf(store: Store, instanceId: string): Promise<Record<string, Json>> {
  const { items } = await store.variables.search({ filter: { instanceId }, limit: 10_000 });
  return Object.fromEntries(items.map(({ name, value }) => [name, value as Json]));
}

/** The form that a task of an instance shows; null when it has none, or one that lies elsewhere. */
async function formOf(store: Store, instanceId: string, formId: string) {
  const instance = await store.processInstances.get(instanceId);
  if (instance === null) return null;
  const files = (await store.definitions.package(instance.definitionHash))?.files ?? {};
  const path = Object.keys(files).find(
    (name) => name === `${formId}.form` || name.endsWith(`/${formId}.form`),
  );
  const text = path === undefined ? undefined : files[path];
  return path === undefined || text === undefined ? null : parseForm(text, path).form;
}

/**
 * Refuses a submission that does not fit the form of its task. Tasks that have no form, or are not open any more,
 * are left to the instance, which knows best.
 *
 * @throws ControlFailure `FORM_SUBMISSION` that names every problem
 * Class: side effect (reads the store).
 */
export async function checkSubmission(
  store: Store,
  { instanceId, taskId }: { readonly instanceId: string; readonly taskId: string },
  variables: Variables,
): Promise<void> {
  const task = await store.userTasks.get(instanceId, taskId);
  if (task?.formId === undefined || task.formId === null || task.state !== 'CREATED') return;
  const form = await formOf(store, instanceId, task.formId);
  if (form === null) return;
  const given = await variablesOf(store, instanceId);
  const context = { variables: given, at: new Date().toISOString(), zone: 'UTC' };
  const problems = validateSubmission(form, variables, context);
  if (problems.length === 0) return;
  const list = problems.map(({ code, message }) => `${code}: ${message}`).join(' ');
  throw refusal('FORM_SUBMISSION', { form: task.formId, problems: list });
}
