/** Built-ins about contexts, and those that guard a value. Source: DMN 1.5 §10.3.4.10; Camunda 8 FEEL. */
import { type Builtins, builtin, invalid, isNull, listOf, spread, text } from './builtin.js';
import { stop } from './fault.js';
import { LIMITS } from './limits.js';
import { DRAW_STEPS, type Runtime, type Value } from './runtime.js';
import { seededNumber } from './seeded.js';
import { type Context, describe, entryOf, isContext } from './values.js';

const contextOf = (name: string, value: Value): Context =>
  isContext(value) ? value : invalid(name, `${describe(value)} is no context`);

/** A context of these entries, whatever their names: none reaches the prototype. */
const contextFrom = (entries: readonly (readonly [string, Value])[]): Context =>
  Object.fromEntries(entries);

function keysOf(name: string, keys: Value): readonly string[] {
  const list = typeof keys === 'string' ? [keys] : listOf(name, keys);
  if (list.length > LIMITS.dataDepth) stop('FEEL_TOO_DEEP', { limit: LIMITS.dataDepth });
  return list.map((key) => text(name, key));
}

function valueAt(target: Value, keys: Value): Value {
  return keysOf('get value', keys).reduce<Value>(
    (value, key) => (isContext(value) ? (entryOf(value, key) ?? null) : null),
    target,
  );
}

function put(target: Value, keys: readonly string[], value: Value): Value {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const context = contextOf('context put', target);
  const inner =
    rest.length === 0 ? value : put(Object.hasOwn(context, key) ? context[key] : null, rest, value);
  return contextFrom([...Object.entries(context), [key, inner]]);
}

function contextOfEntries(args: readonly Value[], runtime: Runtime): Value {
  const given = spread(args);
  if (given.some(isNull)) return null;
  const entries = given.map((entry): readonly [string, Value] => {
    const context = contextOf('context', entry);
    if (!Object.hasOwn(context, 'value')) invalid('context', 'an entry has no value');
    return [text('context', context.key), context.value];
  });
  runtime.spendList(entries.length);
  const keys = new Set(entries.map(([key]) => key));
  return keys.size === entries.length
    ? contextFrom(entries)
    : invalid('context', 'a key is there twice');
}

function mergeContexts(args: readonly Value[], runtime: Runtime): Value {
  const given = spread(args);
  if (given.some(isNull)) return null;
  const entries = given.flatMap((one) => Object.entries(contextOf('context merge', one)));
  runtime.spendList(entries.length);
  runtime.spend(50 + entries.length * 5);
  return contextFrom(entries);
}

/** The table of these built-ins. */
export const CONTEXT_BUILTINS: Builtins = {
  assert: builtin(
    ['value', 'condition', 'cause'],
    ([value = null, condition, cause = null]) => {
      if (condition === true) return value;
      const reason = typeof cause === 'string' ? cause : `the value is ${describe(value)}`;
      return stop('FEEL_ASSERTION_FAILED', { cause: reason });
    },
    { needed: 2 },
  ),
  context: builtin(['...entries'], contextOfEntries),
  'context merge': builtin(['...contexts'], mergeContexts),
  'context put': builtin(
    ['context', 'keys', 'value', 'key'],
    ([context, keys, value, key], runtime) => {
      if (isNull(context) || isNull(keys ?? key)) return null;
      const path = keysOf('context put', keys ?? key);
      runtime.spend(20 + path.length + Object.keys(contextOf('context put', context)).length);
      return put(context, path, value ?? null);
    },
    { needed: 3 },
  ),
  'get entries': builtin(['context'], ([context = null], runtime) => {
    if (context === null) return null;
    const entries = Object.entries(contextOf('get entries', context));
    runtime.spendList(entries.length);
    return entries.map(([key, value]) => ({ key, value }));
  }),
  'get value': builtin(['context', 'key'], ([context = null, key = null]) =>
    context === null || key === null ? null : valueAt(contextOf('get value', context), key),
  ),
  not: builtin(['negand'], ([negand = null]) => {
    if (negand === null) return null;
    return typeof negand === 'boolean'
      ? !negand
      : invalid('not', `${describe(negand)} is neither true nor false`);
  }),
  'random number': builtin([], (_args, runtime) => {
    runtime.spend(DRAW_STEPS);
    runtime.draws += 1;
    return seededNumber(runtime.scope.seed, runtime.draws);
  }),
};
