/** Built-ins about lists. Source: DMN 1.5 §10.3.4.4; Camunda 8 FEEL, list functions. */
import {
  type Builtin,
  type Builtins,
  builtin,
  invalid,
  isNull,
  listOf,
  numeric,
  spread,
  whole,
} from './builtin.js';
import { stop } from './fault.js';
import { FeelFunction } from './feelin.js';
import { LIMITS } from './limits.js';
import { add, divide, equal, multiply, order, subtract } from './operators.js';
import type { Runtime, Value } from './runtime.js';
import { describe } from './values.js';

/** A function of a list that is its first argument: null for null. */
const ofList = (
  name: string,
  parameters: readonly string[],
  call: (runtime: Runtime, list: readonly Value[], second: Value) => Value,
): Builtin =>
  builtin(parameters, ([first = null, second = null], runtime) => {
    if (first === null) return null;
    const list = listOf(name, first);
    runtime.spendList(list.length);
    runtime.spend(list.length * 3);
    return call(runtime, list, second);
  });

/** `min`, `max`: of values of one ordered type; null when the list is empty or holds a null. */
const extreme = (name: string, sign: 1 | -1): Builtin =>
  builtin(['...list'], (args, runtime) => {
    const items = spread(args);
    runtime.spendList(items.length);
    return items.reduce((best, item) => better(runtime, name, sign, best, item), items[0] ?? null);
  });

function better(runtime: Runtime, name: string, sign: 1 | -1, best: Value, item: Value): Value {
  const verdict = order(runtime, item, best);
  if (verdict === undefined) {
    invalid(name, `${describe(item)} and ${describe(best)} do not compare`);
  }
  if (verdict === null) return null;
  return verdict === sign ? item : best;
}

/** The items as numbers; null when one of them is null. Errors: `FEEL_INVALID_ARGUMENT`. */
function numbersIn(name: string, items: readonly Value[]): readonly number[] | null {
  const known = items.filter((item) => !isNull(item)).map((item) => numeric(name, item));
  return known.length === items.length ? known : null;
}

/** A function of numbers: null when the list is empty or holds a null. */
const ofNumbers = (
  name: string,
  call: (runtime: Runtime, numbers: readonly number[]) => Value,
): Builtin =>
  builtin(['...list'], (args, runtime) => {
    const items = spread(args);
    runtime.spendList(items.length);
    const numbers = numbersIn(name, items);
    return numbers === null || numbers.length === 0 ? null : call(runtime, numbers);
  });

/** `all`, `any`: three-valued over booleans and nulls; `decisive` ends the search. */
const ofBooleans = (name: string, decisive: boolean): Builtin =>
  builtin(['...list'], (args, runtime) => {
    const items = spread(args);
    runtime.spendList(items.length);
    for (const item of items) {
      if (typeof item !== 'boolean' && !isNull(item)) {
        invalid(name, `${describe(item)} is neither true nor false`);
      }
    }
    if (items.includes(decisive)) return decisive;
    return items.some(isNull) ? null : !decisive;
  });

const total = (runtime: Runtime, numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => add(runtime, sum, one) as number, 0);

const mean = (runtime: Runtime, numbers: readonly number[]): number =>
  divide(runtime, total(runtime, numbers), numbers.length) as number;

function median(runtime: Runtime, numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : mean(runtime, [sorted[middle - 1] ?? 0, upper]);
}

/** Of a sample; null for one number alone. */
function deviation(runtime: Runtime, numbers: readonly number[]): Value {
  if (numbers.length < 2) return null;
  const centre = mean(runtime, numbers);
  const squares = numbers.map((one) => {
    const distance = subtract(runtime, one, centre);
    return multiply(runtime, distance, distance) as number;
  });
  return Math.sqrt(divide(runtime, total(runtime, squares), numbers.length - 1) as number);
}

function mode(numbers: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts]
    .filter(([, count]) => count === most)
    .map(([number]) => number)
    .sort((a, b) => a - b);
}

/** Items that equal none before them; structures are compared one with another, which is paid for. */
function distinct(runtime: Runtime, items: readonly Value[]): readonly Value[] {
  const scalars = new Set<Value>();
  const structures: Value[] = [];
  return items.filter((item) => {
    if (typeof item !== 'object' || item === null) {
      if (scalars.has(item) || structures.some((one) => equal(runtime, one, item) === true))
        return false;
      scalars.add(item);
      return true;
    }
    const singles = Array.isArray(item) && item.length === 1 ? scalars : [];
    if ([...singles, ...structures].some((one) => equal(runtime, one, item) === true)) return false;
    structures.push(item);
    return true;
  });
}

