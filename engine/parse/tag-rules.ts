/** Rules about single tags that only the source shows: moddle forgives what breaks them. */
import type { Frame, Patch } from './inventory.js';
import type { Report } from './report.js';
import type { Attribute, StartTag } from './scan.js';
import type { ValueKind } from './schema.js';

/** Ids as moddle takes them: the ASCII part of XML's NCName. */
const ID = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['1', 'true'],
  ['false', 'false'],
  ['0', 'false'],
]);

/** Tags that are drawn and not executed: what they hold cannot change anything. */
const DRAWN: ReadonlySet<string> = new Set(['bpmn:association', 'bpmn:relationship', 'bpmn:group']);

/** Whether a text would hit what every object inherits, e.g. `__proto__`. Class: pure. */
export function isReserved(name: string): boolean {
  return name in Object.prototype;
}

/** Whether moddle will keep an id. Findings: BPMN_ID_MISSING, BPMN_ID_RESERVED. */
export function checkId(id: string, tag: string, line: number, report: Report): boolean {
  if (isReserved(id)) report.add('BPMN_ID_RESERVED', id, { id }, line);
  if (ID.test(id)) return true;
  const value = `'${id}' (letters a to z, digits, '_', '-' and '.' only)`;
  report.add('BPMN_ID_MISSING', id, { type: tag, value }, line);
  return false;
}

/** Counts a child whose number is bounded. Findings: BPMN_XML_INVALID where a second one may not be. */
export function countChild(parent: Frame, child: Frame, line: number, report: Report): number {
  if (!child.schema?.isOnceOnly && !child.schema?.isReference) return 0;
  const n = (parent.counts.get(child.tag) ?? 0) + 1;
  parent.counts.set(child.tag, n);
  if (n > 1 && child.schema.isOnceOnly) {
    const detail = `<${child.tag}> occurs more than once in ${parent.owner ?? parent.tag}`;
    report.add('BPMN_XML_INVALID', parent.owner, { detail, line }, line);
  }
  return n;
}

/**
 * Checks the values of a tag's attributes.
 *
 * @returns spellings that XML Schema allows and moddle does not know, with what it knows instead
 * Findings: BPMN_XML_INVALID, BPMN_ELEMENT_UNKNOWN.
 */
export function checkValues(
  tag: StartTag,
  frame: Frame,
  line: number,
  report: Report,
): readonly Patch[] {
  const patches: Patch[] = [];
  for (const attribute of tag.attributes) {
    const { name, value, at } = attribute;
    if (name === '__proto__') report.add('BPMN_ELEMENT_UNKNOWN', frame.owner, { name }, line);
    const kind = DRAWN.has(frame.tag) ? undefined : frame.schema?.values.get(name);
    if (kind === undefined) continue;
    const read = readValue(value.trim(), kind);
    if (read === null)
      report.add('BPMN_XML_INVALID', frame.owner, misfit(attribute, kind, frame, line), line);
    else if (read !== value) patches.push({ from: at, to: at + value.length, text: read });
  }
  return patches;
}

function readValue(value: string, kind: ValueKind): string | null {
  if (kind === 'boolean') return BOOLEANS.get(value) ?? null;
  if (kind === 'child') return null;
  if (kind === 'integer') return /^[+-]?\d{1,15}$/.test(value) ? value : null;
  return kind.includes(value) ? value : null;
}

function misfit(
  { name, value }: Attribute,
  kind: ValueKind,
  frame: Frame,
  line: number,
): { detail: string; line: number } {
  const wanted = {
    boolean: 'true or false',
    integer: 'a whole number',
    child: 'a child element',
  };
  const expected = typeof kind === 'string' ? wanted[kind] : `one of ${kind.join(', ')}`;
  const where = frame.owner ?? frame.tag;
  return { detail: `${name} of ${where} is '${value.slice(0, 80)}' instead of ${expected}`, line };
}
