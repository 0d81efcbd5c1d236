/** A model as a flat table: elements by id, each with all its properties as text, also those that no diagram shows. Class: pure. */
import { type ModdleElement, moddle } from '../parse/moddle.js';

/** An element that has an id. */
export interface FlatElement {
  readonly id: string;
  /** Its tag, as `bpmn:UserTask`. */
  readonly type: string;
  readonly name: string | null;
  /** Path → text, as `zeebe:taskDefinition.type`. */
  readonly properties: Readonly<Record<string, string>>;
}

/** A model, flat, and where its shapes lie. */
export interface FlatModel {
  readonly elements: ReadonlyMap<string, FlatElement>;
  /** Element → its place on the diagram, as text. */
  readonly places: ReadonlyMap<string, string>;
}

/** Reads a model; null: it is none. */
export async function flatModel(xml: string): Promise<FlatModel | null> {
  const document = await moddle.fromXML(xml).catch(() => null);
  if (document === null) return null;
  const elements = new Map<string, FlatElement>();
  const places = new Map<string, string>();
  // A stack: models may be nested deeper than calls.
  const open: ModdleElement[] = [document.rootElement];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (isDrawing(one)) notePlace(one, places);
    const properties: Record<string, string> = {};
    collect(one, '', properties, open);
    const id = textOf(one.get('id'));
    if (id === null || isDrawing(one)) continue;
    elements.set(id, { id, type: one.$type, name: textOf(one.get('name')), properties });
  }
  return { elements, places };
}

const isDrawing = ({ $type }: ModdleElement): boolean => /^(bpmndi|dc|di):/.test($type);

function notePlace(shape: ModdleElement, places: Map<string, string>): void {
  const of = shape.$descriptor.propertiesByName.bpmnElement && shape.get('bpmnElement');
  const id = isElement(of) ? textOf(of.get('id')) : null;
  if (id === null) return;
  const bounds = shape.$descriptor.propertiesByName.bounds ? shape.get('bounds') : null;
  const points = shape.$descriptor.propertiesByName.waypoint ? shape.get('waypoint') : null;
  const at = [bounds, points].flat().flatMap((one) => (isElement(one) ? [coordinates(one)] : []));
  places.set(id, at.join(' '));
}

const coordinates = (point: ModdleElement): string =>
  ['x', 'y', 'width', 'height']
    .filter((name) => point.$descriptor.propertiesByName[name])
    .map((name) => String(point.get(name)))
    .join(',');

/** Puts the properties of an element below a path; elements in it that have ids of their own wait for their turn. */
function collect(
  element: ModdleElement,
  path: string,
  properties: Record<string, string>,
  open: ModdleElement[],
): void {
  const seen = new Map<string, number>();
  for (const { name, isReference, isVirtual } of element.$descriptor.properties) {
    const local = name.replace(/^\w+:/, '');
    // Flows say where they begin and end, and that is enough.
    if (isVirtual || SKIPPED.includes(local)) continue;
    const below = path === '' ? local : `${path}.${local}`;
    for (const one of [element.get(name)].flat()) {
      if (isReference) put(properties, below, isElement(one) ? one.get('id') : one);
      else if (!isElement(one)) put(properties, below, one);
      else if (textOf(idOf(one)) !== null) open.push(one);
      else collect(one, placeIn(path, one, seen), properties, open);
    }
  }
  for (const [name, value] of Object.entries(element.$attrs ?? {})) {
    put(properties, path === '' ? name : `${path}.${name}`, value);
  }
}

const SKIPPED: readonly string[] = ['id', 'incoming', 'outgoing'];

const idOf = (element: ModdleElement): unknown =>
  element.$descriptor.propertiesByName.id ? element.get('id') : null;

/** Mappings, headers and properties go by what they are called, so that one more moves none of the others. */
function placeIn(path: string, one: ModdleElement, seen: Map<string, number>): string {
  if (one.$type === 'bpmn:ExtensionElements') return path;
  const tag = one.$type.replace(/:(.)/, (_all, first: string) => `:${first.toLowerCase()}`);
  const below = path === '' ? tag : `${path}.${tag}`;
  const known = one.$descriptor.propertiesByName;
  const isNamed = (name: string) => known[name] !== undefined && textOf(one.get(name)) !== null;
  const by = ['target', 'key', 'name'].find(isNamed);
  if (by !== undefined) return `${below}[${String(one.get(by))}]`;
  const count = (seen.get(tag) ?? 0) + 1;
  seen.set(tag, count);
  return count === 1 ? below : `${below}[${count}]`;
}

function put(properties: Record<string, string>, path: string, value: unknown): void {
  const text = textOf(value);
  if (text === null) return;
  const before = properties[path];
  properties[path] = before === undefined ? text : `${before}, ${text}`;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'object' ? null : String(value);
}

const isElement = (value: unknown): value is ModdleElement =>
  typeof value === 'object' && value !== null && '$type' in value && '$descriptor' in value;
