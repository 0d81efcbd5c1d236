/** What people send for a task is judged by the form that it shows: that of the sources the instance pins (A04). */
import { type Fault, fault } from '../errors/index.js';
import { namesOf, validateSubmission } from '../forms/index.js';
import { own, type UserTask, type Variables } from '../model/index.js';
import { checkNames } from './declarations.js';
import type { Run } from './run.js';
import { visible } from './variables.js';

/** So many problems are told at once. */
const MOST_TOLD = 20;

/** What was sent. */
interface Submission {
  readonly action: string | null;
  readonly variables: Variables;
}

/** Why a submission does not fit its task; null: it does. A form that is not known here is not judged. */
export function checkSubmission(
  run: Run,
  task: UserTask,
  { action, variables }: Submission,
): Fault | null {
  const form = own(run.process.forms, task.formId ?? '');
  const instance = run.element(task.id);
  if (form === undefined) {
    // What the mappings of a task without a form take is for them to say.
    const isMapped = run.node(instance.elementId).outputs.length > 0;
    return isMapped ? null : checkNames(run, instance, variables);
  }
  const { actions } = form;
  if (action !== null && actions.length > 0 && !actions.includes(action)) {
    const facts = { action, form: form.id, actions: actions.join(', ') };
    return fault('TASK_ACTION_UNKNOWN', facts);
  }
  const unknown = checkNames(run, instance, variables, namesOf(form));
  if (unknown !== null) return unknown;
  const context = { variables: visible(run, instance), at: run.at, zone: run.process.zone };
  const problems = validateSubmission(form, variables, context);
  if (problems.length === 0) return null;
  // The whole says what to do.
  const told = problems
    .slice(0, MOST_TOLD)
    .map(({ code, message }) => `${code}: ${message.replace(/; correct it\.$/, '.')}`);
  const more = problems.length - told.length;
  const list = [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(' ');
  return fault('FORM_SUBMISSION', { form: form.id, problems: list });
}
