import { describe, expect, test } from 'vitest';
import { parseJson } from '../../api/plugins/bodies.js';
import { receivedBody } from '../../api/webhooks/message.js';

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

const kept: readonly string[] = [
  ...[
    '9007199254740991',
    '-9007199254740991',
    '9007199254740992',
    '1e23',
    '1e308',
    '0.1',
    '1e-400',
  ],
  ...[
    '0.10000000000000001',
    '123456789012345680000',
    '"9007199254740993"',
    '{"9007199254740993":1}',
  ],
];
test.each(kept)('keeps the numbers of %s', (text) => {
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

const others: readonly [text: string, where: string][] = [
  ['9007199254740993', 'the body'],
  ['{"variables":{"a":1,"order":{"id":9007199254740993}}}', 'variables.order.id'],
  ['{"variables":{"ids":[1,{"a":[]},[0,-12345678901234567890]]}}', 'variables.ids[2][1]'],
  ['[1e400]', '[0]'],
  ['{"a":{"b":1},"c":100000000000000000000001}', 'c'],
  ['{"a,b:c\\"":9007199254740993.0}', 'a,b:c"'],
];
test.each(others)('refuses %s, which would become another number, at %s', (text, where) => {
  expect(() => parseJson(text)).toThrow(
    expect.objectContaining({ code: 'NUMBER_INEXACT', facts: { where } }),
  );
});

describe('what a webhook brings', () => {
  test('has numbers of too many digits as texts of them, and all others as they are', () => {
    const body =
      '{"id":9007199254740993,"n":[-12345678901234567890,12.5,1e400],"s":"9007199254740993"}';
    expect(receivedBody(Buffer.from(body))).toEqual({
      ...{ id: '9007199254740993', s: '9007199254740993' },
      n: ['-12345678901234567890', 12.5, '1e400'],
    });
  });

  test.each(['{"a":1.2.3e9}', '{"a":--9007199254740993}', '{"a":01}', '{"a":1,"a":2}', ''])(
    'is refused as ever: %s',
    (text) => {
      expect(() => receivedBody(Buffer.from(text))).toThrow(
        expect.objectContaining({ code: 'INPUT_INVALID' }),
      );
    },
  );
});
