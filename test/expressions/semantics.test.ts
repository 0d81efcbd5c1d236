/** What FEEL means, case by case. Source: DMN 1.5 clause 10; Camunda 8 FEEL for its own built-ins. */
import { describe, expect, test } from 'vitest';
import {
  certainNamesIn,
  checkExpression,
  evaluate,
  evaluateUnaryTests,
  type Json,
  namesIn,
} from '../../engine/expressions/index.js';
import { outcomeOf, scopeOf } from './scope.js';

const VARIABLES: Readonly<Record<string, Json>> = {
  i: 1,
  nothing: null,
  list: [1, 2, 3],
  order: {
    total: 120,
    'due date': 'soon',
    lines: [
      { price: 5, active: true },
      { price: 50, active: false },
    ],
  },
  people: [
    { name: 'Ada', item: 7 },
    { name: 'Bob', item: 8 },
  ],
  'plan name': 'gold',
  'a+b': 3,
  big: 9007199254740991,
};

type Row = readonly [source: string, expected: Json];

const SECTIONS: Readonly<Record<string, readonly Row[]>> = {
  'an empty list is no null': [
    ['[null] = []', false],
    ['[[1]] = [1]', true],
    ['[1] = 1', true],
    ['distinct values([[null], []])', [[null], []]],
  ],
  'three-valued logic': [
    ['true and nothing', null],
    ['false and nothing', false],
    ['nothing and false', false],
    ['true or nothing', true],
    ['nothing or true', true],
    ['false or nothing', null],
    ['nothing and nothing', null],
    ['1 and true', null],
    ['not(nothing)', null],
    ['not(1 = 1)', false],
  ],
  'null and missing': [
    ['nothing > 5', null],
    ['nothing = null', true],
    ['nothing != null', false],
    ['1 = null', false],
    ['if nothing then 1 else 2', 2],
    ['nothing + 1', 'FEEL_WRONG_TYPE'],
    ['missing', 'FEEL_UNKNOWN_VARIABLE'],
    ['missing > 5', 'FEEL_UNKNOWN_VARIABLE'],
    ['if missing > 5 then 1 else 2', 'FEEL_UNKNOWN_VARIABLE'],
    ['is defined(missing) and missing > 5', false],
    ['missing > 5 and false', 'FEEL_UNKNOWN_VARIABLE'],
    ['order.missing', 'FEEL_UNKNOWN_ENTRY'],
    ['nothing.total', 'FEEL_UNKNOWN_ENTRY'],
    ['order.constructor', 'FEEL_UNKNOWN_ENTRY'],
  ],
  comparison: [
    ['"b" > "a"', true],
    ['"5" > 3', 'FEEL_NOT_COMPARABLE'],
    ['true > false', 'FEEL_NOT_COMPARABLE'],
    ['[2] > 1', 'FEEL_NOT_COMPARABLE'],
    ['1 = "1"', null],
    ['[1, 2] = [1, 2]', true],
    ['[1, 2] = [2, 1]', false],
    ['[1] = 1', true],
    ['{a: 1, b: [2]} = {b: [2], a: 1}', true],
    ['{a: 1} = {a: 2}', false],
    ['2 between 1 and 3', true],
    ['2 between nothing and 3', null],
    ['2 between 3 and 1', false],
  ],
  'in and ranges': [
    ['1 in [1..3]', true],
    ['1 in (1..3]', false],
    ['3 in [1..3)', false],
    ['3 in [1..3[', false],
    ['1 in ]1..3]', false],
    ['2 in (< 1, > 3)', false],
    ['2 in (1, 2)', true],
    ['2 in [1, 2]', true],
    ['2 in [[1..3]]', true],
    ['nothing in [1..3]', null],
    ['2 in nothing', null],
    ['5 in [1..nothing]', null],
    ['2 in [nothing..3]', null],
    ['0 in [1..nothing]', false],
    ['5 in [nothing..3]', false],
    ['5 in [[1..nothing]]', null],
    ['5 in ([1..nothing], 5)', true],
    ['{r: [1..nothing], v: 5 in r}.v', null],
    ['if 5 in [1..nothing] then "in" else "out"', 'out'],
    ['list[[1..nothing]]', []],
    ['5 in (> 1)', true],
    ['5 in > 1', true],
    ['{r: (>= 5), v: 5 in r}.v', true],
    ['list[<= 2]', [1, 2]],
    ['string([1..nothing])', '[1 .. null)'],
    ['2 in (> nothing, 3)', null],
    ['"b" in ["a".."c"]', true],
    ['"b" in [1..3]', null],
    ['date("2026-02-01") in [date("2026-01-01")..date("2026-03-01")]', true],
    ['[1..3].start', 1],
    ['[1..3].end included', true],
    ['includes([1..5], [2..3])', true],
    ['before([1..2], [3..4])', true],
    ['overlaps before([1..3], [2..4])', true],
    ['during(2, [1..3])', true],
    ['starts([1..2], [1..3])', true],
    ['finished by([1..3], [2..3])', true],
    ['coincides([1..3], [1..3])', true],
    ['met by([2..3], [1..2])', true],
  ],
  'lists and filters': [
    ['list[1]', 1],
    ['list[-1]', 3],
    ['list[0]', null],
    ['list[4]', null],
    ['list[i + 1]', 2],
    ['list[item > 1]', [2, 3]],
    ['list[item > 9]', []],
    ['5[1]', 5],
    ['order.lines[price > 10].price', [50]],
    ['order.lines[active].price', [5]],
    ['order.lines[item.price = 5].active', [true]],
    ['order.lines.price', [5, 50]],
    ['people[item = 8].name', ['Bob']],
    ['[null, 1, null][item = null]', [null, null]],
    ['[false, true][item = false]', [false]],
    ['list[> 1]', [2, 3]],
    ['list["x"]', 'FEEL_WRONG_TYPE'],
    ['nothing[1]', null],
    ['list contains([[1], [2]], [2])', true],
    ['index of([1, 2, 1], 1)', [1, 3]],
    ['flatten([1, [2, [3]]])', [1, 2, 3]],
    ['union([1, 2], [2, 3])', [1, 2, 3]],
    ['sort([3, 1, 2], function(x, y) x < y)', [1, 2, 3]],
    ['median([10, 9, 2])', 9],
    ['mode([6, 3, 9, 6, 6, 3, 3])', [3, 6]],
    ['max("a", "c", "b")', 'c'],
    ['min(1, "a")', 'FEEL_INVALID_ARGUMENT'],
    ['sum([])', null],
    ['count(nothing)', null],
    ['insert before(list, 1, 0)', [0, 1, 2, 3]],
    ['insert before(list, -1, 0)', [1, 2, 0, 3]],
    ['insert before(list, 4, 0)', [1, 2, 3, 0]],
    ['insert before(list, 5, 0)', 'FEEL_INVALID_ARGUMENT'],
    ['insert before(list, 0, 0)', 'FEEL_INVALID_ARGUMENT'],
    ['remove(list, -1)', [1, 2]],
    ['remove(list, 4)', 'FEEL_INVALID_ARGUMENT'],
    ['list replace(list, -1, 9)', [1, 2, 9]],
    ['list replace(list, 4, 9)', 'FEEL_INVALID_ARGUMENT'],
    ['list replace(list, function(old, new) old < new, 3)', [3, 3, 3]],
    ['sublist(list, -2)', [2, 3]],
    ['sublist(list, 2, 9)', [2, 3]],
    ['sublist(list, 0)', 'FEEL_INVALID_ARGUMENT'],
    ['append([1], 2, nothing)', [1, 2, null]],
    ['reverse(list)', [3, 2, 1]],
    ['sort([{a: 2, b: 1}, {a: 1, b: 2}, {a: 2, b: 3}], function(x, y) x.a < y.a).b', [2, 1, 3]],
    ['sort(list, 1)', 'FEEL_INVALID_ARGUMENT'],
    ['sort(list)', 'FEEL_REJECTED'],
    ['overlaps before([1..5], (1..5])', true],
    ['overlaps after((1..5], [1..5])', true],
    ['overlaps after((1..5), [1..5])', false],
  ],
  'iteration and functions': [
    ['for x in 1..3 return x * x', [1, 4, 9]],
    ['for x in 3..1 return x', [3, 2, 1]],
    ['for x in (1..3) return x', [2]],
    ['for x in 1.5..3 return x', [1.5, 2.5]],
    ['for x in [1, 2], y in [x, 10] return x * y', [1, 10, 4, 20]],
    ['for n in 1..5 return if n < 3 then 1 else partial[-1] + partial[-2]', [1, 1, 2, 3, 5]],
    ['for x in 1..3 return partial', [[], [[]], [[], [[]]]]],
    ['for x in 1..3 return append(partial, x)', [[1], [[1], 2], [[1], [[1], 2], 3]]],
    ['for x in 1..3 return {seen: partial, n: count(partial)}.n', [0, 1, 2]],
    ['for x in 1..4 return count(partial[item > 0])', [0, 0, 0, 0]],
    ['for x in 1..3 return if x = 1 then 1 else sum(partial) + max(partial)', [1, 2, 5]],
    [
      'for x in 1..2 return for y in 1..2 return partial',
      [
        [[], [[]]],
        [[], [[]]],
      ],
    ],
    ['for x in nothing return x', null],
    ['for x in 7 return x', [7]],
    ['for x in @"2026-02-27"..@"2026-03-01" return x', ['2026-02-27', '2026-02-28', '2026-03-01']],
    ['for x in (@"2026-03-02"..@"2026-02-28") return x', ['2026-03-01']],
    ['contains("a")', 'FEEL_REJECTED'],
    ['substring(string: "a")', 'FEEL_REJECTED'],
    ['some x in list satisfies x > 2', true],
    ['some x in [1, null] satisfies x > 2', null],
    ['every x in [] satisfies false', true],
    ['every x in [3, null] satisfies x > 2', null],
    ['{square: function(x) x * x, r: square(3)}.r', 9],
    ['{fact: function(n) if n = 0 then 1 else n * fact(n - 1), r: fact(5)}.r', 120],
    ['{y: 2, f: function(x) x + y}.f(1)', 3],
    ['(function(a, b) a - b)(b: 1, a: 3)', 2],
    ['substring(start position: 2, string: "hello", length: 2)', 'el'],
    ['"x" instance of string', true],
    ['list instance of list<string>', false],
    ['{a: 1} instance of context<a: number>', true],
    ['duration("P1D") instance of years and months duration', false],
    ['null instance of Any', false],
    ['1 instance of nonsense', 'FEEL_UNSUPPORTED'],
    ['{a: 1, b: a + 1}', { a: 1, b: 2 }],
    ['{"a b": 1}.a b', 1],
    ['plan name', 'gold'],
    ['`plan name` + "!"', 'gold!'],
    ['order.due date', 'soon'],
    ['order.`due date`', 'soon'],
    ['`a+b`', 3],
    ['if 1 then 2 else 3', 'FEEL_WRONG_TYPE'],
  ],
  numbers: [
    ['2 ** 3', 8],
    ['-2 ** 2', 4],
    ['1 / 0', null],
    ['1e3', 1000],
    ['0 * -1', 0],
    ['modulo(-5, 3)', 1],
    ['decimal(2.5, 0)', 2],
    ['round half up(5.5, 0)', 6],
    ['sqrt(-1)', 'FEEL_INVALID_ARGUMENT'],
    ['number("1.000,5", ".", ",")', 1000.5],
    ['2 ** 2000', 'FEEL_NOT_A_NUMBER'],
    ['0.1 + 0.2', 0.3],
    ['0.1 + 0.2 = 0.3', true],
    ['1000000.1 - 1000000', 0.1],
    ['19.99 * 3', 59.97],
    ['0.3 / 0.1', 3],
    ['sum(0.1, 0.2, 0.3)', 0.6],
    ['mean([0.1, 0.2])', 0.15],
    ['product(1.1, 1.1)', 1.21],
    ['for x in 0.1..2 return x', [0.1, 1.1]],
    ['9007199254740993 + 1', 'FEEL_NUMBER_INEXACT'],
    ['-9007199254740993', 'FEEL_NUMBER_INEXACT'],
    ['-9007199254740991', -9007199254740991],
    ['big + 1', 9007199254740992],
    ['big + 2', 'FEEL_NUMBER_DIGITS'],
    ['modulo(0.3, 0.1)', 0],
    ['modulo(10.1, -4.5)', -3.4],
    ['modulo(1, 0)', null],
    ['decimal(1.015, 2)', 1.02],
    ['decimal(1, 1.5)', 'FEEL_INVALID_ARGUMENT'],
    ['round half up(1.005, 2)', 1.01],
    ['round half down(2.345, 2)', 2.34],
    ['floor(-1.56, 1)', -1.6],
    ['odd(-1)', true],
    ['even(1.5)', false],
    ['stddev(2, 4, 7, 5)', 2.0816659994661326],
    ['number("")', 'FEEL_INVALID_ARGUMENT'],
    ['number(" 1 ")', 'FEEL_INVALID_ARGUMENT'],
    ['number("0x10")', 'FEEL_INVALID_ARGUMENT'],
    ['number("1", "a", ".")', 'FEEL_INVALID_ARGUMENT'],
    ['number("1 000,5", " ", ",")', 1000.5],
    ['number(1)', 'FEEL_INVALID_ARGUMENT'],
    ['number(nothing)', null],
  ],
  strings: [
    ['"a" + 1', 'FEEL_WRONG_TYPE'],
    ['"\\u0041\\"\\n"', 'A"\n'],
    ['substring("hello", -2)', 'lo'],
    ['substring("a🐎b", 2, 1)', '🐎'],
    ['string length("🐎ab")', 3],
    ['string({a: ["x", null]})', '{a: ["x", null]}'],
    ['matches("foobar", "^fo*b")', true],
    ['matches("FOO", "foo", "i")', true],
    ['matches("a\\nb", "a.b", "s")', true],
    ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '[1=ab][2=]cd'],
    ['split("a;b;;", ";")', ['a', 'b', '', '']],
    ['string join(["a", null, "b"], "-")', 'a-b'],
    ['"it\\\'s"', "it's"],
    ['substring("foobar", 3.8)', 'obar'],
    ['string(0.0000001)', '0.0000001'],
    ['string(10 ** 21)', '1000000000000000000000'],
    ['string([1..3])', '[1 .. 3]'],
    ['string((1.."z"))', 'FEEL_NOT_COMPARABLE'],
    ['string(["a", (> 1)])', '["a", > 1]'],
    ['string(function(x) x)', 'FEEL_WRONG_TYPE'],
  ],
  time: [
    ['now()', '2026-03-01T12:00:00Z'],
    ['today()', '2026-03-01'],
    ['date("2026-01-31") + duration("P1M")', '2026-02-28'],
    ['date("2026-03-01") - date("2026-02-01")', 'P28D'],
    ['date and time(date("2026-03-01"), time("10:00:00"))', '2026-03-01T10:00:00'],
    ['@"2026-03-01T10:00:00Z".hour', 10],
    ['date("2026-02-30")', 'FEEL_INVALID_ARGUMENT'],
    ['duration("P1Y") + duration("P1D")', 'FEEL_EVALUATION_FAILED'],
    ['duration("P1Y1D")', 'FEEL_INVALID_ARGUMENT'],
    ['@"P1Y1M1D"', 'FEEL_INVALID_ARGUMENT'],
    ['duration("P1Y") < duration("P1D")', 'FEEL_NOT_COMPARABLE'],
    ['duration("P1Y") = duration("P365D")', null],
    ['duration("P0Y") = duration("P0D")', null],
    ['is(duration("P0Y"), duration("P0D"))', false],
    ['is(time("23:00:50Z"), time("23:00:50"))', false],
    ['is(1, 1.0)', true],
    ['time("10:00:00") < time("10:00:00Z")', 'FEEL_NOT_COMPARABLE'],
    ['@"2026-01-01T00:00:00Z" - @"2026-01-01T00:00:00"', 'FEEL_EVALUATION_FAILED'],
    ['date("2026-03-01") + duration("PT25H")', '2026-03-02'],
    ['date("2026-03-01") - duration("PT1H")', '2026-02-28'],
    ['date("20260301")', 'FEEL_INVALID_ARGUMENT'],
    ['date("2026-03-01T10:00:00")', 'FEEL_INVALID_ARGUMENT'],
    ['date(@"2026-03-01T10:00:00")', '2026-03-01'],
    ['date(2026, 3, 1)', '2026-03-01'],
    ['date(2026.5, 3, 1)', 'FEEL_INVALID_ARGUMENT'],
    ['date(nothing)', null],
    ['time("T10:00:00")', 'FEEL_INVALID_ARGUMENT'],
    ['time(11, 45, 30.5)', '11:45:30.5'],
    ['time(11, 45, 30, duration("PT0H"))', '11:45:30Z'],
    ['time(11, 45, 30, duration("-PT3H30M"))', '11:45:30-03:30'],
    ['time(@"2026-03-01T10:00:00Z")', '10:00:00Z'],
    ['@"2026-03-01T10:00:00+19:00"', 'FEEL_INVALID_ARGUMENT'],
    ['date("2026-03-01") + duration("P9999Y")', 'FEEL_EVALUATION_FAILED'],
    ['duration("PT1S") / 3', 'PT0.333333333S'],
    ['duration("P1D") / 3', 'PT8H'],
    ['duration("P1Y") / 5', 'P2M'],
    ['duration("PT0.1S") * 3 = duration("PT0.3S")', true],
    ['day of week(date("2026-03-01"))', 'Sunday'],
    ['time("23:30:00") + duration("PT1H")', '00:30:00'],
    ['duration("P1Y6M") / 2', 'P9M'],
    ['2 * duration("PT90S")', 'PT3M'],
  ],
  'what feelin gets wrong': [
    ['duration("PT1H") * 2', 'PT2H'],
    ['duration("PT1H") / 2', 'PT30M'],
    ['-duration("P1D")', '-P1D'],
    ['duration("P2D") / duration("PT12H")', 4],
    ['years and months duration(date("2020-01-15"), date("2026-03-01"))', 'P6Y1M'],
    ['@"2026-03-28T12:00:00@Europe/Berlin" + duration("PT24H")', 'FEEL_ZONED_TIME_ARITHMETIC'],
    [
      '@"2026-03-28T12:00:00@Europe/Berlin" + duration("P1D")',
      '2026-03-29T12:00:00+02:00[Europe/Berlin]',
    ],
    ['@"2026-10-25T02:30:00@Europe/Berlin" + duration("PT1H")', 'FEEL_ZONED_TIME_ARITHMETIC'],
    ['@"2026-03-29T02:30:00@Europe/Berlin"', 'FEEL_WALL_TIME_SKIPPED'],
    [
      'date and time("2026-03-29T02:30:00" + "@Europe/Berlin")',
      '2026-03-29T03:30:00+02:00[Europe/Berlin]',
    ],
    [
      'date and time("2026-07-01T12:00:00+02:00[Europe/Berlin]")',
      '2026-07-01T12:00:00+02:00[Europe/Berlin]',
    ],
    ['date and time("2026-10-25T02:30:00+01:00[Europe/Berlin]")', '2026-10-25T02:30:00+01:00'],
    ['date and time("2026-07-01T12:00:00+05:00[Europe/Berlin]")', 'FEEL_INVALID_ARGUMENT'],
    [
      'date and time("2026-07-01T12:00:00Z", "Europe/Berlin")',
      '2026-07-01T14:00:00+02:00[Europe/Berlin]',
    ],
    ['matches("aaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")', false],
    ['a.constructor', 'FEEL_UNKNOWN_VARIABLE'],
  ],
  'built-ins of Camunda': [
    ['is defined(nothing)', true],
    ['is defined(order.total)', true],
    ['is defined(order.missing.deep)', false],
    ['get or else(missing.deep, 7)', 7],
    ['get or else(nothing, 7)', 7],
    ['get or else(i, missing)', 1],
    ['assert(i, i = 1)', 1],
    ['assert(i, i = 2, "one is not two")', 'FEEL_ASSERTION_FAILED'],
    ['partition([1, 2, 3], 2)', [[1, 2], [3]]],
    ['trim("  a b ")', 'a b'],
    ['is blank(" ")', true],
    ['to base64("FEEL")', 'RkVFTA=='],
    ['to base64("ação")', 'YcOnw6Nv'],
    ['is empty([])', true],
    ['duplicate values([1, 2, 2, 3, 1])', [1, 2]],
    ['extract("a1b22", "[0-9]+")', ['1', '22']],
    ['last day of month(date("2028-02-01"))', '2028-02-29'],
    ['get value({a: {b: 3}}, ["a", "b"])', 3],
    ['context put({a: {b: 1}}, ["a", "b"], 2)', { a: { b: 2 } }],
    ['fromAi("x")', 'FEEL_UNSUPPORTED'],
    ['nonsense(1)', 'FEEL_UNKNOWN_FUNCTION'],
  ],
};

