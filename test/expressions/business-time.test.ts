/** FEEL on the calendars of a package. */
import { describe, expect, test } from 'vitest';
import { evaluate, type Json } from '../../engine/expressions/index.js';
import { calendar, weekly } from '../calendars/support.js';
import { scopeOf } from './scope.js';

const office = calendar('America/Sao_Paulo', {
  weekly: weekly('mon tue wed thu fri', ['09:00', '18:00']),
  holidays: ['2026-03-04'],
});
const calendars = { office: [office], shut: [calendar('UTC', {})] };

const outcome = (source: string, variables: Readonly<Record<string, Json>> = {}): Json => {
  const result = evaluate(source, { ...scopeOf(variables), calendars });
  return result.ok ? result.value : result.code;
};

describe('business time', () => {
  test.each<[string, Json]>([
    // Sunday at noon
    ['business time after(now(), @"PT9H", "office")', '2026-03-02T18:00:00-03:00'],
    ['business time after(now(), "PT10H", "office")', '2026-03-03T10:00:00-03:00'],
    ['business time after("2026-03-03T17:00:00Z", "PT8H", "office")', '2026-03-05T13:00:00-03:00'],
    ['business time after("2026-03-02T17:00:00", "PT2H", "office")', '2026-03-03T10:00:00-03:00'],
    [
      'business time after(from: now(), duration: @"PT1H", calendar: "office")',
      '2026-03-02T10:00:00-03:00',
    ],
    [
      'business time after(now(), "PT1H", "office") + duration("PT1H")',
      '2026-03-02T11:00:00-03:00',
    ],
    ['business days after("2026-03-03T10:00:00-03:00", 1, "office")', '2026-03-05T10:00:00-03:00'],
    [
      'business time elapsed("2026-03-02T17:00:00-03:00", "2026-03-05T10:00:00-03:00", "office")',
      'PT11H',
    ],
    ['business time elapsed("2026-03-05T10:00:00Z", "2026-03-02T10:00:00Z", "office")', 'PT0S'],
  ])('%s', (source, expected) => {
    expect(outcome(source)).toBe(expected);
  });

  test.each([
    'business time after(now(), "PT1H", "desk")',
    'business time after(now(), "P1M", "office")',
    'business time after(now(), "-PT1H", "office")',
    'business time after(now(), 5, "office")',
    'business time after("soon", "PT1H", "office")',
    'business time after(null, "PT1H", "office")',
    'business time after(now(), "PT1H", "shut")',
    'business days after(now(), 1.5, "office")',
    'business days after(now(), -1, "office")',
    'business days after(now(), 1001, "office")',
    'business days after(now(), 1, "shut")',
    'business time elapsed("1990-01-01T00:00:00Z", now(), "office")',
  ])('%s is refused', (source) => {
    expect(outcome(source)).toBe('FEEL_INVALID_ARGUMENT');
  });

  test('a calendar that is not there is told with those that are', () => {
    const result = evaluate('business time after(now(), "PT1H", "desk")', {
      ...scopeOf(),
      calendars,
    });
    expect(result).toMatchObject({ message: expect.stringContaining("'office', 'shut'") });
  });

  test('an expression that asks again and again stops', () => {
    const source = 'for i in 1..500 return business time after(now(), "PT9H", "office")';
    expect(outcome(source)).toBe('FEEL_FUEL_EXHAUSTED');
  });
});
