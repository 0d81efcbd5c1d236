/** Nothing hangs, overflows or escapes: each attack ends with a code, and what is random ends at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkExpression,
  evaluate,
  evaluateUnaryTests,
  LIMITS,
} from '../../engine/expressions/index.js';
import { outcomeOf, scopeOf } from './scope.js';

const many = (count: number, one: string) => one.repeat(count);
const long = Array.from({ length: LIMITS.listLength }, (_none, index) => index);

describe('limits', () => {
  test.each([
    ['FEEL_REJECTED', many(LIMITS.sourceLength + 1, ' ')],
    ['FEEL_REJECTED', `${many(100, '(')}1${many(100, ')')}`],
    ['FEEL_REJECTED', `1${many(500, ' + 1')}`],
    ['FEEL_REJECTED', 'for i in 1..1000000 return i'],
    ['FEEL_LIST_TOO_LONG', 'for i in 1..10 ** 9 return i'],
    ['FEEL_LIST_TOO_LONG', 'some i in [1..10 ** 9] satisfies i < 0'],
    ['FEEL_LIST_TOO_LONG', 'for i in 1..200, j in 1..200 return 1'],
    ['FEEL_LIST_TOO_LONG', 'concatenate(long, [1])'],
    ['FEEL_LIST_TOO_LONG', 'append(long, 1)'],
    ['FEEL_FUEL_EXHAUSTED', 'some i in long, j in long satisfies i + j < 0'],
    ['FEEL_FUEL_EXHAUSTED', 'count(for i in long return count(for j in long return 1))'],
    ['FEEL_FUEL_EXHAUSTED', 'distinct values(for i in long return {i: i})'],
    ['FEEL_FUEL_EXHAUSTED', 'for i in long return sort(long, function(x, y) x < y)'],
    ['FEEL_TOO_DEEP', '{f: function(x) f(x)}.f(1)'],
    ['FEEL_TOO_DEEP', '{f: function(x) f(x) + f(x), r: f(1)}.r'],
    ['FEEL_TOO_DEEP', '(function(f) f(f))(function(f) f(f))'],
    [
      'FEEL_FUEL_EXHAUSTED',
      '{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(60)}.r',
    ],
    ['FEEL_STRING_TOO_LONG', `{a: big + big, b: a}.b`],
    ['FEEL_STRING_TOO_LONG', 'replace(big, "^a", big)'],
    ['FEEL_FUEL_EXHAUSTED', 'replace(big, "a", "aa")'],
    ['FEEL_STRING_TOO_LONG', 'string join([big, big])'],
    ['FEEL_REGEX_UNSUPPORTED', 'matches("a", "(?=a)")'],
    ['FEEL_REGEX_UNSUPPORTED', 'matches("aa", "(a)\\1")'],
    ['FEEL_REGEX_UNSUPPORTED', `matches("a", "${many(501, 'a')}")`],
    ['FEEL_REGEX_UNSUPPORTED', 'matches("a", "(a{900}){2}b{900}")'],
    ['FEEL_FUEL_EXHAUSTED', 'matches(big, "(a{100}){5}b")'],
    ['FEEL_NOT_A_NUMBER', '2 ** 10000'],
    ['FEEL_NOT_A_NUMBER', 'exp(1000)'],
    ['FEEL_UNSUPPORTED', '{__proto__: {a: 1}}'],
    ['FEEL_UNKNOWN_ENTRY', 'order.constructor'],
    ['FEEL_UNKNOWN_ENTRY', 'date("2026-01-01").value'],
    ['FEEL_UNKNOWN_VARIABLE', 'constructor'],
    ['FEEL_NOT_DATA', '[1..3]'],
    ['FEEL_NOT_DATA', '{f: function(x) x}'],
  ])('%s (%#)', (code, source) => {
    expect(outcomeOf(source, { big: many(60_000, 'a'), long, order: {} })).toBe(code);
  });

  test('results so far are copied only where they are kept, and that is paid for', () => {
    expect(outcomeOf('for i in 1..10000 return count(partial)')).toHaveLength(10_000);
    expect(outcomeOf('for i in 1..10000 return if i = 1 then 1 else partial[-1]')).toHaveLength(
      10_000,
    );
    expect(outcomeOf('count(for i in 1..10000 return partial)')).toBe('FEEL_FUEL_EXHAUSTED');
    expect(outcomeOf('for i in 1..40 return partial')).toBe('FEEL_FUEL_EXHAUSTED');
  });

  test('shared data does not multiply', () => {
    const doubled = `{a0: [1, 1]${Array.from({ length: 40 }, (_none, i) => `, a${i + 1}: [a${i}, a${i}]`).join('')}}`;
    for (const use of ['a40', 'string(a40)', 'flatten(a40)', 'a40 = a40']) {
      const code = outcomeOf(`${doubled.slice(0, -1)}, r: ${use}}.r`);
      expect(['FEEL_FUEL_EXHAUSTED', 'FEEL_LIST_TOO_LONG', 'FEEL_STRING_TOO_LONG']).toContain(code);
    }
  });

  test('deep data is refused, not overflowed', () => {
    const deep = JSON.parse(`${many(5_000, '[')}1,2${many(5_000, ']')}`);
    expect(outcomeOf('[deep] = [deep, 1][1]', { deep })).toBe('FEEL_TOO_DEEP');
    expect(outcomeOf('{a: deep}', { deep })).toBe('FEEL_TOO_DEEP');
    expect(outcomeOf('string(deep)', { deep })).toBe('FEEL_TOO_DEEP');
    expect(outcomeOf('flatten(deep)', { deep })).toBe('FEEL_TOO_DEEP');
  });

  test('entries named like the prototype stay entries', () => {
    expect(
      outcomeOf('context merge([o, {a: 1}]).a', { o: JSON.parse('{"__proto__": {"b": 2}}') }),
    ).toBe(1);
    expect(outcomeOf('context([{key: "__proto__", value: {b: 2}}]).b')).toBe('FEEL_UNKNOWN_ENTRY');
    expect(({} as { b?: number }).b).toBeUndefined();
  });
});

const token = fc.constantFrom(
  ...[
    '1',
    '"a"',
    'x',
    'order',
    'null',
    'true',
    '+',
    '-',
    '*',
    '**',
    '/',
    '=',
    '<',
    '>=',
    'and',
    'or',
    'in',
    'between',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '..',
    '.',
    'a',
    'if',
    'then',
    'else',
    'for',
    'return',
    'some',
    'every',
    'satisfies',
    'function',
    'instance of',
    'number',
    'count',
    'date',
    'not',
    '@"P1D"',
    '?',
    'item',
    '1..3',
    '[1, 2]',
    '`',
    '"',
    '//',
    '/*',
    '*/',
  ],
);

test('whatever is written ends with a value or a code', () => {
  const soup = fc.oneof(
    fc.array(token, { maxLength: 25 }).map((tokens) => tokens.join(' ')),
    fc.string({ maxLength: 60 }),
  );
  fc.assert(
    fc.property(soup, (source) => {
      const scope = scopeOf({ x: 1, order: { a: [1, 2] } });
      for (const result of [evaluate(source, scope), evaluateUnaryTests(source, 1, scope)]) {
        if (result.ok) expect(result.value).toEqual(JSON.parse(JSON.stringify(result.value)));
        else expect(result.code).toMatch(/^FEEL_/);
      }
      const fatal = checkExpression(source).filter(({ code }) => code !== 'FEEL_NUMBER_INEXACT');
      if (fatal.length > 0) expect(evaluate(source, scope)).toMatchObject({ ok: false });
      expect(evaluate(source, scope)).toEqual(evaluate(source, scope));
    }),
    { numRuns: 600, seed: 7 },
  );
});