function flatten(runtime: Runtime, items: readonly Value[], into: Value[], depth: number): Value[] {
  if (depth > LIMITS.dataDepth) stop('FEEL_TOO_DEEP', { limit: LIMITS.dataDepth });
  for (const item of items) {
    runtime.spend(1);
    if (Array.isArray(item)) flatten(runtime, item, into, depth + 1);
    else into.push(item);
  }
  if (into.length > LIMITS.listLength) runtime.spendList(into.length);
  return into;
}

function concatenate(runtime: Runtime, lists: readonly Value[]): Value[] {
  const result: Value[] = [];
  for (const one of lists) {
    const items = Array.isArray(one) ? one : [one];
    runtime.spendList(
      result.length + items.length > LIMITS.listLength
        ? result.length + items.length
        : items.length,
    );
    for (const item of items) result.push(item);
  }
  return result;
}

function partition(runtime: Runtime, list: readonly Value[], size: number): readonly Value[] {
  if (size < 1) invalid('partition', `${size} is no size`);
  const parts: Value[] = [];
  for (let from = 0; from < list.length; from += size) {
    parts.push(list.slice(from, from + size));
  }
  runtime.spendList(parts.length);
  return parts;
}

/** The index of a position, which counts from 1, or from the end if negative. */
function indexOf(name: string, position: Value, length: number): number {
  const place = whole(name, position);
  const index = place < 0 ? length + place : place - 1;
  return place !== 0 && index >= 0 && index < length
    ? index
    : invalid(name, `there is no place ${place} in a list of ${length}`);
}

/** A function of a list that is changed: null for null, be it the list or one of the next `places`. */
const changed = (
  name: string,
  parameters: readonly string[],
  change: (list: readonly Value[], args: readonly Value[], runtime: Runtime) => readonly Value[],
  { needed, places = 0 }: { readonly needed?: number; readonly places?: number } = {},
): Builtin =>
  builtin(
    parameters,
    (args, runtime) => {
      const [first = null, ...rest] = args;
      if (first === null || rest.slice(0, places).some((place) => place === null)) return null;
      const result = change(listOf(name, first), rest, runtime);
      runtime.spendList(result.length);
      return result;
    },
    needed === undefined ? {} : { needed },
  );

function insert(list: readonly Value[], [position, item = null]: readonly Value[]): Value[] {
  // Behind the last item stands the end of the list.
  const index =
    position === list.length + 1 ? list.length : indexOf('insert before', position, list.length);
  return [...list.slice(0, index), item, ...list.slice(index)];
}

function remove(list: readonly Value[], [position]: readonly Value[]): Value[] {
  const index = indexOf('remove', position, list.length);
  return [...list.slice(0, index), ...list.slice(index + 1)];
}

/** From a position on; what lies beyond the end is left out. */
function sublist(list: readonly Value[], [start, length]: readonly Value[]): readonly Value[] {
  const isBeyond = typeof start === 'number' && start > list.length;
  if (isBeyond) whole('sublist', start);
  const from = isBeyond ? list.length : indexOf('sublist', start, list.length);
  if (length === undefined || length === null) return list.slice(from);
  const count = whole('sublist', length);
  return count < 0 ? invalid('sublist', 'the length is negative') : list.slice(from, from + count);
}

/** By position, or wherever a function of an item and the new one holds. */
function replace(
  list: readonly Value[],
  [where, item = null, match]: readonly Value[],
  runtime: Runtime,
): readonly Value[] {
  const chosen = where ?? match;
  if (chosen instanceof FeelFunction) {
    return list.map((one) => (holds('list replace', chosen, one, item, runtime) ? item : one));
  }
  const index = indexOf('list replace', chosen, list.length);
  return list.map((one, at) => (at === index ? item : one));
}

function holds(name: string, test: FeelFunction, a: Value, b: Value, runtime: Runtime): boolean {
  runtime.spend(1);
  const verdict: Value = test.fn(a, b);
  return typeof verdict === 'boolean'
    ? verdict
    : invalid(name, `its function gives ${describe(verdict)}, and not true or false`);
}

