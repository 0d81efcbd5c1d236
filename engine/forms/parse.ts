/** Reads a form and judges it: what the server could not check is refused before it is shown to anybody. */
import { type Finding, finding } from '../errors/index.js';
import { checkExpression, evaluate } from '../expressions/index.js';
import {
  type Component,
  type Container,
  type Field,
  type Form,
  isContext,
  type Json,
  own,
  type RawComponent,
} from '../model/index.js';
import { buttonsOf } from './buttons.js';
import { feelOf, isFieldType, rulesOf, SHOWN_TYPES, textOf } from './form.js';

const MOST_COMPONENTS = 1000;
const MOST_DEPTH = 20;
const MOST_CHARACTERS = 1_000_000;

/** What a form file is; `form` is null when it cannot be shown, `id` when it has none. */
export interface ParsedForm {
  readonly id: string | null;
  readonly form: Form | null;
  readonly findings: readonly Finding[];
}

/** What is gathered on the way through the components. */
interface Reading {
  readonly file: string;
  readonly findings: Finding[];
  count: number;
}

/**
 * Reads the text of a `.form` file.
 *
 * @param file - its path; its name without ending should be the form's id, so that people find it
 * Findings: FORM_INVALID, FORM_ID_MISMATCH, FORM_KEY_DUPLICATE, FORM_FIELD_UNSUPPORTED, FORM_EXPRESSION_INVALID,
 * FORM_PATTERN_INVALID. Class: pure.
 */
export function parseForm(text: string, file: string): ParsedForm {
  const reading: Reading = { file, findings: [], count: 0 };
  const schema = schemaIn(text);
  if (typeof schema === 'string') return invalid(reading, null, schema);
  const id = textOf(schema, 'id');
  const list = own(schema, 'components');
  if (id === null) return invalid(reading, null, 'it has no id');
  if (!Array.isArray(list)) return invalid(reading, id, 'it has no list of components');
  const expected = file.replace(/^.*[\\/]/, '').replace(/\.form$/, '');
  if (id !== expected) report(reading, finding('FORM_ID_MISMATCH', null, { file, expected, id }));
  const components = readLevel(list, reading, 1);
  if (reading.count > MOST_COMPONENTS) {
    return invalid(reading, id, `it has more than ${MOST_COMPONENTS} components`);
  }
  const isSound = reading.findings.every(({ severity }) => severity === 'warning');
  const actions = buttonsOf(schema).map(({ action }) => action);
  return { id, form: isSound ? { id, components, actions } : null, findings: reading.findings };
}

function schemaIn(text: string): RawComponent | string {
  if (text.length > MOST_CHARACTERS) return `it has more than ${MOST_CHARACTERS} characters`;
  try {
    const schema: Json = JSON.parse(text);
    if (!isContext(schema)) return 'it is no object';
    return own(schema, 'type') === 'default' ? schema : 'its type is not "default"';
  } catch {
    return 'it is no JSON';
  }
}

function invalid(reading: Reading, id: string | null, detail: string): ParsedForm {
  refuse(reading, detail);
  return { id, form: null, findings: reading.findings };
}

function refuse(reading: Reading, detail: string): void {
  report(reading, finding('FORM_INVALID', null, { file: reading.file, detail }));
}

function report({ findings, file }: Reading, found: Finding): void {
  findings.push({ ...found, file });
}

function readLevel(list: readonly Json[], reading: Reading, depth: number): readonly Component[] {
  if (depth > MOST_DEPTH) {
    refuse(reading, `its components are nested more than ${MOST_DEPTH} deep`);
    return [];
  }
  const components = list.flatMap((raw) => {
    reading.count += 1;
    if (reading.count > MOST_COMPONENTS) return [];
    return isContext(raw) ? readComponent(raw, reading, depth) : [];
  });
  refuseDuplicates(components, reading);
  return components;
}

function readComponent(raw: RawComponent, reading: Reading, depth: number): readonly Component[] {
  const type = textOf(raw, 'type') ?? 'none';
  const { file } = reading;
  if (SHOWN_TYPES.includes(type)) return [];
  if (type === 'group' || type === 'dynamiclist') return readContainer(raw, type, reading, depth);
  const field = textOf(raw, 'key') ?? textOf(raw, 'id') ?? '?';
  if (!isFieldType(type)) {
    report(reading, finding('FORM_FIELD_UNSUPPORTED', null, { file, field, type }));
    return [];
  }
  const key = textOf(raw, 'key');
  if (key === null) {
    refuse(reading, `a ${type} has no key`);
    return [];
  }
  const found: Field = { kind: 'field', type, path: key.split('.'), hide: hideOf(raw), raw };
  checkField(found, key, reading);
  return [found];
}

function readContainer(
  raw: RawComponent,
  type: 'group' | 'dynamiclist',
  reading: Reading,
  depth: number,
): readonly Container[] {
  const inner = own(raw, 'components');
  const children = readLevel(Array.isArray(inner) ? inner : [], reading, depth + 1);
  const text = textOf(raw, 'path');
  const path = text === null ? [] : text.split('.');
  if (type === 'dynamiclist' && path.length === 0) {
    refuse(reading, 'a dynamic list has no path');
    return [];
  }
  const kind = type === 'group' ? 'group' : 'list';
  const hide = hideOf(raw);
  checkFeel(hide, text ?? type, reading);
  return [{ kind, path, hide, children }];
}

function hideOf(raw: RawComponent): string | null {
  const conditional = own(raw, 'conditional');
  return isContext(conditional) ? feelOf(own(conditional, 'hide')) : null;
}

function checkField({ raw, hide }: Field, key: string, reading: Reading): void {
  const rules = rulesOf(raw);
  const texts = [hide, feelOf(own(raw, 'readonly')), feelOf(own(raw, 'valuesExpression'))];
  for (const text of [...texts, feelOf(own(rules, 'min')), feelOf(own(rules, 'max'))]) {
    checkFeel(text, key, reading);
  }
  const pattern = textOf(rules, 'pattern');
  if (pattern === null) return;
  const detail = patternFault(pattern);
  const facts = { file: reading.file, field: key };
  if (detail !== null) report(reading, finding('FORM_PATTERN_INVALID', null, { ...facts, detail }));
}

function checkFeel(text: string | null, field: string, reading: Reading): void {
  const [problem] = text === null ? [] : checkExpression(text);
  if (!problem) return;
  const { message: detail } = problem;
  const facts = { file: reading.file, field, detail };
  report(reading, finding('FORM_EXPRESSION_INVALID', null, facts));
}

function patternFault(pattern: string): string | null {
  const tried = evaluate('matches("", pattern)', {
    at: '1970-01-01T00:00:00.000Z',
    zone: 'UTC',
    seed: '',
    lookup: (name) => (name === 'pattern' ? pattern : undefined),
  });
  return tried.ok ? null : tried.message;
}

/** Two fields of one path on one level: a group without path shares its parent's level. */
function refuseDuplicates(components: readonly Component[], reading: Reading): void {
  const seen = new Set<string>();
  for (const key of pathsOn(components)) {
    if (seen.has(key)) {
      report(reading, finding('FORM_KEY_DUPLICATE', null, { file: reading.file, key }));
    }
    seen.add(key);
  }
}

function pathsOn(components: readonly Component[]): readonly string[] {
  return components.flatMap((component) => {
    if (component.kind !== 'group') return [component.path.join('.')];
    const before = component.path.length > 0 ? `${component.path.join('.')}.` : '';
    return pathsOn(component.children).map((path) => before + path);
  });
}