describe.each(Object.entries(SECTIONS))('%s', (_section, rows) => {
  test.each(rows)('%s', (source, expected) => {
    expect(outcomeOf(source, VARIABLES)).toEqual(expected);
  });
});

describe('decision table cells', () => {
  test.each([
    ['-', 1, true],
    ['', null, true],
    ['< 5', 3, true],
    ['< 5', null, false],
    ['< 5', 'a', false],
    ['< 5, "unknown"', 'unknown', true],
    ['[1..3], 7', 7, true],
    ['not(1, 2)', 3, true],
    ['not(1, 2)', 2, false],
    ['"gold", "silver"', 'gold', true],
    ['true', true, true],
    ['false', false, true],
    ['false', true, false],
    ['no', false, true],
    ['? > 3 and ? < 9', 5, true],
    ['contains(?, "x")', 'axe', true],
    ['[1, 2]', 2, true],
    ['null', null, true],
    ['= limit', 4, true],
    ['[1..limit]', 2, true],
    ['[1..nothing]', 2, false],
    ['[1..nothing], 2', 2, true],
    ['missing', 4, 'FEEL_UNKNOWN_VARIABLE'],
    ['? > 3', null, false],
    ['(? > 3)', null, false],
    ['nothing > 3', null, false],
    ['? > 3 and ? < 9', null, false],
    ['? < today()', null, false],
    ['matches(?, "^a")', null, false],
    ['matches(nothing, "^a")', null, false],
    ['starts with(?, "q")', null, false],
    ['before(nothing, today())', null, false],
    ['some x in [?] satisfies x > 1', null, false],
    ['not(? > 3)', null, true],
    ['? = null', null, true],
    ['? > 3, null', null, true],
    ['? > 3', 4, true],
    ['nothing', null, true],
    ['get value({}, "a")', null, true],
    ['[null, 2]', null, true],
    ['no', null, false],
    ['nothing', false, false],
    ['not(no)', false, false],
  ] as const)('%s given %s', (source, input, expected) => {
    const result = evaluateUnaryTests(
      source,
      input,
      scopeOf({ no: false, limit: 4, nothing: null }),
    );
    expect(result.ok ? result.value : result.code).toBe(expected);
  });
});

