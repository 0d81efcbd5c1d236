/**
 * Decimal arithmetic on JavaScript numbers. A double stands for the shortest decimal that reads back as it: 0.1 is one
 * tenth. Results are computed exactly on those decimals and then given as the nearest double, so that `0.1 + 0.2` is
 * `0.3`. Numbers that are small enough, and nearly all are, take a way over whole doubles; the others one over
 * big integers. Class: pure. Source: DMN 1.5 §10.3.2.3.1.
 */
import { stop } from './fault.js';

/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_none, exponent) => Number(`1e${exponent}`));
const MOST_PLACES = POWERS.length - 1;
const isSafe = Number.isSafeInteger;

/** Places after the point of a number; -1 when it has too many digits for the short way. */
function placesOf(value: number): number {
  for (let places = 0; places <= MOST_PLACES; places += 1) {
    const power = POWERS[places] as number;
    const whole = Math.round(value * power);
    if (!isSafe(whole)) return -1;
    if (whole / power === value) return places;
  }
  return -1;
}

/** `value * 10^places`, which is whole. */
const scaled = (value: number, places: number): number =>
  Math.round(value * (POWERS[places] as number));

/** `left + right`. Errors: `FEEL_NUMBER_DIGITS`, `FEEL_NOT_A_NUMBER`. */
export function addDecimals(left: number, right: number): number {
  const sum = left + right;
  if (isSafe(left) && isSafe(right) && isSafe(sum)) return sum + 0;
  const [a, b] = [placesOf(left), placesOf(right)];
  if (a >= 0 && b >= 0) {
    const places = Math.max(a, b);
    const whole =
      scaled(left, a) * (POWERS[places - a] as number) +
      scaled(right, b) * (POWERS[places - b] as number);
    if (isSafe(whole)) return whole / (POWERS[places] as number) + 0;
  }
  const [x, y] = aligned(decimalOf(left), decimalOf(right));
  return nearest({ digits: x.digits + y.digits, places: x.places }, '+');
}

/** `left - right`. Errors: as of `addDecimals`. */
export function subtractDecimals(left: number, right: number): number {
  return addDecimals(left, -right);
}

/** `left * right`. Errors: as of `addDecimals`. */
export function multiplyDecimals(left: number, right: number): number {
  const product = left * right;
  if (isSafe(left) && isSafe(right) && isSafe(product)) return product + 0;
  const [a, b] = [placesOf(left), placesOf(right)];
  if (a >= 0 && b >= 0 && a + b <= MOST_PLACES) {
    const whole = scaled(left, a) * scaled(right, b);
    if (isSafe(whole)) return whole / (POWERS[a + b] as number) + 0;
  }
  const [x, y] = [decimalOf(left), decimalOf(right)];
  return nearest({ digits: x.digits * y.digits, places: x.places + y.places }, '*');
}

/** Digits of a quotient, beyond those that a double holds. */
const QUOTIENT_PLACES = 40;

/** `left / right`; `right` is not zero. Errors: as of `addDecimals`. */
export function divideDecimals(left: number, right: number): number {
  if (isSafe(left) && isSafe(right)) return left / right + 0;
  const [a, b] = [placesOf(left), placesOf(right)];
  if (a >= 0 && b >= 0) {
    const places = Math.max(a, b);
    const above = scaled(left, a) * (POWERS[places - a] as number);
    const below = scaled(right, b) * (POWERS[places - b] as number);
    if (isSafe(above) && isSafe(below)) return above / below + 0;
  }
  const [x, y] = aligned(decimalOf(left), decimalOf(right));
  return finite(ratioOf(x.digits, y.digits), '/');
}

/** Exponents up to which a power is multiplied out. */
const MOST_FACTORS = 1_000;
/** Digits up to which a power is multiplied out: more than the largest double has. */
const MOST_DIGITS = 400;

/** `base ** exponent`: exact for whole exponents. Errors: as of `addDecimals`. */
export function powerOfDecimal(base: number, exponent: number): number {
  const factors = Math.abs(exponent);
  if (!Number.isInteger(exponent) || factors > MOST_FACTORS || !Number.isFinite(base)) {
    return finite(base ** exponent, '**');
  }
  if (isSafe(base) && exponent >= 0) {
    const product = wholePower(base, exponent);
    if (isSafe(product)) return product;
  }
  const { digits, places } = decimalOf(base);
  if (length(digits) * factors > MOST_DIGITS) return finite(base ** exponent, '**');
  if (exponent < 0 && digits === 0n) return finite(base ** exponent, '**');
  const power = { digits: digits ** BigInt(factors), places: places * factors };
  return exponent < 0 ? inverse(power) : nearest(power, '**');
}

/** A whole number multiplied with itself, until it is too large to be exact. */
function wholePower(base: number, exponent: number): number {
  let product = 1;
  for (let factor = 0; factor < exponent && isSafe(product); factor += 1) product *= base;
  return product;
}

function inverse({ digits, places }: Decimal): number {
  const shift = BigInt(QUOTIENT_PLACES + length(digits));
  const inverted = { digits: 10n ** shift / digits, places: Number(shift) - places };
  return finite(toDouble(inverted), '**');
}

