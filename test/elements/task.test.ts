import { describe } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'is recorded and completes at once, with its outputs',
    'valid-passes',
    { n: 1 },
    nothing,
    { status: 'completed', completed: ['begin', 'note', 'done'], variables: { n: 1, noted: 2 } },
  ],
  [
    'parks where an output has no value',
    'valid-passes',
    {},
    nothing,
    { waiting: ['note'], incidents: ['IO_MAPPING_ERROR note'] },
  ],
  [
    'takes every flow that holds or has no condition',
    'valid-conditional-flows',
    { n: 2 },
    nothing,
    { waiting: ['a', 'b'] },
  ],
  [
    'leaves its default flow where another is taken',
    'valid-conditional-flows',
    { n: 0 },
    nothing,
    { waiting: ['b'] },
  ],
];

describe('task', () => proveRows('elements/task', rows));
