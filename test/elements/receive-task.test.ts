import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'opens its subscription by name and key',
    'valid-message',
    { order: 42 },
    nothing,
    (instance) =>
      expect(instance.emitted('openSubscription')).toMatchObject([
        { of: 'message', name: 'paid', key: '42', elementId: 'await' },
      ]),
  ],
  [
    'goes on with the payload of its message',
    'valid-message',
    { order: 42 },
    (instance) => instance.message('paid', { amount: 9, noise: 1 }),
    { status: 'completed', variables: { order: 42, sum: 9 } },
  ],
  [
    'parks when its key is unknown',
    'valid-message',
    {},
    nothing,
    { incidents: ['CORRELATION_KEY await'] },
  ],
  [
    'is interrupted by its boundary event',
    'valid-boundary',
    { order: 42 },
    (instance) => instance.fire('late'),
    { status: 'completed', completed: ['begin', 'late', 'given-up'] },
  ],
];

describe('receiveTask', () => proveRows('elements/receive-task', rows));
