import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'waits for its message and maps its payload',
    'valid-message',
    { order: 1 },
    (instance) => instance.message('paid', { amount: 5, noise: 1 }, '1'),
    { status: 'completed', variables: { order: 1, sum: 5 } },
  ],
  [
    'waits for its signal and writes its payload',
    'valid-signal',
    {},
    (instance) => instance.signal('stop', { why: 'storm' }),
    { status: 'completed', variables: { why: 'storm' } },
  ],
  [
    'waits for a duration from its entry',
    'valid-timer',
    { delay: 'PT30M' },
    (instance) => expect(instance.timer('await').series.dueAt).toBe('2026-03-02T09:30:00.000Z'),
    { waiting: ['await'] },
  ],
  [
    'goes on when due',
    'valid-timer',
    { delay: 'PT30M' },
    (it) => it.fire('await'),
    {
      status: 'completed',
    },
  ],
  [
    'waits for a date',
    'valid-date',
    { on: '2026-03-05T12:00:00Z' },
    (instance) => instance.fire('await'),
    (instance) => expect(instance.now).toBe('2026-03-05T12:00:00.000Z'),
  ],
  [
    'parks when its timer is none',
    'valid-timer',
    { delay: 'soon' },
    nothing,
    { incidents: ['TIMER_INVALID await'] },
  ],
  [
    'passes on at a link',
    'valid-link',
    {},
    nothing,
    {
      waiting: ['work'],
      completed: ['begin', 'jump', 'land'],
    },
  ],
];

describe('intermediateCatchEvent', () => proveRows('elements/intermediate-catch-event', rows));
