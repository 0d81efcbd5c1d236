/** What people send for a task is judged by the form that it shows: that of the sources the instance pins (A04). */
import { type Fault, fault } from '../errors/index.js';
import { validateSubmission } from '../forms/index.js';
import { own, type UserTask, type Variables } from '../model/index.js';
import type { Run } from './run.js';
import { visible } from './variables.js';

/** So many problems are told at once. */
const MOST_TOLD = 20;

/** Why a submission does not fit the form of its task; null: it does, or the task shows none that is known here. */
export function checkSubmission(run: Run, task: UserTask, variables: Variables): Fault | null {
  const form = own(run.process.forms, task.formId ?? '');
  if (form === undefined) return null;
  const shown = visible(run, run.element(task.id));
  const context = { variables: shown, at: run.at, zone: run.process.zone };
  const problems = validateSubmission(form, variables, context);
  if (problems.length === 0) return null;
  const told = problems.slice(0, MOST_TOLD).map(({ code, message }) => `${code}: ${message}`);
  const more = problems.length - told.length;
  const list = [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(' ');
  return fault('FORM_SUBMISSION', { form: form.id, problems: list });
}
