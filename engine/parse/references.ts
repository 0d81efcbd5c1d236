/** Checks what references name, which moddle looks up by id without regard to type. */
import type { ParseContext } from './context.js';
import type { Inventory } from './inventory.js';
import type { ModdleDocument, ModdleElement, ModdleProperty, ModdleWarning } from './moddle.js';
import { elementOf, idOf, isA, tagOf } from './properties.js';
import type { Report } from './report.js';
import { PARTS } from './schema.js';

/** References whose wrong ends have findings of their own. */
const JUDGED_ELSEWHERE: ReadonlySet<string> = new Set([
  'bpmn:attachedToRef',
  'bpmn:eventDefinitionRef',
  'bpmn:flowNodeRef',
  'bpmn:sourceRef',
  'bpmn:targetRef',
]);

/** References to types of data, which have no part in a run and may lie in other documents. */
const TYPES_OF_DATA: ReadonlySet<string> = new Set([
  'bpmn:evaluatesToTypeRef',
  'bpmn:itemRef',
  'bpmn:itemSubjectRef',
  'bpmn:structureRef',
  'bpmn:type',
]);

/** The references of a file that name nothing, by element and property. */
export type Dangling = ReadonlyMap<ModdleElement, ReadonlyMap<string, string>>;

/**
 * Reports references that name nothing or something of another type, and mends those whose name has the prefix of
 * the target namespace.
 *
 * @param names - of the inventory, so that what was left out for another fault is not reported again
 * Findings: BPMN_REF_UNRESOLVED, BPMN_REF_WRONG_TYPE. Source: BPMN 2.0.2 §8.3.
 */
export function checkReferences(
  document: ModdleDocument,
  inventory: Inventory,
  names: { has(id: string): boolean },
  report: Report,
): Dangling {
  const dangling = new Map<ModdleElement, Map<string, string>>();
  for (const warning of document.warnings) {
    const { element, property, value } = warning;
    if (!isUnresolved(warning) || !element || !property || value === undefined) continue;
    if (mend(document, element, property, value, inventory)) continue;
    const properties = dangling.get(element) ?? new Map();
    dangling.set(element, properties.set(property, value));
    if (names.has(value) || isForeign(element, property, value)) continue;
    const owner = ownerOf(element);
    const id = owner ?? tagOf(element);
    report.add('BPMN_REF_UNRESOLVED', owner, { attr: local(property), id, ref: value });
  }
  checkTypes(document, report);
  return dangling;
}

/** Whether moddle tells of a reference that names nothing. Class: pure. */
export function isUnresolved({ message }: ModdleWarning): boolean {
  return message.startsWith('unresolved reference');
}

/**
 * The id that a reference names, also when it was refused: then no catalogue has it, so that nobody tells of a
 * reference that is missing. Class: pure.
 */
export function refAsWritten(
  element: ModdleElement,
  property: string,
  context: ParseContext,
): string | null {
  const target = elementOf(element, property);
  return target === null ? context.danglingRef(element, property) : idOf(target);
}

/** The id of the nearest element around that a modeler can open. Class: pure. */
export function ownerOf(element: ModdleElement): string | null {
  let at: ModdleElement | undefined = element;
  while (at !== undefined) {
    const isOpenable = typeof at.$instanceOf === 'function' && !isPartOf(at);
    const id = isOpenable ? idOf(at) : null;
    if (id !== null) return id;
    at = at.$parent;
  }
  return null;
}

function isPartOf(element: ModdleElement): boolean {
  const isRoot = element.$parent !== undefined && isA(element.$parent, 'Definitions');
  return !isRoot && PARTS.some((type) => isA(element, type));
}

/** Sets a reference that was written as a qualified name of this file. */
function mend(
  document: ModdleDocument,
  element: ModdleElement,
  property: string,
  value: string,
  { scope }: Inventory,
): boolean {
  const colon = value.indexOf(':');
  const target = document.rootElement.get('targetNamespace');
  if (colon === -1 || scope.get(value.slice(0, colon)) !== target) return false;
  const found = document.elementsById[value.slice(colon + 1)];
  if (found === undefined) return false;
  const { isMany, name } = propertyOf(element, property);
  if (isMany) (element.get(name) as ModdleElement[]).push(found);
  else element.set(name, found);
  return true;
}

function isForeign(element: ModdleElement, property: string, value: string): boolean {
  if (isA(element, 'Extension')) return true; // judged by its `mustUnderstand`
  return TYPES_OF_DATA.has(property) && value.includes(':');
}

function checkTypes(document: ModdleDocument, report: Report): void {
  for (const { element, property, id: ref } of document.references) {
    const target = document.elementsById[ref];
    const { type } = propertyOf(element, property);
    if (!target || type === 'Element' || JUDGED_ELSEWHERE.has(property) || isA(target, type))
      continue;
    const owner = ownerOf(element);
    const facts = { attr: local(property), id: owner ?? tagOf(element), ref };
    report.add('BPMN_REF_WRONG_TYPE', owner, {
      ...facts,
      type: local(type),
      actual: tagOf(target),
    });
  }
}

function propertyOf(element: ModdleElement, property: string): ModdleProperty {
  return element.$descriptor.propertiesByName[property] as ModdleProperty;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
