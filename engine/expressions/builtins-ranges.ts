/** Built-ins that relate ranges and points. Source: DMN 1.5 §10.3.4.7, Table 78. */
import { type Builtin, type Builtins, builtin, invalid } from './builtin.js';
import { FeelRange } from './feelin.js';
import { order } from './operators.js';
import type { Runtime, Value } from './runtime.js';
import { describe } from './values.js';

/** A range with both ends; a point is the range of itself. */
interface Span {
  readonly start: Value;
  readonly end: Value;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
}

function spanOf(name: string, value: Value): Span {
  if (!(value instanceof FeelRange)) {
    return { start: value, end: value, startIncluded: true, endIncluded: true };
  }
  if (value.start === null || value.end === null) invalid(name, 'a range has an open end');
  const { start, end } = value;
  return { start, end, startIncluded: value['start included'], endIncluded: value['end included'] };
}

/** How two ends compare. */
type Sign = (left: Value, right: Value) => number;

const relation = (
  name: string,
  parameters: readonly [string, string],
  holds: (a: Span, b: Span, sign: Sign) => boolean,
): Builtin =>
  builtin(parameters, ([first = null, second = null], runtime) => {
    if (first === null || second === null) return null;
    return holds(spanOf(name, first), spanOf(name, second), signOf(runtime, name));
  });

const signOf =
  (runtime: Runtime, name: string): Sign =>
  (left, right) =>
    order(runtime, left, right) ??
    invalid(name, `${describe(left)} and ${describe(right)} do not compare`);

const RANGES = ['range1', 'range2'] as const;

const isBefore = (a: Span, b: Span, sign: Sign): boolean =>
  sign(a.end, b.start) < 0 || (sign(a.end, b.start) === 0 && !(a.endIncluded && b.startIncluded));

const overlap = (a: Span, b: Span, sign: Sign): boolean =>
  !isBefore(a, b, sign) && !isBefore(b, a, sign);

/** Whether `a` starts before `b` does. */
const startsEarlier = (a: Span, b: Span, sign: Sign): boolean =>
  sign(a.start, b.start) < 0 ||
  (sign(a.start, b.start) === 0 && a.startIncluded && !b.startIncluded);

/** Whether `a` ends before `b` does. */
const endsEarlier = (a: Span, b: Span, sign: Sign): boolean =>
  sign(a.end, b.end) < 0 || (sign(a.end, b.end) === 0 && !a.endIncluded && b.endIncluded);

/** Whether `a` ends no later than `b` does. */
const endsNoLater = (a: Span, b: Span, sign: Sign): boolean => !endsEarlier(b, a, sign);

const sameStart = (a: Span, b: Span, sign: Sign): boolean =>
  sign(a.start, b.start) === 0 && a.startIncluded === b.startIncluded;

const sameEnd = (a: Span, b: Span, sign: Sign): boolean =>
  sign(a.end, b.end) === 0 && a.endIncluded === b.endIncluded;

const includes = (a: Span, b: Span, sign: Sign): boolean =>
  !startsEarlier(b, a, sign) && !endsEarlier(a, b, sign);

const meets = (a: Span, b: Span, sign: Sign): boolean =>
  sign(a.end, b.start) === 0 && a.endIncluded && b.startIncluded;

const finishes = (a: Span, b: Span, sign: Sign): boolean =>
  sameEnd(a, b, sign) && !startsEarlier(a, b, sign);

const starts = (a: Span, b: Span, sign: Sign): boolean =>
  sameStart(a, b, sign) && !endsEarlier(b, a, sign);

const swapped =
  (holds: (a: Span, b: Span, sign: Sign) => boolean) =>
  (a: Span, b: Span, sign: Sign): boolean =>
    holds(b, a, sign);

/** The table of these built-ins. */
export const RANGE_BUILTINS: Builtins = {
  after: relation('after', ['a', 'b'], swapped(isBefore)),
  before: relation('before', ['a', 'b'], isBefore),
  coincides: relation(
    'coincides',
    RANGES,
    (a, b, sign) => sameStart(a, b, sign) && sameEnd(a, b, sign),
  ),
  during: relation('during', RANGES, swapped(includes)),
  'finished by': relation('finished by', RANGES, swapped(finishes)),
  finishes: relation('finishes', RANGES, finishes),
  includes: relation('includes', ['range', 'value'], includes),
  meets: relation('meets', RANGES, meets),
  'met by': relation('met by', RANGES, swapped(meets)),
  overlaps: relation('overlaps', RANGES, overlap),
  'overlaps after': relation(
    'overlaps after',
    RANGES,
    (a, b, sign) => overlap(a, b, sign) && startsEarlier(b, a, sign) && endsNoLater(b, a, sign),
  ),
  'overlaps before': relation(
    'overlaps before',
    RANGES,
    (a, b, sign) => overlap(a, b, sign) && startsEarlier(a, b, sign) && endsNoLater(a, b, sign),
  ),
  'started by': relation('started by', RANGES, swapped(starts)),
  starts: relation('starts', RANGES, starts),
};
