/**
 * What a search of Camunda's API may ask for, as the store is asked: each field of the wire names fields of the store and how
 * its values are read. Class: pure, but that keys are looked up.
 */
import type { Comparisons, Filter, FilterValue, Store } from '../../store/index.js';
import { Problem } from '../problem.js';
import { idsOf, type KeyKind, partsOf } from './keys.js';

/** One field of the wire. */
export type WireField =
  | { readonly type: 'text' | 'integer' | 'boolean' | 'instant'; readonly field: string }
  /** Values of the wire and what they are here. */
  | {
      readonly type: 'state';
      readonly field: string;
      readonly values: Readonly<Record<string, readonly string[]>>;
    }
  /** A key whose id is one field here; or whose id has two parts: then only one is looked for at a time. */
  | { readonly type: 'key'; readonly kind: KeyKind; readonly field: string }
  | {
      readonly type: 'key';
      readonly kind: KeyKind;
      readonly fields: readonly [string, string];
      /** The second part is a number. */
      readonly isNumbered?: true;
    }
  /** A scope of variables: an element instance, or the process itself by the key of its instance. */
  | { readonly type: 'scope' }
  /** What a batch is done to: an instance, or an incident. */
  | { readonly type: 'item'; readonly field: string }
  /** Always this. */
  | { readonly type: 'constant'; readonly value: string }
  /** Always the one tenant that there is. */
  | { readonly type: 'tenant' };

/** Fields by their names on the wire. */
export type WireFields = Readonly<Record<string, WireField>>;

/** The version of a process that the instance of a row goes on by. */
export const OF_DEFINITION: WireField = {
  ...{ type: 'key', kind: 'processDefinition', isNumbered: true },
  fields: ['processId', 'definitionVersion'],
};

/** The one tenant. */
export const TENANT = '<default>';

const COMPARISONS = [
  ...['$eq', '$neq', '$exists', '$in', '$notIn', '$like', '$gt', '$gte', '$lt', '$lte'],
];

/** A filter of the store; null: nothing fits, for it names a key that is nobody's. Errors: `INPUT_INVALID`. */
export async function filterOf(
  store: Store,
  fields: WireFields,
  wanted: Readonly<Record<string, unknown>>,
): Promise<Filter | null> {
  let filter: Record<string, FilterValue | null | Comparisons> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw invalid(`filter.${name}`, 'nothing can be filtered by it');
    const part = await partOf(store, `filter.${name}`, field, comparisonsIn(name, value));
    if (part === null) return null;
    // Two fields of the wire may be one here: what both ask for holds.
    for (const [key, one] of Object.entries(part)) {
      filter = { ...filter, [key]: { ...(filter[key] as Comparisons | undefined), ...one } };
    }
  }
  return filter as Filter;
}

/** The field of the store that a field of the wire is sorted by. Errors: `INPUT_INVALID`. */
export function sortFieldOf(fields: WireFields, name: string): string {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field && 'field' in field) return field.field;
  throw invalid(`sort.${name}`, 'nothing can be sorted by it');
}

type Asked = Readonly<Record<string, unknown>>;
type Part = Readonly<Record<string, Comparisons>>;

const comparisonsIn = (name: string, value: unknown): Asked => {
  if (value === null) return { $exists: false };
  if (typeof value !== 'object') return { $eq: value };
  if (Array.isArray(value)) throw invalid(`filter.${name}`, 'it is a list');
  const unknown = Object.keys(value).find((one) => !COMPARISONS.includes(one));
  if (unknown !== undefined) throw invalid(`filter.${name}`, `there is no comparison '${unknown}'`);
  return value as Asked;
};

async function partOf(
  store: Store,
  place: string,
  field: WireField,
  asked: Asked,
): Promise<Part | null> {
  switch (field.type) {
    case 'tenant':
      return fits(TENANT, asked) ? {} : null;
    case 'constant':
      return fits(field.value, asked) ? {} : null;
    case 'item':
      return itemPart(store, place, field.field, asked);
    case 'state':
      return { [field.field]: statesOf(place, field.values, asked) };
    case 'key':
      return keyPart(store, place, field, asked);
    case 'scope':
      return scopePart(store, place, asked);
    default:
      return {
        [field.field]: valuesOf(place, asked, (value) => scalarOf(place, field.type, value)),
      };
  }
}

const fits = (value: string, { $eq, $in, $neq, $notIn }: Asked): boolean => {
  const isIn = (list: unknown): boolean => Array.isArray(list) && list.includes(value);
  const wants = ($eq === undefined || $eq === value) && ($in === undefined || isIn($in));
  return wants && $neq !== value && !isIn($notIn);
};

/** Each state of the wire may be several here. */
const statesOf = (
  place: string,
  values: Readonly<Record<string, readonly string[]>>,
  asked: Asked,
): Comparisons => {
  const read = (value: unknown): readonly string[] => {
    const known = typeof value === 'string' && Object.hasOwn(values, value) ? values[value] : null;
    if (!known) throw invalid(place, `it is one of ${Object.keys(values).join(', ')}`);
    return known;
  };
  const all = (list: unknown): readonly string[] =>
    listOf(place, list).flatMap((value) => read(value));
  const { $eq, $neq, $in, $notIn, $exists, ...rest } = asked;
  if (Object.keys(rest).length > 0) throw invalid(place, 'states are not compared so');
  const without = [
    ...($neq === undefined ? [] : read($neq)),
    ...($notIn === undefined ? [] : all($notIn)),
  ];
  const within =
    $eq === undefined
      ? $in === undefined
        ? null
        : all($in)
      : read($eq).filter((one) => $in === undefined || all($in).includes(one));
  return {
    ...(within !== null && { $in: within }),
    ...(without.length > 0 && { $notIn: without }),
    ...(typeof $exists === 'boolean' && { $exists }),
  };
};

