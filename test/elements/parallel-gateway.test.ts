import { describe } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  ['puts a token on every flow out', 'valid-fork-join', {}, nothing, { waiting: ['a', 'b'] }],
  [
    'waits for a token on every flow in',
    'valid-fork-join',
    {},
    (instance) => instance.complete('a'),
    { waiting: ['b'], incidents: [] },
  ],
  [
    'fires once with one token of each',
    'valid-fork-join',
    {},
    (instance) => {
      instance.complete('b');
      instance.complete('a');
    },
    { waiting: ['after'], completed: ['begin', 'fork', 'b', 'a', 'join'] },
  ],
];

describe('parallelGateway', () => proveRows('elements/parallel-gateway', rows));
