/**
 * Checks what was sent against the form that asked for it: nothing that a browser has checked counts.
 * Class: pure. Source: form-js schema version 19.
 */
import { type Fault, fault } from '../errors/index.js';
import { isContext, type Json, type Variables } from '../model/index.js';
import { type Component, type Container, type Field, type Form, feelOf, rulesOf } from './form.js';
import { isEmpty, judgeValue, sameJson } from './values.js';
import { at, type FormContext, View } from './view.js';

/** What is wrong with one value. `path` is dotted, with places in lists from 0: `users.0.mail`. */
export interface FormProblem extends Fault {
  readonly path: string;
}

const MOST_VALUES = 10_000;

/**
 * Judges a submission.
 *
 * @param form - as `parseForm` read it
 * @param data - what was sent: values of the form's fields alone
 * @param context - what the form was shown with; fields that are read-only have to keep it
 * @returns all problems in the order of the form, then unknown values; empty: sound
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
  const level: Level = { view, data, given: context.variables, prefix: [], isHidden: false };
  const problems = form.components.flatMap((component) => judge(component, level));
  return [...problems, ...unknown(data, treeOf(form.components), [])];
}

/** Where the judge stands. */
interface Level {
  readonly view: View;
  readonly data: Json | undefined;
  /** What the form was shown with, of this level. */
  readonly given: Json | undefined;
  readonly prefix: readonly string[];
  readonly isHidden: boolean;
}

function judge(component: Component, level: Level): readonly FormProblem[] {
  const hidden = level.isHidden ? true : isHidden(component, level.view);
  const path = [...level.prefix, ...component.path];
  if (typeof hidden === 'object') return [{ ...hidden, path: path.join('.') }];
  const inner = { ...level, isHidden: hidden };
  if (component.kind === 'field') return judgeField(component, inner, path.join('.'));
  return component.kind === 'group'
    ? judgeGroup(component, inner, path)
    : judgeList(component, inner, path);
}

function isHidden({ hide }: Component, view: View): boolean | Fault {
  if (hide === null) return false;
  const result = view.evaluate(hide);
  return 'code' in result ? result : result.value === true;
}

function judgeGroup(
  { path: own, children }: Container,
  level: Level,
  prefix: readonly string[],
): readonly FormProblem[] {
  const inner = { ...level, data: at(level.data, own), given: at(level.given, own), prefix };
  return children.flatMap((child) => judge(child, own.length === 0 ? level : inner));
}

function judgeList(
  { path: own, children }: Container,
  level: Level,
  prefix: readonly string[],
): readonly FormProblem[] {
  const path = prefix.join('.');
  const items = at(level.data, own);
  if (items === undefined || items === null) return [];
  if (level.isHidden && !(Array.isArray(items) && items.length === 0)) {
    return [{ path, ...fault('FORM_FIELD_HIDDEN', { path }) }];
  }
  if (!Array.isArray(items)) {
    return [{ path, ...fault('FORM_VALUE_TYPE', { path, expected: 'a list' }) }];
  }
  const given = at(level.given, own);
  return items.flatMap((item, index) => {
    const view = level.view.inside(item, children, index + 1);
    const shown = Array.isArray(given) ? given[index] : undefined;
    const inner = { ...level, view, data: item, given: shown, prefix: [...prefix, String(index)] };
    return children.flatMap((child) => judge(child, inner));
  });
}

function judgeField(field: Field, level: Level, path: string): readonly FormProblem[] {
  const { type, raw } = field;
  const value = at(level.data, field.path);
  const isLeftOut = isEmpty(type, value);
  const found = (problem: Fault | null): readonly FormProblem[] =>
    problem === null ? [] : [{ path, ...problem }];
  if (level.isHidden) return isLeftOut ? [] : found(fault('FORM_FIELD_HIDDEN', { path }));
  const readOnly = isReadOnly(field, level.view);
  if (typeof readOnly === 'object') return found(readOnly);
  if (readOnly) {
    const isKept = value === undefined || sameJson(value, at(level.given, field.path) ?? null);
    return isKept ? [] : found(fault('FORM_FIELD_READ_ONLY', { path }));
  }
  if (!isLeftOut) return found(judgeValue(value as Json, field, path, level.view));
  const { required } = rulesOf(raw);
  return required === true ? found(fault('FORM_VALUE_REQUIRED', { path })) : [];
}

function isReadOnly({ raw }: Field, view: View): boolean | Fault {
  const { disabled, readonly } = raw;
  if (disabled === true || readonly === true) return true;
  const feel = feelOf(readonly);
  if (feel === null) return false;
  const result = view.evaluate(feel);
  return 'code' in result ? result : result.value === true;
}

/** Paths that a form knows: a leaf is a field, `items` stands for each item of a list. */
interface Tree {
  readonly isField: boolean;
  readonly items: Tree | null;
  readonly children: ReadonlyMap<string, Tree>;
}

interface GrowingTree extends Tree {
  isField: boolean;
  items: Tree | null;
  readonly children: Map<string, GrowingTree>;
}

const grow = (): GrowingTree => ({ isField: false, items: null, children: new Map() });

function treeOf(components: readonly Component[], root = grow()): Tree {
  for (const component of components) {
    let node = root;
    for (const name of component.path) {
      const next = node.children.get(name) ?? grow();
      node.children.set(name, next);
      node = next;
    }
    if (component.kind === 'field') node.isField = true;
    else if (component.kind === 'group') treeOf(component.children, node);
    else node.items = treeOf(component.children);
  }
  return root;
}

function unknown(
  data: Json | undefined,
  tree: Tree,
  prefix: readonly string[],
): readonly FormProblem[] {
  if (tree.isField || data === undefined || data === null) return [];
  const { items } = tree;
  if (items !== null) {
    const list = Array.isArray(data) ? data : [];
    return list.flatMap((item, index) => unknown(item, items, [...prefix, String(index)]));
  }
  if (!isContext(data)) return [unknownAt(prefix)];
  return Object.entries(data).flatMap(([name, value]) => {
    const next = tree.children.get(name);
    return next ? unknown(value, next, [...prefix, name]) : [unknownAt([...prefix, name])];
  });
}

function unknownAt(prefix: readonly string[]): FormProblem {
  const path = prefix.join('.');
  return { path, ...fault('FORM_FIELD_UNKNOWN', { path }) };
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
