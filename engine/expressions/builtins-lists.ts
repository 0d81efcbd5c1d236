/** Built-ins about lists. Source: DMN 1.5 §10.3.4.4; Camunda 8 FEEL, list functions. */
import { type Builtin, type Builtins, builtin, invalid, listOf, spread, whole } from './builtin.js';
import { stop } from './fault.js';
import { LIMITS } from './limits.js';
import { equal, order } from './operators.js';
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

function isNumbers(items: readonly Value[]): items is readonly number[] {
  return items.every((item) => typeof item === 'number');
}

/** A function of numbers: null when the list is empty or one is no number. */
const ofNumbers = (call: (numbers: readonly number[]) => Value): Builtin =>
  builtin(['...list'], (args, runtime) => {
    const items = spread(args);
    runtime.spendList(items.length);
    if (items.length === 0 || !isNumbers(items)) return null;
    const result = call(items);
    if (typeof result !== 'number' || Number.isFinite(result)) return result;
    return stop('FEEL_NOT_A_NUMBER', { reason: 'the result overflows' });
  });

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
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
  'is empty': builtin(['list'], ([list = null]) =>
    list === null ? null : Array.isArray(list) && list.length === 0,
  ),
  'list contains': ofList('list contains', ['list', 'element'], (runtime, list, element) =>
    list.some((item) => equal(runtime, item, element) === true),
  ),
  max: extreme('max', 1),
  mean: ofNumbers((numbers) => total(numbers) / numbers.length),
  median: ofNumbers(median),
  min: extreme('min', -1),
  mode: builtin(['...list'], (args, runtime) => {
    const items = spread(args);
    runtime.spendList(items.length);
    return isNumbers(items) ? (items.length === 0 ? [] : mode(items)) : null;
  }),
  partition: ofList('partition', ['list', 'size'], (runtime, list, size) =>
    partition(runtime, list, whole('partition', size)),
  ),
  product: ofNumbers((numbers) => numbers.reduce((product, one) => product * one, 1)),
  sum: ofNumbers(total),
  union: builtin(['...list'], (args, runtime) =>
    args.length === 0 ? null : distinct(runtime, concatenate(runtime, args)),
  ),
};
