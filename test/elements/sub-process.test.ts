import { describe } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  ['begins at its start event', 'valid-embedded', { n: 1 }, nothing, { waiting: ['work'] }],
  [
    'has variables of its own, of which mapped ones leave',
    'valid-embedded',
    { n: 1 },
    (instance) => instance.complete('work', { x: 5 }),
    { status: 'completed', variables: { n: 1, result: 6 } },
  ],
  ['begins at every node without flow in', 'valid-implicit', {}, nothing, { waiting: ['a', 'b'] }],
  [
    'completes when nothing in it is left',
    'valid-implicit',
    {},
    (instance) => {
      instance.complete('a');
      instance.complete('b');
    },
    { status: 'completed', completed: ['begin', 'a', 'b', 'inside', 'done'] },
  ],
];

describe('subProcess', () => proveRows('elements/sub-process', rows));
