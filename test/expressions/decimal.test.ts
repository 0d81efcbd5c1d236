/** Arithmetic on decimals against the same on big integers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDecimals,
  divideDecimals,
  moduloDecimals,
  multiplyDecimals,
  plainNumber,
  powerOfDecimal,
  type Rounding,
  roundDecimal,
  subtractDecimals,
} from '../../engine/expressions/decimal.js';

interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** Decimals of up to 15 digits, which a double tells apart. */
const decimal = fc.record({
  digits: fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }),
  places: fc.integer({ min: 0, max: 12 }),
});

const toNumber = ({ digits, places }: Decimal): number => Number(`${digits}e${-places}`) + 0;

/** A whole number that a double may not hold stops the evaluation, or else it is held. */
const expectExact = (compute: () => number, exact: Decimal): void => {
  const value = toNumber(exact);
  const isInDoubt = Number.isInteger(value) && !Number.isSafeInteger(value);
  try {
    expect(compute()).toBe(value);
  } catch (error) {
    if (!isInDoubt) throw error;
    expect(error).toMatchObject({ fault: { code: 'FEEL_NUMBER_DIGITS' } });
  }
};

const align = (a: Decimal, b: Decimal): readonly [bigint, bigint, number] => {
  const places = Math.max(a.places, b.places);
  const at = (one: Decimal): bigint => one.digits * 10n ** BigInt(places - one.places);
  return [at(a), at(b), places];
};

test('sums, differences and products are exact, then the nearest double', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const [x, y, places] = align(a, b);
      const [left, right] = [toNumber(a), toNumber(b)];
      expectExact(() => addDecimals(left, right), { digits: x + y, places });
      expectExact(() => subtractDecimals(left, right), { digits: x - y, places });
      const product = { digits: a.digits * b.digits, places: a.places + b.places };
      expectExact(() => multiplyDecimals(left, right), product);
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

test('quotients and remainders are those of the decimals', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const [x, y, places] = align(a, b);
      if (y === 0n) return;
      const [left, right] = [toNumber(a), toNumber(b)];
      const digits = (x * 10n ** 80n) / y;
      expect(divideDecimals(left, right)).toBe(toNumber({ digits, places: 80 }));
      const rest = ((x % y) + y) % y;
      expectExact(() => moduloDecimals(left, right), { digits: rest, places });
    }),
    { numRuns: 2_000, seed: 2 },
  );
});

test('a number is written without an exponent, and reads back as itself', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = plainNumber(value);
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(text)).toBe(value + 0);
    }),
    { numRuns: 1_000, seed: 3 },
  );
});

/** A number, a scale, and what each way of rounding makes of it. */
const rounded: readonly (readonly [number, number, Readonly<Record<Rounding, number>>])[] = [
  [2.5, 0, { floor: 2, ceiling: 3, up: 3, down: 2, 'half up': 3, 'half down': 2, 'half even': 2 }],
  [
    -2.5,
    0,
    { floor: -3, ceiling: -2, up: -3, down: -2, 'half up': -3, 'half down': -2, 'half even': -2 },
  ],
  [
    1.005,
    2,
    { floor: 1, ceiling: 1.01, up: 1.01, down: 1, 'half up': 1.01, 'half down': 1, 'half even': 1 },
  ],
  [
    1.015,
    2,
    {
      floor: 1.01,
      ceiling: 1.02,
      up: 1.02,
      down: 1.01,
      'half up': 1.02,
      'half down': 1.01,
      'half even': 1.02,
    },
  ],
  [
    1234.5,
    -2,
    {
      floor: 1200,
      ceiling: 1300,
      up: 1300,
      down: 1200,
      'half up': 1200,
      'half down': 1200,
      'half even': 1200,
    },
  ],
  [
    5,
    -3,
    { floor: 0, ceiling: 1000, up: 1000, down: 0, 'half up': 0, 'half down': 0, 'half even': 0 },
  ],
  [
    1.1,
    1,
    {
      floor: 1.1,
      ceiling: 1.1,
      up: 1.1,
      down: 1.1,
      'half up': 1.1,
      'half down': 1.1,
      'half even': 1.1,
    },
  ],
  [
    1e-7,
    3,
    { floor: 0, ceiling: 0.001, up: 0.001, down: 0, 'half up': 0, 'half down': 0, 'half even': 0 },
  ],
];

describe.each(rounded)('%d to %d places', (value, places, expected) => {
  test.each(Object.entries(expected))('%s', (how, result) => {
    expect(roundDecimal(value, places, how as Rounding)).toBe(result);
  });
});

describe('powers', () => {
  test.each([
    [1.1, 2, 1.21],
    [0.1, 3, 0.001],
    [10, -2, 0.01],
    [2, 0.5, Math.SQRT2],
    [-2, 3, -8],
    [0, 0, 1],
    [10, 20, 1e20],
    [1.01, 365, 1.01 ** 365],
  ])('%d ** %d', (base, exponent, expected) => {
    expect(powerOfDecimal(base, exponent)).toBe(expected);
  });

  test.each([
    ['more digits than a double holds', () => powerOfDecimal(3, 40), 'FEEL_NUMBER_DIGITS'],
    ['a sum of such', () => addDecimals(9007199254740992, 1), 'FEEL_NUMBER_DIGITS'],
    ['what is too large', () => powerOfDecimal(10, 400), 'FEEL_NOT_A_NUMBER'],
  ])('%s stops the evaluation', (_what, compute, code) => {
    expect(compute).toThrow(expect.objectContaining({ fault: expect.objectContaining({ code }) }));
  });
});
