import type { ModdleElement } from './moddle.js';

/** The value that the file itself gives, without the schema's default. */
function own(element: ModdleElement, name: string): unknown {
  const property = element.$descriptor.propertiesByName[name];
  return Object.hasOwn(element, property?.name ?? name) ? element.get(name) : undefined;
}

/** The id of an element, or null. Class: pure. */
export function idOf(element: ModdleElement): string | null {
  return textOf(element, 'id');
}

/** A text as the file gives it, or null when it is absent or empty. Class: pure. */
export function textOf(element: ModdleElement, name: string): string | null {
  const value = own(element, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A flag; the default is the schema's, else false. Class: pure. */
export function flagOf(element: ModdleElement, name: string): boolean {
  return element.get(name) === true;
}

/** A number; `otherwise` when the file gives none. Class: pure. */
export function numberOf(element: ModdleElement, name: string, otherwise: number): number {
  const value = own(element, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/** A contained or referenced element, or null. Class: pure. */
export function elementOf(element: ModdleElement, name: string): ModdleElement | null {
  const value = own(element, name);
  return isElement(value) ? value : null;
}

/** Contained or referenced elements in document order. Class: pure. */
export function elementsOf(element: ModdleElement, name: string): readonly ModdleElement[] {
  const value = own(element, name);
  return Array.isArray(value) ? value.filter(isElement) : [];
}

/** The id of a referenced element, when there is one and it is of the type. Class: pure. */
export function refOf(element: ModdleElement, name: string, type: string): string | null {
  const target = elementOf(element, name);
  return target !== null && isA(target, type) ? idOf(target) : null;
}

/** Whether an element is of a type or of one that extends it; `bpmn:` may be left out. Class: pure. */
export function isA(element: ModdleElement, type: string): boolean {
  return element.$instanceOf?.(type.includes(':') ? type : `bpmn:${type}`) ?? false;
}

/** The tag of an element without its prefix, e.g. `serviceTask`. Class: pure. */
export function tagOf(element: ModdleElement): string {
  const name = element.$type.slice(element.$type.indexOf(':') + 1);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && '$type' in value;
}
