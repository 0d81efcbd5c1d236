import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sizeOf } from '../../engine/model/index.js';

const written = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test.each([
  'plain',
  'ä€😀',
  'quote " and \\ and \n \t \u0000 \u001f',
  'half a pair \ud83d and \ude00 the wrong way round',
  { a: [1, -2.5, 1e21, true, false, null], 'k"ey': {}, '': [] },
])('%j', (value) => {
  expect(sizeOf(value)).toBe(written(value));
});

test('stops counting when it has enough', () => {
  const shared = Array.from({ length: 10_000 }, () => 'x'.repeat(1000));
  const doubled = Array.from({ length: 10_000 }, () => shared);
  expect(sizeOf(doubled, 100_000)).toBeGreaterThan(100_000);
  expect(sizeOf(shared, 20_000_000)).toBe(written(shared));
});

test('is what JSON writes, whatever the value', () => {
  const json = fc.jsonValue({ stringUnit: 'binary' });
  fc.assert(fc.property(json, (value) => sizeOf(value) === written(value)));
});
