/** One task with all that one needs to do it. Class: side effect (store). */
import type { OperationOutput } from '../../contracts/control.js';
import type { WholeTask } from '../../contracts/tasks.js';
import { buttonsOf, localizeForm } from '../../engine/forms/index.js';
import {
  isContext,
  type Json,
  type RawComponent,
  type Variables,
} from '../../engine/model/index.js';
import type { ToldLocale } from '../../history/index.js';
import type { JournalRow, UserTaskRow } from '../../store/index.js';
import { outcomeIn } from '../refused.js';
import { explained } from './clock.js';
import { historyOf } from './history.js';
import { itemsOf, type Shaping, type Surrounded, surrounded, taskId } from './items.js';
import { ticketClockOf } from './ticket-clock.js';

/** Reads it, with the form in a language. Errors: those of the store. */
export async function wholeTask(
  shaping: Shaping,
  row: UserTaskRow,
  locale: ToldLocale,
): Promise<WholeTask> {
  const { deps, now, userId, looking } = shaping;
  const { instanceId, taskId: task } = row;
  const found = await surrounded(shaping, [row]);
  const [one] = found as readonly [Surrounded];
  const [items, read, form, draft, entries] = await Promise.all([
    itemsOf(shaping, found),
    deps.operate('getTask', { key: taskId(row) }, looking.asker),
    formOf(shaping, one, locale),
    deps.store.inbox.drafts.get({ instanceId, taskId: task, userId }),
    entriesOf(shaping, row),
  ]);
  const whole = outcomeIn(read);
  const calendars = one.running.plan?.calendars ?? {};
  return {
    task: items[0] as WholeTask['task'],
    form: form && { ...form, schema: form.schema as Record<string, Json> },
    variables: shownVariables(whole, form?.schema ?? null, answersIn(entries)),
    actions: buttonsOf(form?.schema ?? {}),
    draft: draft ?? { data: {}, version: 0, savedAt: null },
    history: await historyOf(shaping, row, entries, whole.comments, {
      plan: one.running.plan,
      locale,
    }),
    why: one.promised ? explained(row, one.promised, now) : [],
    ticketClocks: one.ticketRows.map((clock) => ({
      ...ticketClockOf(clock, calendars, now),
      why: clock.why as WholeTask['ticketClocks'][number]['why'],
    })),
  };
}

async function formOf(
  { deps: { store } }: Shaping,
  { row, instance }: Surrounded,
  locale: string,
): Promise<{ formId: string; version: number; schema: RawComponent } | null> {
  if (row.formId === null || !instance) return null;
  const { definitionHash: hash } = instance;
  const form = await store.definitions.forms.inPackage(row.formId, hash);
  const found = form && (await store.definitions.package(form.packageHash));
  const text = form && found?.files[form.path];
  if (!form || text === undefined) return null;
  const schema = JSON.parse(String(text)) as RawComponent;
  return {
    ...{ formId: form.resourceId, version: form.version },
    schema: localizeForm(schema, locale),
  };
}

/** What was written when the task was completed stands right behind that. */
async function entriesOf(
  { deps: { store } }: Shaping,
  { instanceId, taskId: elementInstanceId }: UserTaskRow,
): Promise<readonly JournalRow[]> {
  const filter = { instanceId, elementInstanceId };
  const { items } = await store.journal.search({ filter, limit: MOST_ENTRIES });
  const end = items.find(({ kind }) => kind === 'taskCompleted');
  if (!end || items.some(({ sequence }) => sequence === end.sequence + 1)) return items;
  const next = { instanceId, sequence: end.sequence + 1 };
  return [...items, ...(await store.journal.search({ filter: next })).items];
}

const MOST_ENTRIES = 1_000;

function answersIn(entries: readonly JournalRow[]): Variables {
  const end = entries.find(({ kind }) => kind === 'taskCompleted');
  const next = entries.find(({ sequence }) => sequence === (end?.sequence ?? -1) + 1);
  const values = next?.kind === 'variablesWritten' ? next.data?.values : null;
  return isContext(values) ? values : {};
}

/** What the form speaks of, and no more of what the instance holds; of a task without one all of it. */
function shownVariables(
  { variables }: OperationOutput<'getTask'>,
  schema: RawComponent | null,
  answers: Variables,
): Variables {
  const held = variables.filter(({ isErased }) => !isErased);
  const values = {
    ...Object.fromEntries(held.map(({ name, value }) => [name, value])),
    ...answers,
  };
  if (schema === null) return values;
  const words = new Set(JSON.stringify(schema).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  return Object.fromEntries(Object.entries(values).filter(([name]) => words.has(name)));
}