describe('determinism', () => {
  test('uuid and random number derive from the seed and differ within one evaluation', () => {
    const source = '[uuid(), uuid(), random number()]';
    const [first, again] = [evaluate(source, scopeOf()), evaluate(source, scopeOf())];
    expect(first).toEqual(again);
    const [one, two, number] = first.ok
      ? (first.value as readonly [string, string, number])
      : ['', '', -1];
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(two).not.toBe(one);
    expect(number >= 0 && number < 1).toBe(true);
    expect(evaluate(source, { ...scopeOf(), seed: 'instance:2' })).not.toEqual(first);
  });

  test('the clock is the scope, in its zone', () => {
    const scope = { ...scopeOf({}, 'America/Sao_Paulo'), at: '2026-03-01T01:30:00.000Z' };
    expect(evaluate('now()', scope)).toEqual({ ok: true, value: '2026-02-28T22:30:00-03:00' });
    expect(evaluate('today()', scope)).toEqual({ ok: true, value: '2026-02-28' });
    expect(evaluate('now() + duration("PT24H")', scope)).toEqual({
      ok: true,
      value: '2026-03-01T22:30:00-03:00',
    });
  });

  test('now() keeps the offset of its zone, a zone is asked for', () => {
    const scope = { ...scopeOf({}, 'Europe/Berlin'), at: '2026-03-28T11:00:00.000Z' };
    expect(evaluate('now() + duration("P1D")', scope)).toEqual({
      ok: true,
      value: '2026-03-29T12:00:00+01:00',
    });
    expect(
      evaluate('date and time(now(), "Europe/Berlin") + duration("P1D")', scope),
    ).toMatchObject({ value: '2026-03-29T12:00:00+02:00[Europe/Berlin]' });
  });
});

