import { describe } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const both = { a: true, b: true };

const rows: readonly Row[] = [
  ['takes every flow that holds', 'valid-split-join', both, nothing, { waiting: ['a', 'b'] }],
  [
    'takes the default flow only when none holds',
    'valid-split-join',
    { a: false, b: false },
    nothing,
    { waiting: ['c'] },
  ],
  [
    'waits as a merge for every token that can arrive',
    'valid-split-join',
    both,
    (instance) => instance.complete('a'),
    { waiting: ['b'] },
  ],
  [
    'fires as a merge when none can arrive any more',
    'valid-split-join',
    { a: true, b: false },
    (instance) => instance.complete('a'),
    { waiting: ['after'] },
  ],
  [
    'parks on an unknown variable',
    'valid-split-join',
    { a: true },
    nothing,
    { incidents: ['CONDITION_NOT_BOOLEAN split'] },
  ],
];

describe('inclusiveGateway', () => proveRows('elements/inclusive-gateway', rows));
