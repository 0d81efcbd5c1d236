/**
 * Checks what was sent against the form that asked for it: nothing that a browser has checked counts.
 * Class: pure. Source: form-js schema version 19.
 */
import { type Fault, fault } from '../errors/index.js';
import {
  type Component,
  type Container,
  type Field,
  type Form,
  isContext,
  type Json,
  sameJson,
  type Variables,
} from '../model/index.js';
import { feelOf, rulesOf } from './form.js';
import { isEmpty, judgeValue } from './values.js';
import { at, type FormContext, View } from './view.js';

/** What is wrong with one value. `path` is dotted, with places in lists from 0: `users.0.mail`. */
export interface FormProblem extends Fault {
  readonly path: string;
}

const MOST_VALUES = 10_000;

/**
 * Judges a submission. What the form does not ask for, or does not show with these values, is not judged: it is as
 * any other variable. A field that was not sent keeps what it was shown with.
 *
 * @param form - as `parseForm` read it
 * @param data - what was sent
 * @param context - what the form was shown with; fields that are read-only have to keep it
 * @returns all problems in the order of the form; empty: sound
 * Codes: FORM_VALUE_…, FORM_FIELD_…, FORM_CONDITION_FAILED, FORM_TOO_LARGE.
 */
export function validateSubmission(
  form: Form,
  data: Variables,
  context: FormContext,
): readonly FormProblem[] {
  if (isLargerThan(data, MOST_VALUES)) {
    return [{ path: '', ...fault('FORM_TOO_LARGE', { limit: MOST_VALUES }) }];
  }
  const view = new View(context, data, form.components);
  const level: Level = { view, sent: data, data, given: context.variables, prefix: [] };
  return form.components.flatMap((component) => judge(component, level));
}

/** Where the judge stands. */
interface Level {
  readonly view: View;
  /** All that was sent. */
  readonly sent: Variables;
  /** What was sent of this level. */
  readonly data: Json | undefined;
  /** What the form was shown with, of this level. */
  readonly given: Json | undefined;
  readonly prefix: readonly string[];
}

function judge(component: Component, level: Level): readonly FormProblem[] {
  const hidden = isHidden(component, level.view);
  if (hidden === true) return [];
  const path = [...level.prefix, ...component.path];
  const problems = judgeShown(component, level, path);
  // Where nobody can tell whether it was shown, only what would be wrong if it was makes a difference.
  if (hidden === false || problems.length === 0) return problems;
  return [{ ...hidden, path: path.join('.') }];
}

function isHidden({ hide }: Component, view: View): boolean | Fault {
  if (hide === null) return false;
  const result = view.evaluate(hide);
  return 'code' in result ? result : result.value === true;
}

function judgeShown(
  component: Component,
  level: Level,
  path: readonly string[],
): readonly FormProblem[] {
  if (isBarred(level.data, component.path)) {
    return [typeProblem(path, 'inside an object')];
  }
  if (component.kind === 'field') return judgeField(component, level, path);
  return component.kind === 'group'
    ? judgeGroup(component, level, path)
    : judgeList(component, level, path);
}

function judgeGroup(
  { path: own, children }: Container,
  level: Level,
  prefix: readonly string[],
): readonly FormProblem[] {
  if (own.length === 0) return children.flatMap((child) => judge(child, level));
  const data = at(level.data, own);
  if (!isOpen(data)) return [typeProblem(prefix, 'an object')];
  const inner = { ...level, data, given: at(level.given, own), prefix };
  return children.flatMap((child) => judge(child, inner));
}

function judgeList(
  { path: own, children }: Container,
  level: Level,
  prefix: readonly string[],
): readonly FormProblem[] {
  const items = at(level.data, own);
  if (items === undefined || items === null) return [];
  if (!Array.isArray(items)) return [typeProblem(prefix, 'a list')];
  const given = at(level.given, own);
  return items.flatMap((item, index) => {
    const place = [...prefix, String(index)];
    if (!isContext(item)) return [typeProblem(place, 'an object')];
    const view = level.view.inside(item, children, index + 1);
    const shown = Array.isArray(given) ? given[index] : undefined;
    const inner = { ...level, view, data: item, given: shown, prefix: place };
    return children.flatMap((child) => judge(child, inner));
  });
}

function judgeField(
  field: Field,
  { view, sent, data, given: shown }: Level,
  path: readonly string[],
): readonly FormProblem[] {
  const { type, raw } = field;
  const place = path.join('.');
  const value = at(data, field.path);
  const given = at(shown, field.path);
  const found = (problem: Fault | null): readonly FormProblem[] =>
    problem === null ? [] : [{ path: place, ...problem }];
  const readOnly = isReadOnly(field, view);
  if (readOnly !== false) {
    const isKept = value === undefined || sameJson(value, given ?? null);
    if (isKept) return [];
    return found(readOnly === true ? fault('FORM_FIELD_READ_ONLY', { path: place }) : readOnly);
  }
  if (value !== undefined && !isEmpty(type, value)) {
    return found(judgeValue(value, field, place, view));
  }
  // What is sent of a variable takes the place of the whole variable.
  const kept = Object.hasOwn(sent, path[0] ?? '') ? value : given;
  const isMissing = rulesOf(raw).required === true && isEmpty(type, kept);
  return isMissing ? found(fault('FORM_VALUE_REQUIRED', { path: place })) : [];
}

function isReadOnly({ raw }: Field, view: View): boolean | Fault {
  const { disabled, readonly } = raw;
  if (disabled === true || readonly === true) return true;
  const feel = feelOf(readonly);
  if (feel === null) return false;
  const result = view.evaluate(feel);
  return 'code' in result ? result : result.value === true;
}

/** Whether something may hold fields, or has none of them yet. */
const isOpen = (data: Json | undefined): boolean =>
  data === undefined || data === null || isContext(data);

/** Whether a value on the way to a path can hold nothing. */
function isBarred(data: Json | undefined, path: readonly string[]): boolean {
  return path.some((_name, index) => !isOpen(at(data, path.slice(0, index))));
}

function typeProblem(path: readonly string[], expected: string): FormProblem {
  const place = path.join('.');
  return { path: place, ...fault('FORM_VALUE_TYPE', { path: place, expected }) };
}

/** Counts without recursion: what is sent may be nested as deep as it likes. */
function isLargerThan(data: Json, limit: number): boolean {
  const open: Json[] = [data];
  let count = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    count += 1;
    if (count > limit) return true;
    if (value !== null && typeof value === 'object') open.push(...Object.values(value));
  }
  return false;
}