function sort(
  list: readonly Value[],
  [precedes]: readonly Value[],
  runtime: Runtime,
): readonly Value[] {
  if (!(precedes instanceof FeelFunction)) {
    return invalid('sort', `${describe(precedes ?? null)} is no function that says what precedes`);
  }
  return merged(list, (a, b) => holds('sort', precedes, a, b, runtime));
}

/** Sorts by merging; items of which neither precedes the other keep their order. */
function merged(
  list: readonly Value[],
  precedes: (a: Value, b: Value) => boolean,
): readonly Value[] {
  if (list.length < 2) return list;
  const middle = list.length >> 1;
  const left = merged(list.slice(0, middle), precedes);
  const right = merged(list.slice(middle), precedes);
  const result: Value[] = [];
  let [a, b] = [0, 0];
  while (a < left.length && b < right.length) {
    result.push(precedes(right[b], left[a]) ? right[b++] : left[a++]);
  }
  return [...result, ...left.slice(a), ...right.slice(b)];
}

const positionsOf = (runtime: Runtime, list: readonly Value[], match: Value): readonly number[] =>
  list.flatMap((item, index) => (equal(runtime, item, match) === true ? [index + 1] : []));

/** Scalars are counted; structures are compared one with another, which is paid for. */
function duplicates(runtime: Runtime, list: readonly Value[]): readonly Value[] {
  const counts = new Map<Value, number>();
  for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1);
  const structures = list.filter((item) => typeof item === 'object' && item !== null);
  return distinct(runtime, list).filter((item) => {
    if (typeof item !== 'object' || item === null) return (counts.get(item) ?? 0) > 1;
    runtime.spend(structures.length);
    return positionsOf(runtime, structures, item).length > 1;
  });
}

/** The table of these built-ins. */
export const LIST_BUILTINS: Builtins = {
  all: ofBooleans('all', false),
  any: ofBooleans('any', true),
  append: changed('append', ['list', '...item'], (list, items) => [...list, ...items]),
  concatenate: builtin(['...list'], (args, runtime) =>
    args.length === 0 ? null : concatenate(runtime, args),
  ),
  count: builtin(['list'], ([list = null]) =>
    list === null ? null : Array.isArray(list) ? list.length : 1,
  ),
  'distinct values': ofList('distinct values', ['list'], distinct),
  'duplicate values': ofList('duplicate values', ['list'], duplicates),
  flatten: ofList('flatten', ['list'], (runtime, list) => flatten(runtime, list, [], 0)),
  'index of': ofList('index of', ['list', 'match'], positionsOf),
  'insert before': changed('insert before', ['list', 'position', 'newItem'], insert, {
    places: 1,
  }),
  'is empty': builtin(['list'], ([list = null]) =>
    list === null ? null : Array.isArray(list) && list.length === 0,
  ),
  'list contains': ofList('list contains', ['list', 'element'], (runtime, list, element) =>
    list.some((item) => equal(runtime, item, element) === true),
  ),
  'list replace': changed('list replace', ['list', 'position', 'newItem', 'match'], replace, {
    needed: 3,
    places: 1,
  }),
  max: extreme('max', 1),
  mean: ofNumbers('mean', mean),
  median: ofNumbers('median', median),
  min: extreme('min', -1),
  mode: builtin(['...list'], (args, runtime) => {
    const items = spread(args);
    runtime.spendList(items.length);
    const numbers = numbersIn('mode', items);
    return numbers === null ? null : numbers.length === 0 ? [] : mode(numbers);
  }),
  partition: ofList('partition', ['list', 'size'], (runtime, list, size) =>
    size === null ? null : partition(runtime, list, whole('partition', size)),
  ),
  product: ofNumbers('product', (runtime, numbers) =>
    numbers.reduce((product, one) => multiply(runtime, product, one) as number, 1),
  ),
  remove: changed('remove', ['list', 'position'], remove, { places: 1 }),
  reverse: changed('reverse', ['list'], (list) => [...list].reverse()),
  sort: changed('sort', ['list', 'precedes'], sort, { places: 1 }),
  stddev: ofNumbers('stddev', deviation),
  sublist: changed('sublist', ['list', 'start position', 'length'], sublist, {
    needed: 2,
    places: 2,
  }),
  sum: ofNumbers('sum', total),
  union: builtin(['...list'], (args, runtime) =>
    args.length === 0 ? null : distinct(runtime, concatenate(runtime, args)),
  ),
};
