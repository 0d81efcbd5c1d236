import { expect, test } from 'vitest';
import { parseJson } from '../../api/plugins/bodies.js';

const fine: readonly [string, unknown][] = [
  ['{"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]}', { a: { a: 1 }, b: [{ a: 2 }, { a: 3 }] }],
  ['{"a": "\\"b\\": {", "b": ": ["}', { a: '"b": {', b: ': [' }],
  ['[]', []],
  ['"x"', 'x'],
  ['1e308', 1e308],
];
test.each(fine)('reads %s', (text, value) => {
  expect(parseJson(text)).toEqual(value);
});

test.each([
  ['a name twice', '{"a": 1, "b": 2, "a": 3}'],
  ['a name twice, once masked', '{"role": 1, "r\\u006fle": 2}'],
  ['a name twice further in', '{"x": [{"a": 1, "a": 2}]}'],
  ['__proto__', '{"__proto__": {"isAdmin": true}}'],
  ['__proto__ further in', '{"a": [{"__proto__": 1}]}'],
  ['ten thousand levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['no JSON', '{a: 1}'],
  ['half of a surrogate pair', '{"a": "x\\ud800"}'],
  ['half of one in a name', '{"x\\udbff": 1}'],
  ['two values', '{} {}'],
])('refuses %s', (_what, text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});