/** The id of the one key that is asked for. */
async function oneId(
  store: Store,
  kind: KeyKind,
  place: string,
  { $eq, ...rest }: Asked,
): Promise<string | null> {
  if ($eq === undefined || Object.keys(rest).length > 0) {
    throw invalid(place, 'one key can be asked for and no more');
  }
  const [id = null] = await idsOf(store, kind, [String($eq)]);
  return id;
}

async function scopePart(store: Store, place: string, asked: Asked): Promise<Part | null> {
  const process = await oneId(store, 'processInstance', place, asked);
  if (process !== null) return { instanceId: { $eq: process }, scopeId: { $like: '*:1' } };
  const element = await oneId(store, 'elementInstance', place, asked);
  if (element === null) return null;
  const { instanceId, rest } = partsOf(element);
  return { instanceId: { $eq: instanceId }, scopeId: { $eq: rest } };
}

async function itemPart(
  store: Store,
  place: string,
  field: string,
  asked: Asked,
): Promise<Part | null> {
  const id =
    (await oneId(store, 'processInstance', place, asked)) ??
    (await oneId(store, 'incident', place, asked));
  return id === null ? null : { [field]: { $eq: id } };
}

async function keyPart(
  store: Store,
  place: string,
  field: Extract<WireField, { type: 'key' }>,
  asked: Asked,
): Promise<Part | null> {
  const { $eq, $neq, $in, $notIn, $exists, ...rest } = asked;
  if (Object.keys(rest).length > 0) throw invalid(place, 'keys are not compared so');
  const idsFor = async (list: readonly unknown[]): Promise<readonly (string | null)[]> =>
    idsOf(store, field.kind, list.map(String));
  if ('fields' in field) {
    const [first, second] = field.fields;
    const id = await oneId(store, field.kind, place, asked);
    if (id === null) return null;
    const { instanceId, rest: other } = partsOf(id);
    return {
      [first]: { $eq: instanceId },
      [second]: { $eq: field.isNumbered ? Number(other) : other },
    };
  }
  const known = async (list: readonly unknown[]): Promise<readonly string[]> =>
    (await idsFor(list)).filter((id) => id !== null);
  const within = [
    ...($eq === undefined ? [] : [[$eq]]),
    ...($in === undefined ? [] : [listOf(place, $in)]),
  ];
  const without = [
    ...($neq === undefined ? [] : [$neq]),
    ...($notIn === undefined ? [] : listOf(place, $notIn)),
  ];
  let ids: readonly string[] | null = null;
  for (const list of within) {
    const found = await known(list);
    ids = ids === null ? found : ids.filter((id) => found.includes(id));
  }
  if (ids?.length === 0) return null;
  const not = await known(without);
  return {
    [field.field]: {
      ...(ids !== null && { $in: ids }),
      ...(not.length > 0 && { $notIn: not }),
      ...(typeof $exists === 'boolean' && { $exists }),
    },
  };
}

const valuesOf = (
  place: string,
  asked: Asked,
  read: (value: unknown) => FilterValue,
): Comparisons => {
  const entries = Object.entries(asked).map(([name, value]) => {
    if (name === '$exists') {
      if (typeof value !== 'boolean') throw invalid(place, '$exists is true or false');
      return [name, value];
    }
    const isList = name === '$in' || name === '$notIn';
    return [name, isList ? listOf(place, value).map(read) : read(value)];
  });
  return Object.fromEntries(entries) as Comparisons;
};

/** Values that one comparison may have. */
const MOST = 1000;

const listOf = (place: string, value: unknown): readonly unknown[] => {
  if (!Array.isArray(value) || value.length > MOST) {
    throw invalid(place, `it wants a list of at most ${MOST} values`);
  }
  return value;
};

const scalarOf = (
  place: string,
  type: 'text' | 'integer' | 'boolean' | 'instant',
  value: unknown,
): FilterValue => {
  if (type === 'instant') return instantOf(place, value);
  const fits =
    type === 'integer'
      ? Number.isSafeInteger(value)
      : typeof value === (type === 'text' ? 'string' : type);
  if (!fits) throw invalid(place, `it is no ${type}`);
  return value as FilterValue;
};

/** Offsets are taken; what is told is UTC. */
export function instantOf(place: string, value: unknown): string {
  const isShaped = typeof value === 'string' && INSTANT.test(value);
  const ms = isShaped ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw invalid(place, 'it is no instant such as 2026-01-01T10:00:00Z');
  return new Date(ms).toISOString();
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A refusal of what was sent, by its place. */
export const invalid = (place: string, detail: string): Problem =>
  new Problem('INPUT_INVALID', { detail: `${place} does not fit: ${detail}` });
