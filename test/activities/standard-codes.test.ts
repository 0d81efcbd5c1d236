import { describe, expect, test } from 'vitest';
import {
  COUNTRIES,
  CURRENCIES,
  isCountry,
  isCurrency,
  isLocale,
} from '../../activities/standard-codes.js';
import { isZone } from '../../contracts/time-text.js';

describe('countries', () => {
  test('are the 249 of ISO 3166-1, each of which has a name', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    expect(COUNTRIES.size).toBe(249);
    for (const code of COUNTRIES) expect([code, names.of(code)]).not.toContain(undefined);
  });

  test.each(['EU', 'UK', 'XK', 'UN', 'ZZ', 'pt', '', '__proto__'])('%j is none', (code) => {
    expect(isCountry(code)).toBe(false);
  });
});

describe('currencies', () => {
  test('are known to the platform', () => {
    const known = new Set([...Intl.supportedValuesOf('currency'), 'XCG']);
    expect([...CURRENCIES].filter((code) => !known.has(code))).toEqual([]);
    expect(CURRENCIES.size).toBeGreaterThan(150);
  });

  test.each(['DEM', 'HRK', 'BGN', 'XAU', 'XXX', 'BTC', 'eur', ''])(
    '%j is none to pay with',
    (code) => {
      expect(isCurrency(code)).toBe(false);
    },
  );
});

test.each([
  ['Europe/Lisbon', true],
  ['UTC', true],
  ['Europe/Lisboa', false],
  ['+03:00', false],
  ['', false],
])('zone %j: %s', (tz, is) => {
  expect(isZone(tz)).toBe(is);
});

test.each([
  ['pt-BR', true],
  ['en', true],
  ['pt_BR', false],
  ['', false],
])('language %j: %s', (locale, is) => {
  expect(isLocale(locale)).toBe(is);
});
