/** What built-ins say to an argument of a wrong type, and to null: each of them has a row. Source: docs/feel.md. */
import { describe, expect, test } from 'vitest';
import { BUILTIN_NAMES, evaluate, type Json } from '../../engine/expressions/index.js';
import { calendar, weekly } from '../calendars/support.js';
import { scopeOf } from './scope.js';

const calendars = { office: [calendar('UTC', { weekly: weekly('mon', ['09:00', '18:00']) })] };

function outcomeOf(source: string): Json {
  const result = evaluate(source, { ...scopeOf(), calendars });
  return result.ok ? result.value : result.code;
}

const DAY = '@"2026-01-01"';

/** Calls with one argument that the function cannot use. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  abs: ['"a"', '[1, 2]', 'true'],
  after: ['1, "a"', '{}, {}', `[1..2], ${DAY}`],
  all: ['"a"', '[true, 1]', '[false, "a"]', 'true, 1'],
  any: ['"a"', '[true, 1]', '[false, "a"]', 'true, 1'],
  before: ['1, "a"', 'true, false'],
  'business days after': [`5, 1, "office"`, `now(), "1", "office"`, `now(), 1, 5`],
  'business time after': [`5, "PT1H", "office"`, `now(), 5, "office"`, `now(), "PT1H", 5`],
  'business time elapsed': [`5, now(), "office"`, `now(), true, "office"`, `now(), now(), 5`],
  ceiling: ['"a"', '1, "a"', '[1, 2]'],
  coincides: ['1, "a"', '[1..2], "a"'],
  contains: ['5, "a"', '"a", 5'],
  context: ['5', '[{key: "a"}]', '[{key: 5, value: 1}]', '[5]'],
  'context merge': ['5', '[{a: 1}, 5]', '{a: 1}, "b"'],
  'context put': ['5, "a", 1', '{}, 5, 1', '{a: 5}, ["a", "b"], 1'],
  date: ['5', 'true', '"soon"', '2026, "1", 1', '@"10:00:00"'],
  'date and time': ['5', DAY, `5, @"10:00:00"`, `${DAY}, 5`],
  'day of week': ['"2026-01-03"', '5', '@"10:00:00"', '@"P1D"'],
  'day of year': ['"2026-01-03"', '5'],
  decimal: ['"1", 2', '1, "2"'],
  duration: ['5', DAY, '"soon"'],
  during: ['1, ["a".."b"]'],
  'ends with': ['5, "a"', '"a", 5'],
  even: ['"a"', 'true'],
  exp: ['"a"'],
  extract: ['5, "a"', '"a", 5'],
  'finished by': ['[1..2], "a"'],
  finishes: ['"a", [1..2]'],
  floor: ['"a"', '1, "a"'],
  'get entries': ['5', '[1]'],
  'get value': ['5, "a"', '{}, 5', '{}, [5]'],
  includes: ['[1..2], "a"'],
  'insert before': ['[1], "a", 2', '[1], 1.5, 2'],
  'is blank': ['5'],
  'last day of month': ['"2026-01-03"', '5'],
  'list replace': ['[1], "a", 2'],
  log: ['"a"'],
  'lower case': ['1', 'true', '["a", "b"]'],
  matches: ['5, "a"', '"a", 5', '"a", "a", 5'],
  max: ['1, "a"', '[1, true]', '[{}, {}]'],
  mean: ['[1, "a"]', '"a"', '1, true'],
  median: ['[1, "a"]', '"a"'],
  meets: ['[1..2], ["a".."b"]'],
  'met by': ['[1..2], ["a".."b"]'],
  min: ['1, "a"', '[1, true]'],
  mode: ['[1, "a"]', '"a"'],
  modulo: ['5, "a"', '"a", 5', '"a", 0'],
  'month of year': ['"2026-01-03"', '5'],
  not: ['5', '"true"', '[true, false]'],
  number: ['5', '"a"', 'true', '"1", 5'],
  odd: ['"a"'],
  overlaps: ['[1..2], ["a".."b"]'],
  'overlaps after': ['[1..2], ["a".."b"]'],
  'overlaps before': ['[1..2], ["a".."b"]'],
  partition: ['[1], "a"', '[1], 1.5'],
  product: ['[1, "a"]', '"a"'],
  remove: ['[1], "a"'],
  replace: ['5, "a", "b"', '"a", 5, "b"', '"a", "a", 5'],
  'round down': ['"a", 1', '1, "a"'],
  'round half down': ['"a", 1', '1, "a"'],
  'round half up': ['"a", 1', '1, "a"'],
  'round up': ['"a", 1', '1, "a"'],
  'sla clocks': ['5, [], now()', '[], 5, now()', '[], [], 5', '[{seq: 1}], [], now()'],
  'sla ledger': ['5, [], now(), "resolution", 1', '[], [], now(), 5, 1', '[], [], now(), "a", "b"'],
  sort: ['[2, 1], 5', '[2, 1], function(x, y) 5'],
  split: ['5, "a"', '"a", 5'],
  sqrt: ['"a"'],
  'started by': ['[1..2], "a"'],
  starts: ['"a", [1..2]'],
  'starts with': ['5, "a"', '"a", 5'],
  stddev: ['[1, "a"]', '"a"'],
  'string join': ['[5]', '5', '["a"], 5', '["a"], "-", 5'],
  'string length': ['5', '["a", "b"]'],
  sublist: ['[1], "a"', '[1], 1, "a"'],
  substring: ['5, 1', '"a", "b"', '"a", 1, "b"'],
  'substring after': ['5, "a"', '"a", 5'],
  'substring before': ['5, "a"', '"a", 5'],
  sum: ['[1, "a"]', '"a"', '1, "a"', '[@"P1D"]'],
  time: ['5', '"soon"', '"1", 1, 1', '1, 1, "1"', '1, 1, 1, 5'],
  'to base64': ['5'],
  trim: ['5'],
  'upper case': ['5', '{}', 'true'],
  'week of year': ['"2026-01-03"', '5'],
  'years and months duration': [`5, ${DAY}`, `${DAY}, 5`],
};

/** Functions of any values: a single one counts as a list of it. `assert` and the guards have codes of their own. */
const OF_ANYTHING = [
  ...['append', 'assert', 'concatenate', 'count', 'distinct values', 'duplicate values'],
  ...['flatten', 'get or else', 'index of', 'is', 'is defined', 'is empty', 'list contains'],
  ...['now', 'random number', 'reverse', 'string', 'today', 'union', 'uuid'],
];

