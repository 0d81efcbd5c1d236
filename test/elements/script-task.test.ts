import { describe } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'writes the value of its expression',
    'valid-expression',
    { n: 4 },
    nothing,
    { status: 'completed', variables: { n: 4, twice: 8 } },
  ],
  [
    'reads inputs, and lets only mapped targets leave',
    'valid-mapped',
    { count: 4 },
    nothing,
    { status: 'completed', variables: { count: 4, answer: 8 } },
  ],
  [
    'parks where a variable is unknown, and goes on when it is set',
    'valid-expression',
    {},
    (instance) => instance.resolve({ n: 1 }),
    { status: 'completed', variables: { n: 1, twice: 2 }, incidents: [] },
  ],
  [
    'parks where a variable is unknown',
    'valid-expression',
    {},
    nothing,
    { waiting: ['double'], incidents: ['EXPRESSION_FAILED double'] },
  ],
  [
    'is a job where it has a type',
    'valid-job',
    {},
    (instance) => instance.job('python', { complete: { x: 1 } }),
    { status: 'completed', variables: { x: 1 } },
  ],
];

describe('scriptTask', () => proveRows('elements/script-task', rows));
