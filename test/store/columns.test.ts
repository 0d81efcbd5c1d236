import { describe, expect, test } from 'vitest';
import { instantFromText, jsonText } from '../../store/columns.js';

describe('instantFromText', () => {
  test.each([
    ['2026-03-02 12:00:00+00', '2026-03-02T12:00:00.000Z'],
    ['2026-03-02 12:00:00.5-03', '2026-03-02T15:00:00.500Z'],
    ['2026-03-02 12:00:00.123+05:30', '2026-03-02T06:30:00.123Z'],
  ])('reads %s', (text, instant) => {
    expect(instantFromText(text)).toBe(instant);
  });
});

describe('jsonText', () => {
  test.each([
    ['plain text', '{"a":["x",1,null]}', { a: ['x', 1, null] }],
    ['U+0000, in values and names', '{"k\ufffd":"a\ufffdb"}', { 'k\u0000': 'a\u0000b' }],
    ['halves of pairs', '"\ufffd \ufffd 😀"', '\ud83d \ude00 😀'],
    ['a backslash before u0000', '"\\\\u0000"', '\\u0000'],
  ])('writes %s', (_what, text, value) => {
    expect(jsonText(value)).toBe(text);
  });
});