describe('before it runs', () => {
  test('problems carry a code and a place', () => {
    expect(checkExpression('1 + ')).toMatchObject([{ code: 'FEEL_SYNTAX', from: 4 }]);
    expect(checkExpression('a ]')).toMatchObject([{ code: 'FEEL_SYNTAX', from: 2, to: 3 }]);
    expect(checkExpression('1 + foo(2)')).toMatchObject([
      { code: 'FEEL_UNKNOWN_FUNCTION', from: 4, to: 7 },
    ]);
    expect(checkExpression('matches(x, "(?<=a)b")')).toMatchObject([
      { code: 'FEEL_REGEX_UNSUPPORTED' },
    ]);
    expect(checkExpression('a[matches(x, "(?=a)")]')).toHaveLength(1);
    expect(checkExpression('10000000000000001')).toMatchObject([{ code: 'FEEL_NUMBER_INEXACT' }]);
    expect(checkExpression('1e300 + 100000000000000000000')).toEqual([]);
    for (const bare of ['a > 1 and < 5', '> 1 or a', 'a <> b', 'a = < 5']) {
      expect(checkExpression(bare)).toMatchObject([{ code: 'FEEL_UNSUPPORTED' }]);
    }
    expect(checkExpression('>= 5 and <= 10', 'unaryTests')).toHaveLength(1);
    for (const doubled of ['>>1', '==1', '= =1', '<=>1', '> [1..2]', '1, >>1', 'not(==1)']) {
      expect(checkExpression(doubled, 'unaryTests')).toMatchObject([{ code: 'FEEL_UNSUPPORTED' }]);
    }
    expect(checkExpression('2, >>1', 'unaryTests')).toMatchObject([{ from: 4, to: 6 }]);
    expect(checkExpression('a in (>>1)')).toMatchObject([{ code: 'FEEL_UNSUPPORTED' }]);
    for (const plus of ['+1', 'x++ + 1', '1 + +1']) {
      expect(checkExpression(plus)).toMatchObject([{ code: 'FEEL_UNSUPPORTED' }]);
    }
    expect(checkExpression('1 - -1 + -x')).toEqual([]);
    expect(checkExpression('< 5, [1..', 'unaryTests')).toMatchObject([{ code: 'FEEL_SYNTAX' }]);
    expect(checkExpression('order.total > 5 and is defined(x)')).toEqual([]);
  });

  test('names are those that are not defined inside', () => {
    expect(namesIn('order.total > limit and count(tags) > 0')).toEqual(['order', 'limit', 'tags']);
    expect(namesIn('for x in items return x + rate')).toEqual(['items', 'rate']);
    expect(namesIn('{a: b, c: a}')).toEqual(['b']);
    expect(namesIn('(function(p) p + q)(1)')).toEqual(['q']);
    expect(namesIn('lines[price > limit]')).toEqual(['lines', 'price', 'limit']);
    expect(namesIn('list[item > 1] = partial')).toEqual(['list', 'partial']);
    expect(certainNamesIn('lines[price > limit] and count(tags) > 0')).toEqual(['lines', 'tags']);
    expect(certainNamesIn('(function(p) p + q)(1)')).toEqual(['q']);
    expect(namesIn('get or else(x.y, z)')).toEqual(['x', 'z']);
    expect(namesIn('? > limit', 'unaryTests')).toEqual(['limit']);
  });

  test('messages tell types, never values', () => {
    const result = evaluate('secret + 1', scopeOf({ secret: 'Ada Lovelace' }));
    expect(result).toMatchObject({ ok: false, code: 'FEEL_WRONG_TYPE' });
    expect(JSON.stringify(result)).not.toContain('Ada');
  });
});
