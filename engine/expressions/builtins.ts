/** Every built-in function by name. Class: pure. */
import { type Builtin, builtin } from './builtin.js';
import { CALENDAR_BUILTINS } from './builtins-calendars.js';
import { CONTEXT_BUILTINS } from './builtins-contexts.js';
import { LIST_BUILTINS } from './builtins-lists.js';
import { NUMBER_BUILTINS } from './builtins-numbers.js';
import { RANGE_BUILTINS } from './builtins-ranges.js';
import { STRING_BUILTINS } from './builtins-strings.js';
import { TIME_BUILTINS } from './builtins-time.js';
import { stop } from './fault.js';
import { feelinBuiltin } from './feelin.js';
import { type Runtime, TEMPORAL_STEPS, type Value } from './runtime.js';

/** Built-ins of feelin that are right as they are, and bounded by the size of their arguments. */
const FROM_FEELIN = [
  ...['string length', 'upper case', 'lower case', 'substring before', 'substring after'],
  ...['all', 'any', 'abs'],
  ...['day of year', 'day of week', 'month of year', 'week of year'],
];

/** Those that take as long as other operations on temporal values. */
const OF_DATES = /^(.* of year|day of week)$/;

function fromFeelin(name: string): readonly [string, Builtin][] {
  const found = feelinBuiltin(name);
  if (!found) return [];
  const steps = OF_DATES.test(name) ? TEMPORAL_STEPS : 0;
  const call: Builtin['call'] = (args, runtime) => {
    runtime.spend(steps);
    for (const arg of args) pay(runtime, arg);
    const result = found.call(args);
    pay(runtime, result);
    return result === undefined ? null : result;
  };
  return [[name, builtin(found.parameters, call)]];
}

function pay(runtime: Runtime, value: Value): void {
  runtime.spend(15);
  if (typeof value === 'string') runtime.spendString(value.length);
  else if (Array.isArray(value)) runtime.spendList(value.length);
  else if (typeof value === 'number' && !Number.isFinite(value)) {
    stop('FEEL_NOT_A_NUMBER', { reason: 'a function overflows' });
  }
}

const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
  ...FROM_FEELIN.flatMap(fromFeelin),
  ...Object.entries(CALENDAR_BUILTINS),
  ...Object.entries(CONTEXT_BUILTINS),
  ...Object.entries(LIST_BUILTINS),
  ...Object.entries(NUMBER_BUILTINS),
  ...Object.entries(RANGE_BUILTINS),
  ...Object.entries(STRING_BUILTINS),
  ...Object.entries(TIME_BUILTINS),
]);

/** The built-in of that name. */
export function builtinNamed(name: string): Builtin | undefined {
  return BUILTINS.get(name);
}

/** The names of all built-ins, sorted, with the two that have a form of their own. */
export const BUILTIN_NAMES: readonly string[] = [
  ...BUILTINS.keys(),
  'get or else',
  'is defined',
].sort();
