/** From boxed expressions other than tables to their plan. Class: pure but for the report. */
import type { DecisionLogic } from '../../model/index.js';
import { type BoxedEntry, contextExpression, listExpression } from '../boxed.js';
import type { Place } from './feel.js';
import type { DmnExpression } from './model.js';
import type { Reading } from './table.js';

/**
 * Compiles a literal expression, a context, a list or a relation.
 * Findings: `DMN_NOT_EXECUTED`, `DMN_NAME_…`, `DMN_EXPRESSION_…`.
 */
export function compileBoxed(
  source: DmnExpression,
  owner: string,
  reading: Reading,
): DecisionLogic {
  const place = { elementId: source.id ?? owner, phrase: `decision '${owner}'` };
  if (source.$type !== 'dmn:Context')
    return { kind: 'literal', feel: textOf(source, place, reading) };
  return { kind: 'context', entries: entriesOf(source, place, reading) };
}

/** The FEEL text of an expression that may hold others. */
function textOf(source: DmnExpression | undefined, place: Place, reading: Reading): string {
  switch (source?.$type) {
    case 'dmn:Context':
      return contextExpression(entriesOf(source, place, reading));
    case 'dmn:List':
      return listOf(source.elements ?? [], place, reading);
    case 'dmn:Relation':
      return relationOf(source, place, reading);
    case 'dmn:DecisionTable':
      return refused(source, place, reading);
    default:
      return reading.feel.required(source, place);
  }
}

/** A table inside another expression. */
function refused({ $type, id }: DmnExpression, place: Place, { report }: Reading): string {
  const tag = $type.slice($type.indexOf(':') + 1);
  const element = `<${tag.charAt(0).toLowerCase()}${tag.slice(1)}> inside ${place.phrase}`;
  report.add('DMN_NOT_EXECUTED', id ?? place.elementId, { element });
  return 'null';
}

function listOf(items: readonly DmnExpression[], place: Place, reading: Reading): string {
  return listExpression(
    items.map((item, index) =>
      textOf(item, { ...place, phrase: `item ${index + 1} of ${place.phrase}` }, reading),
    ),
  );
}

function relationOf(
  { column = [], row = [] }: DmnExpression,
  place: Place,
  reading: Reading,
): string {
  const names = column.map((one, index) =>
    nameOf(one.name, `column ${index + 1} of ${place.phrase}`),
  );
  for (const { name, phrase } of names) checkName(name, phrase, new Set(), place, reading);
  const rows = row.map(({ elements = [], id }, index) => {
    if (elements.length !== names.length) {
      const facts = {
        rule: `${index + 1}`,
        kind: 'cell',
        expected: names.length,
        actual: elements.length,
      };
      reading.report.add('DMN_RULE_WIDTH', id ?? place.elementId, facts);
    }
    return contextExpression(
      elements.map((cell, n) => ({
        name: names[n]?.name ?? `column ${n + 1}`,
        feel: textOf(cell, { ...place, phrase: `row ${index + 1} of ${place.phrase}` }, reading),
      })),
    );
  });
  return listExpression(rows);
}

function entriesOf(
  { contextEntry = [] }: DmnExpression,
  place: Place,
  reading: Reading,
): readonly BoxedEntry[] {
  const seen = new Set<string>();
  if (contextEntry.length === 0) {
    reading.report.add('DMN_EXPRESSION_MISSING', place.elementId, { place: place.phrase });
  }
  return contextEntry.map(({ variable, value, id }, index) => {
    const isResult = variable === undefined && index === contextEntry.length - 1;
    const { name, phrase } = nameOf(variable?.name, `entry ${index + 1} of ${place.phrase}`);
    const inner = { elementId: id ?? place.elementId, phrase };
    if (!isResult) checkName(name, phrase, seen, inner, reading);
    seen.add(name);
    return { name: isResult ? null : name, feel: textOf(value, inner, reading) };
  });
}

function nameOf(name: string | undefined, phrase: string) {
  return { name: name?.trim().replace(/\s+/g, ' ') ?? '', phrase };
}

function checkName(
  name: string,
  phrase: string,
  seen: ReadonlySet<string>,
  { elementId }: Place,
  { report }: Reading,
): void {
  if (name === '') report.add('DMN_NAME_MISSING', elementId, { place: phrase });
  const detail = seen.has(name) ? `'${name}' is there twice` : `'${name}' is reserved`;
  if (name !== '' && (seen.has(name) || name in Object.prototype)) {
    report.add('DMN_NAME_INVALID', elementId, { place: phrase, detail });
  }
}
