/**
 * Forms as people saw them: the form of the package that the instance pins, with the variables that it names as they were
 * when the task was completed. The journal tells all of it. Class: pure.
 */
import type { CaseForm } from '../contracts/cases.js';
import type { HistoryRow } from '../contracts/control.js';
import type { Json, Variables } from '../engine/model/index.js';
import { secretsIn } from './secrets.js';

/** What of a package is needed: its files by path. */
type Files = Readonly<Record<string, string>>;

/** The scopes of an instance and what each holds, as the journal goes on. */
interface Scopes {
  /** Scope → the one around it. */
  readonly around: Map<string, string | null>;
  /** Scope → its variables by name. */
  readonly held: Map<string, Map<string, Json>>;
  /** Scopes of which something was erased. */
  readonly erased: Set<string>;
}

/** The completed tasks of an instance, in their order. */
export function formsOf(
  entries: readonly HistoryRow[],
  files: Files,
  names: Readonly<Record<string, string>>,
  instanceId: string,
): readonly CaseForm[] {
  const scopes: Scopes = { around: new Map(), held: new Map(), erased: new Set() };
  const secrets = secretsIn(files);
  const opened = new Map<string, HistoryRow>();
  const forms: CaseForm[] = [];
  for (const [index, entry] of entries.entries()) {
    const { kind, elementInstanceId: id } = entry;
    if (kind === 'elementEntered' && id !== null) scopes.around.set(id, entry.scopeId);
    if (kind === 'variablesWritten') write(scopes, entry);
    if (kind === 'taskOpened' && id !== null) opened.set(id, entry);
    if (kind !== 'taskCompleted' || id === null) continue;
    const next = entries[index + 1];
    const answer = next?.kind === 'variablesWritten' ? next : null;
    const form = formOf(entry, opened.get(id) ?? null, answer, scopes, files, names);
    const { shown, answer: answered } = form;
    const open = { shown: without(shown, secrets), answer: without(answered, secrets) };
    forms.push({ instanceId, ...form, ...open });
  }
  return forms;
}

function without(variables: Variables | null, secrets: ReadonlySet<string>): Variables | null {
  if (variables === null) return null;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !secrets.has(name)));
}

function write({ held, erased }: Scopes, { scopeId, data, isErased }: HistoryRow): void {
  if (scopeId === null) return;
  if (isErased) erased.add(scopeId);
  const variables = held.get(scopeId) ?? new Map<string, Json>();
  for (const [name, value] of Object.entries(valuesOf(data))) variables.set(name, value);
  held.set(scopeId, variables);
}

const valuesOf = (data: HistoryRow['data']): Variables => Object(data?.values) as Variables;

function formOf(
  entry: HistoryRow,
  opened: HistoryRow | null,
  answer: HistoryRow | null,
  scopes: Scopes,
  files: Files,
  names: Readonly<Record<string, string>>,
): Omit<CaseForm, 'instanceId'> {
  const { elementInstanceId, elementId, at, actor, data } = entry;
  const formId = textOf(opened?.data?.formId);
  const schema = formId === null ? null : schemaOf(files, formId);
  const seen = seenBy(scopes, elementInstanceId ?? '');
  const isErased = entry.isErased || opened?.isErased === true || seen.isErased;
  return {
    taskId: elementInstanceId ?? '',
    elementId: elementId ?? '',
    name: textOf(opened?.data?.name) ?? names[elementId ?? ''] ?? elementId ?? '',
    completedAt: at,
    completedBy: actor,
    action: textOf(data?.action),
    ...{ formId, schema },
    shown: isErased ? null : namedIn(schema, seen.variables),
    answer: answer === null || answer.isErased ? null : valuesOf(answer.data),
    isErased,
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The form of the package; null when it holds none of this id. */
function schemaOf(files: Files, formId: string): Json {
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith('.form')) continue;
    try {
      const schema = JSON.parse(text) as { readonly id?: unknown };
      if (schema.id === formId) return schema as Json;
    } catch {
      // a file that is no JSON is no form
    }
  }
  return null;
}

/** The variables that a scope sees, the nearest of each name. */
function seenBy(
  { around, held, erased }: Scopes,
  from: string,
): { readonly variables: Variables; readonly isErased: boolean } {
  const chain: string[] = [];
  for (let at: string | null = from; at !== null; at = around.get(at) ?? null) chain.push(at);
  const variables = Object.fromEntries(
    chain.toReversed().flatMap((scope) => [...(held.get(scope) ?? [])]),
  );
  return { variables, isErased: chain.some((scope) => erased.has(scope)) };
}

/** Those whose names stand in the form: in keys of fields, texts and conditions. */
function namedIn(schema: Json, variables: Variables): Variables {
  const words = new Set(JSON.stringify(schema ?? null).match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  return Object.fromEntries(Object.entries(variables).filter(([name]) => words.has(name)));
}
