/** Built-ins about numbers. Source: DMN 1.5 §10.3.4.5; number(): §10.3.4.1. */
import { type Builtin, type Builtins, builtin, invalid, numeric, text, whole } from './builtin.js';
import { moduloDecimals, type Rounding, roundDecimal } from './decimal.js';
import { stop } from './fault.js';
import { DECIMAL_STEPS, type Value } from './runtime.js';

/** Places that a number can be rounded to: those that the standard allows and a double has. */
const MOST_PLACES = 400;

/** Rounds to a scale; null for null. */
const rounding = (name: string, how: Rounding, needsScale = true): Builtin =>
  builtin(
    ['n', 'scale'],
    ([n = null, scale], runtime) => {
      if (n === null || scale === null) return null;
      const number = numeric(name, n);
      const places = whole(name, scale ?? 0);
      if (Math.abs(places) > MOST_PLACES) invalid(name, 'the scale is out of range');
      runtime.spend(DECIMAL_STEPS);
      return roundDecimal(number, places, how);
    },
    { needed: needsScale ? 2 : 1 },
  );

/** A function of one number; null for null. */
const ofNumber = (name: string, call: (n: number) => Value): Builtin =>
  builtin(['number'], ([n = null]) => {
    if (n === null) return null;
    const result = call(numeric(name, n));
    if (typeof result !== 'number' || Number.isFinite(result)) return result;
    return stop('FEEL_NOT_A_NUMBER', { reason: `${name}() has no finite value` });
  });

const NUMERAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** `grouping separator` is a space, comma or point, `decimal separator` a point or comma, and they differ. */
const toNumber: Builtin['call'] = ([from = null, grouping = null, decimal = null]) => {
  if (from === null) return null;
  const numeral = text('number', from);
  const point = decimal === null ? '.' : separator(decimal, ['.', ',']);
  const group = grouping === null ? null : separator(grouping, [' ', ',', '.']);
  if (group === point) invalid('number', 'both separators are the same');
  const plain = (group === null ? numeral : numeral.replaceAll(group, '')).replace(point, '.');
  const isNumeral =
    NUMERAL.test(plain) && (point === '.' || !numeral.includes('.') || group === '.');
  return isNumeral ? finite(Number(plain)) : invalid('number', 'the string is no number');
};

function separator(value: Value, allowed: readonly string[]): string {
  const found = text('number', value);
  return allowed.includes(found)
    ? found
    : invalid('number', 'a separator is none of those allowed');
}

const finite = (value: number): number =>
  Number.isFinite(value) ? value : invalid('number', 'the number is too large');

/** The table of these built-ins. */
export const NUMBER_BUILTINS: Builtins = {
  ceiling: rounding('ceiling', 'ceiling', false),
  decimal: rounding('decimal', 'half even'),
  even: ofNumber('even', (n) => n % 2 === 0),
  exp: ofNumber('exp', Math.exp),
  floor: rounding('floor', 'floor', false),
  log: ofNumber('log', (n) => (n > 0 ? Math.log(n) : invalid('log', 'the number is not positive'))),
  modulo: builtin(['dividend', 'divisor'], ([dividend = null, divisor = null], runtime) => {
    if (dividend === null || divisor === null) return null;
    const [number, by] = [numeric('modulo', dividend), numeric('modulo', divisor)];
    runtime.spend(DECIMAL_STEPS);
    // As for `/`, the standard has null.
    return by === 0 ? null : moduloDecimals(number, by);
  }),
  number: builtin(['from', 'grouping separator', 'decimal separator'], toNumber, { needed: 1 }),
  odd: ofNumber('odd', (n) => Math.abs(n % 2) === 1),
  'round down': rounding('round down', 'down'),
  'round half down': rounding('round half down', 'half down'),
  'round half up': rounding('round half up', 'half up'),
  'round up': rounding('round up', 'up'),
  sqrt: ofNumber('sqrt', (n) => (n < 0 ? invalid('sqrt', 'the number is negative') : Math.sqrt(n))),
};
