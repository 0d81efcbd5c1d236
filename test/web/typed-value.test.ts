import { expect, test } from 'vitest';
import type { Json } from '../../engine/model/index.js';
import {
  type Typed,
  typedOf,
  typedValue,
} from '../../web/features/instances/set-variable/value.js';

const values: readonly Json[] = [
  '12',
  '',
  'true',
  12.5,
  -0.1,
  true,
  false,
  null,
  [1, 'a'],
  { a: null },
];

test.each(values)('%j comes back as it is, with its type', (value) => {
  expect(typedValue(typedOf(value))).toEqual(value);
});

const typed: readonly (readonly [Typed, Json | undefined])[] = [
  [{ type: 'text', text: '12' }, '12'],
  [{ type: 'number', text: ' 12 ' }, 12],
  [{ type: 'number', text: '12,5' }, undefined],
  [{ type: 'number', text: '"12"' }, undefined],
  [{ type: 'number', text: '' }, undefined],
  [{ type: 'boolean', text: 'false' }, false],
  [{ type: 'json', text: '{"a": [1]}' }, { a: [1] }],
  [{ type: 'json', text: '{a: 1}' }, undefined],
];

test.each(typed)('%j is %j', (text, value) => {
  expect(typedValue(text)).toEqual(value);
});
