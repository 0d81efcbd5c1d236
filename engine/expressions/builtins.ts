/** Every built-in function by name. Class: pure. */
import { type Builtin, builtin, invalid } from './builtin.js';
import { CALENDAR_BUILTINS } from './builtins-calendars.js';
import { CONTEXT_BUILTINS } from './builtins-contexts.js';
import { LIST_BUILTINS } from './builtins-lists.js';
import { NUMBER_BUILTINS } from './builtins-numbers.js';
import { RANGE_BUILTINS } from './builtins-ranges.js';
import { SLA_BUILTINS } from './builtins-sla.js';
import { STRING_BUILTINS } from './builtins-strings.js';
import { TIME_BUILTINS } from './builtins-time.js';
import { FeelDate, FeelDateTime, FeelDuration, feelinBuiltin } from './feelin.js';
import { TEMPORAL_STEPS, type Value } from './runtime.js';
import { describe } from './values.js';

/** Built-ins of feelin that are right as they are, and bounded by the size of their arguments. */
const FROM_FEELIN = ['abs', 'day of year', 'day of week', 'month of year', 'week of year'];

/** feelin gives null for an argument of another type: that is refused before. */
function fromFeelin(name: string): readonly [string, Builtin][] {
  const found = feelinBuiltin(name);
  if (!found) return [];
  const isFit = name === 'abs' ? isAmount : isDay;
  const call: Builtin['call'] = ([value = null], runtime) => {
    if (value === null) return null;
    if (!isFit(value)) {
      invalid(name, `${describe(value)} is no ${name === 'abs' ? 'number or duration' : 'date'}`);
    }
    runtime.spend(name === 'abs' && typeof value === 'number' ? 15 : TEMPORAL_STEPS);
    return found.call([value]) ?? null;
  };
  return [[name, builtin(found.parameters, call)]];
}

const isAmount = (value: Value): boolean =>
  typeof value === 'number' || value instanceof FeelDuration;

const isDay = (value: Value): boolean => value instanceof FeelDate || value instanceof FeelDateTime;

const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
  ...FROM_FEELIN.flatMap(fromFeelin),
  ...Object.entries(CALENDAR_BUILTINS),
  ...Object.entries(CONTEXT_BUILTINS),
  ...Object.entries(LIST_BUILTINS),
  ...Object.entries(NUMBER_BUILTINS),
  ...Object.entries(RANGE_BUILTINS),
  ...Object.entries(SLA_BUILTINS),
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
