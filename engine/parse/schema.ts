/**
 * What the schema says of a tag at its place: which tags it may hold, how often, and what its attributes and text
 * may be. moddle knows the same, but drops what does not fit, reads a wrong value as false or NaN, and keeps the
 * last of two single children, most of it without a word.
 */
import { type ModdleDescriptor, type ModdleProperty, type ModdleType, moddle } from './moddle.js';

/** What a value must be; a list holds the allowed words. A `child` is written as an element, not as an attribute. */
export type ValueKind = 'boolean' | 'integer' | 'child' | readonly string[];

/** A tag at its place. */
export interface TagSchema {
  /** The type of the schema; null for a tag that holds text alone, e.g. `bpmn:incoming`. */
  readonly type: ModdleType | null;
  readonly name: string;
  readonly isOnceOnly: boolean;
  readonly hasText: boolean;
  /** Whether it names another element by its id. */
  readonly isReference: boolean;
  /** Attributes whose values are not any text. */
  readonly values: ReadonlyMap<string, ValueKind>;
}

const ENUMERATIONS = new Map(
  (moddle.getPackage('bpmn')?.enumerations ?? []).map(({ name, literalValues }) => [
    `bpmn:${name}`,
    literalValues.map((literal) => literal.name),
  ]),
);

/** Types that are a part of the element around them, which is what a modeler opens. */
export const PARTS: readonly string[] = [
  'bpmn:EventDefinition',
  'bpmn:Expression',
  'bpmn:LoopCharacteristics',
];

const SIMPLE_TYPES: ReadonlySet<string> = new Set(['String', 'Boolean', 'Integer', 'Real']);

/** Known tags by parent and name: the schema is fixed, so the table only grows to its size. */
const known = new Map<string, TagSchema>();

/** The schema of the root, `bpmn:definitions`. */
export const DEFINITIONS = tagSchema(moddle.getType('bpmn:Definitions'), false);

/** The schema of a tag such as `bpmn:task` inside another, or null when it may not stand there. Class: pure. */
export function childSchema(parent: TagSchema, tag: string): TagSchema | null {
  const key = `${parent.name}>${tag}`;
  const found = known.get(key);
  if (found) return found;
  const descriptor = parent.type?.$descriptor;
  const schema = descriptor ? (namedChild(descriptor, tag) ?? typedChild(descriptor, tag)) : null;
  if (schema !== null) known.set(key, schema);
  return schema;
}

/** Whether a tag may hold elements of foreign vocabularies. Class: pure. */
export function holdsForeign(schema: TagSchema): boolean {
  const properties = schema.type?.$descriptor.properties ?? [];
  return properties.some(({ type, isReference }) => type === 'Element' && !isReference);
}

/** A child that is named after a property of its parent, e.g. `bpmn:timeDuration`. */
function namedChild({ propertiesByName }: ModdleDescriptor, tag: string): TagSchema | null {
  const property = propertiesByName[tag];
  if (!property || property.isAttr) return null;
  const isOnceOnly = property.isMany !== true;
  if (property.isReference || SIMPLE_TYPES.has(property.type)) {
    const isReference = property.isReference === true;
    return { type: null, name: tag, isOnceOnly, hasText: true, isReference, values: new Map() };
  }
  return tagSchema(moddle.getType(property.type), isOnceOnly);
}

/** A child that is named after its type, e.g. `bpmn:task`. */
function typedChild({ properties }: ModdleDescriptor, tag: string): TagSchema | null {
  const type = typeOf(tag);
  const property = type && properties.find((candidate) => holds(candidate, type));
  return property ? tagSchema(type, property.isMany !== true) : null;
}

function holds({ isReference, isVirtual, type }: ModdleProperty, child: ModdleType): boolean {
  return !isReference && !isVirtual && child.hasType(type);
}

function typeOf(tag: string): ModdleType | null {
  const colon = tag.indexOf(':') + 1;
  try {
    return moddle.getType(
      tag.slice(0, colon) + tag.charAt(colon).toUpperCase() + tag.slice(colon + 1),
    );
  } catch {
    return null; // moddle throws on a name that no vocabulary has
  }
}

function tagSchema(type: ModdleType, isOnceOnly: boolean): TagSchema {
  const { name, properties, bodyProperty } = type.$descriptor;
  const values = new Map<string, ValueKind>();
  for (const { ns, type: valueType, isAttr } of properties) {
    const kind = isAttr ? kindOf(valueType) : 'child';
    if (kind !== null) values.set(ns.localName, kind);
  }
  return {
    type,
    name,
    isOnceOnly,
    hasText: bodyProperty !== undefined,
    isReference: false,
    values,
  };
}

function kindOf(type: string): ValueKind | null {
  if (type === 'Boolean') return 'boolean';
  if (type === 'Integer') return 'integer';
  return ENUMERATIONS.get(type) ?? null;
}