/** The remainder with the sign of the divisor, which is not zero. Errors: as of `addDecimals`. */
export function moduloDecimals(dividend: number, divisor: number): number {
  const [x, y] = aligned(decimalOf(dividend), decimalOf(divisor));
  const rest = x.digits % y.digits;
  const isAway = rest !== 0n && rest < 0n !== y.digits < 0n;
  return nearest({ digits: isAway ? rest + y.digits : rest, places: x.places }, 'modulo()');
}

/** How what is cut off counts. */
export type Rounding = 'floor' | 'ceiling' | 'up' | 'down' | 'half up' | 'half down' | 'half even';

/** The number with so many places after the point, negative for places before it. */
export function roundDecimal(value: number, places: number, rounding: Rounding): number {
  const decimal = decimalOf(value);
  const cut = decimal.places - places;
  if (cut <= 0) return value;
  // Beyond its digits a number is cut to nothing, or to one in the last place.
  const unit = 10n ** BigInt(Math.min(cut, length(decimal.digits) + 1));
  const rest = decimal.digits % unit;
  const whole = decimal.digits / unit;
  const sign = decimal.digits < 0n ? -1n : 1n;
  const isAway = rest !== 0n && goesAway(rounding, rest * sign, unit, whole, sign);
  return nearest({ digits: isAway ? whole + sign : whole, places }, 'rounding');
}

function goesAway(
  rounding: Rounding,
  rest: bigint,
  unit: bigint,
  whole: bigint,
  sign: bigint,
): boolean {
  const half = rest * 2n - unit;
  switch (rounding) {
    case 'floor':
      return sign < 0n;
    case 'ceiling':
      return sign > 0n;
    case 'up':
      return true;
    case 'down':
      return false;
    case 'half up':
      return half >= 0n;
    case 'half down':
      return half > 0n;
    case 'half even':
      return half > 0n || (half === 0n && whole % 2n !== 0n);
  }
}

/** `whole * factor`, cut to a whole number. */
export function scaleWhole(whole: bigint, factor: number): bigint {
  const { digits, places } = decimalOf(factor);
  const product = whole * digits;
  return places > 0 ? product / 10n ** BigInt(places) : product * 10n ** BigInt(-places);
}

/** `whole / divisor`, cut to a whole number; the divisor is not zero. */
export function divideWhole(whole: bigint, divisor: number): bigint {
  const { digits, places } = decimalOf(divisor);
  return places > 0
    ? (whole * 10n ** BigInt(places)) / digits
    : whole / (digits * 10n ** BigInt(-places));
}

/** How often one whole number goes into another, which is not zero. */
export function ratioOf(above: bigint, below: bigint): number {
  const shift = BigInt(QUOTIENT_PLACES + Math.max(0, length(below) - length(above)));
  return toDouble({ digits: (above * 10n ** shift) / below, places: Number(shift) });
}

/** A number as FEEL writes it: its digits without an exponent. */
export function plainNumber(value: number): string {
  const text = String(value === 0 ? 0 : value);
  if (!text.includes('e')) return text;
  const { digits, places } = decimalOf(value);
  if (places <= 0) return String(digits * 10n ** BigInt(-places));
  const sign = digits < 0n ? '-' : '';
  const padded = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** `digits * 10^-places`. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** The shortest decimal that reads back as the number. */
function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length - Number(exponent) };
}

/** Whether a numeral stands for the number that a double makes of it, to the last digit. */
export function isHeld(numeral: string): boolean {
  const size = numeral.toLowerCase().replace(/^-/, '');
  const [mantissa = '0', exponent = '0'] = size.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const [written, held] = aligned(
    { digits: BigInt(`0${whole}${fraction}`), places },
    decimalOf(Number(size)),
  );
  return written.digits === held.digits;
}

/** Two decimals with as many places, none negative. */
function aligned(a: Decimal, b: Decimal): readonly [Decimal, Decimal] {
  const places = Math.max(a.places, b.places, 0);
  const at = ({ digits, places: own }: Decimal): Decimal => ({
    digits: digits * 10n ** BigInt(places - own),
    places,
  });
  return [at(a), at(b)];
}

const length = (digits: bigint): number => String(digits < 0n ? -digits : digits).length;

/** Whole numbers of more digits are rounded by the standard too. */
const DIGITS_OF_THE_STANDARD = 34;

/**
 * The double nearest to a decimal. A whole number that the standard holds and a double does not stops the evaluation
 * with `FEEL_NUMBER_DIGITS`; one that is too large with `FEEL_NOT_A_NUMBER`.
 */
function nearest(decimal: Decimal, operation: string): number {
  const value = finite(toDouble(decimal), operation);
  if (isSafe(value) || !Number.isInteger(value)) return value;
  const [exact, kept] = aligned(decimal, decimalOf(value));
  const digits = length(exact.digits) - exact.places;
  if (exact.digits !== kept.digits && digits <= DIGITS_OF_THE_STANDARD) {
    stop('FEEL_NUMBER_DIGITS', { operation, digits });
  }
  return value;
}

/** Never `-0`. */
const toDouble = ({ digits, places }: Decimal): number => Number(`${digits}e${-places}`) + 0;

function finite(value: number, operation: string): number {
  if (!Number.isFinite(value)) stop('FEEL_NOT_A_NUMBER', { reason: `${operation} overflows` });
  return value;
}
