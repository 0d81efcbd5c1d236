import { describe } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'S18: a fork whose two branches enter one task runs it twice',
    'uncontrolled-merge',
    {},
    nothing,
    { waiting: ['work', 'work'] },
  ],
  [
    'S19: conditions false and false plus default: only the default is taken',
    'conditional-flows',
    { x: false, y: false },
    nothing,
    { waiting: ['c'] },
  ],
  [
    'S19: every true flow, and not the default',
    'conditional-flows',
    { x: true, y: true },
    nothing,
    { waiting: ['a', 'b'] },
  ],
  [
    'S22: x = 5 with x > 1 before x > 3 takes the first flow only',
    'exclusive-order',
    { x: 5 },
    nothing,
    { waiting: ['one'] },
  ],
  [
    'S22: the default flow when none is true',
    'exclusive-order',
    { x: 0 },
    nothing,
    { waiting: ['other'] },
  ],
  [
    'S23: an AND split into an XOR merge runs what follows twice',
    'exclusive-merge',
    {},
    nothing,
    { waiting: ['after', 'after'] },
  ],
  [
    'S24: x unset is an incident',
    'no-flow',
    {},
    nothing,
    {
      waiting: ['split'],
      incidents: ['CONDITION_NOT_BOOLEAN split'],
    },
  ],
  [
    'S24: set and retried, the flow is taken',
    'no-flow',
    {},
    (instance) => instance.resolve({ x: 2 }),
    { waiting: ['b'], incidents: [] },
  ],
  [
    'S24: a retry that still finds no flow opens a new incident',
    'no-flow',
    { x: 3 },
    (instance) => instance.resolve(),
    { waiting: ['split'], incidents: ['NO_FLOW_SELECTED split'] },
  ],
  [
    'S24: a condition that is neither true nor false',
    'conditional-flows',
    { x: 1, y: false },
    nothing,
    { incidents: ['CONDITION_NOT_BOOLEAN decide'] },
  ],
  [
    'S25: conditions true, true, false give two tokens',
    'inclusive-split',
    { x: true, y: true, z: false },
    nothing,
    { waiting: ['a', 'b'] },
  ],
  [
    'S25: the default only if none is true',
    'inclusive-split',
    { x: false, y: false, z: false },
    nothing,
    { waiting: ['d'] },
  ],
];

describe('2.3 flows', () => proveRows('step', rows));
