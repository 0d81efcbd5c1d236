import { describe } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'is recorded and completes at once, with its outputs',
    'valid-passes',
    {},
    nothing,
    {
      status: 'completed',
      completed: ['begin', 'carry', 'done'],
      variables: { carried: true },
    },
  ],
];

describe('manualTask', () => proveRows('elements/manual-task', rows));