/** Calls that a null makes null. */
const NULLS: readonly string[] = [
  ...['abs(null)', 'after(null, 1)', 'append(null, 1)', 'before(1, null)', 'ceiling(null)'],
  ...['all([null, true])', 'any(null)', 'context merge(null)', 'context merge([{a: 1}, null])'],
  ...['context put(null, "a", 1)', 'context put({}, null, 1)', 'context([null])'],
  ...['count(null)', 'date(null)', 'date and time(null)', 'date and time(null, @"10:00:00")'],
  ...['date and time(@"2026-01-01", null)', 'day of week(null)', 'decimal(null, 1)'],
  ...['decimal(1, null)', 'duration(null)', 'even(null)', 'exp(null)', 'flatten(null)'],
  ...['get entries(null)', 'get value(null, "a")', 'get value({}, null)', 'index of(null, 1)'],
  ...['insert before([1], null, 2)', 'is blank(null)', 'is empty(null)', 'log(null)'],
  ...['last day of month(null)', 'list contains(null, 1)', 'list replace([1], null, 2)'],
  ...['lower case(null)', 'matches(null, "a")', 'matches("a", null)', 'max([1, null])'],
  ...['mean([1, null])', 'median([1, null])', 'min(null)', 'mode([1, null])', 'modulo(null, 2)'],
  ...['modulo(2, null)', 'month of year(null)', 'not(null)', 'number(null)', 'odd(null)'],
  ...['partition([1], null)', 'partition(null, 1)', 'product([1, null])', 'remove([1], null)'],
  ...['replace("a", null, "b")', 'reverse(null)', 'round up(null, 1)', 'sort([1], null)'],
  ...['split(null, "a")', 'sqrt(null)', 'starts with("a", null)', 'stddev([1, null])'],
  ...['string join(null)', 'string length(null)', 'string(null)', 'sublist([1], null)'],
  ...['sublist([1], 1, null)', 'substring("a", null)', 'substring("a", 1, null)', 'sum([1, null])'],
  ...['substring after(null, "a")', 'substring before("a", null)', 'time(null)', 'trim(null)'],
  ...['to base64(null)', 'upper case(null)', 'week of year(null)', 'day of year(null)'],
  ...['years and months duration(null, null)', 'contains(null, "a")', 'sum(null)'],
];

describe('an argument of a wrong type', () => {
  test('is tried for every built-in', () => {
    const tried = [...Object.keys(WRONG), ...OF_ANYTHING].sort();
    expect(tried).toEqual(BUILTIN_NAMES.filter((name) => name !== '@'));
  });

  const calls = Object.entries(WRONG).flatMap(([name, all]) =>
    all.map((args) => `${name}(${args})`),
  );
  test.each(calls)('is refused: %s', (call) => {
    expect(outcomeOf(call)).toBe('FEEL_INVALID_ARGUMENT');
  });
});

describe('null', () => {
  test.each(NULLS)('gives null: %s', (call) => {
    expect(outcomeOf(call)).toBeNull();
  });

  test.each([
    ['append([1], null)', [1, null]],
    ['concatenate([1], null)', [1, null]],
    ['union([1], null)', [1, null]],
    ['list contains([null], null)', true],
    ['index of([1, null], null)', [2]],
    ['string join(["a", null])', 'a'],
    ['context put({}, "a", null)', { a: null }],
    ['all([false, null])', false],
    ['any([true, null])', true],
    ['is(null, null)', true],
    ['business time after(null, "PT1H", "office")', 'FEEL_INVALID_ARGUMENT'],
    ['assert(1, null)', 'FEEL_ASSERTION_FAILED'],
  ])('stands for a value, or is refused: %s', (call, expected) => {
    expect(outcomeOf(call)).toEqual(expected);
  });
});
