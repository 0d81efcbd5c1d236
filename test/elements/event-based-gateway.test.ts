import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const order = { order: 'o1' };

const rows: readonly Row[] = [
  [
    'arms all arms and waits',
    'valid-arms',
    order,
    nothing,
    (instance) => {
      expect(instance.waitingAt()).toEqual(['wait']);
      expect(instance.told('subscriptionOpened')).toEqual(['paid-in', 'stopped']);
      expect(instance.told('timerArmed')).toEqual(['late']);
    },
  ],
  [
    'takes the arm of the message and closes the others',
    'valid-arms',
    order,
    (instance) => instance.message('paid', { amount: 5 }),
    (instance) => {
      expect(instance.waitingAt()).toEqual(['ship']);
      expect(instance.value('sum')).toBe(5);
      expect(instance.told('timerCancelled')).toEqual(['late']);
      expect(instance.told('subscriptionClosed')).toEqual(['stopped']);
    },
  ],
  [
    'takes the arm of the signal',
    'valid-arms',
    order,
    (it) => it.signal('stop'),
    { waiting: ['halt'] },
  ],
  [
    'takes the arm of the timer',
    'valid-arms',
    order,
    (it) => it.fire('late'),
    { waiting: ['remind'] },
  ],
  [
    'has receive tasks as arms',
    'valid-receive',
    order,
    (instance) => instance.message('paid', { amount: 5 }),
    { waiting: ['ship'], variables: { ...order, sum: 5 } },
  ],
  [
    'arms nothing when one arm cannot be armed',
    'valid-arms',
    {},
    nothing,
    (instance) => {
      expect(instance.incidents()).toEqual(['CORRELATION_KEY wait']);
      expect(instance.state.subscriptions).toEqual({});
    },
  ],
];

describe('eventBasedGateway', () => proveRows('elements/event-based-gateway', rows));
