import { describe } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const gold = { plan: 'gold', seats: 80 };
const free = { plan: 'free', seats: 3 };

const rows: readonly Row[] = [
  ['takes the first flow that holds', 'valid-two-conditions', gold, nothing, { waiting: ['gold'] }],
  [
    'takes the default flow when none holds',
    'valid-default',
    free,
    nothing,
    { waiting: ['other'] },
  ],
  [
    'passes every token on as a merge',
    'valid-merge',
    free,
    nothing,
    { waiting: ['after', 'after'] },
  ],
  [
    'parks when none holds',
    'valid-two-conditions',
    free,
    nothing,
    { waiting: ['plan'], incidents: ['NO_FLOW_SELECTED plan'] },
  ],
  [
    'parks on an unknown variable',
    'valid-two-conditions',
    {},
    nothing,
    { incidents: ['CONDITION_NOT_BOOLEAN plan'] },
  ],
  [
    'parks on a number',
    'valid-number-condition',
    gold,
    nothing,
    { incidents: ['CONDITION_NOT_BOOLEAN plan'] },
  ],
];

describe('exclusiveGateway', () => proveRows('elements/exclusive-gateway', rows));
