import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const order = { order: 'o1' };

const rows: readonly Row[] = [
  [
    'is armed with its host',
    'valid-timer',
    {},
    nothing,
    (instance) => expect(instance.told('timerArmed')).toEqual(['late', 'remind']),
  ],
  [
    'is closed with its host',
    'valid-timer',
    {},
    (it) => it.complete('work'),
    {
      status: 'completed',
      completed: ['begin', 'work', 'done'],
    },
  ],
  ['timer: interrupts', 'valid-timer', {}, (it) => it.fire('late'), { waiting: ['escalate'] }],
  [
    'timer: reminds as often as it says, and the host stays',
    'valid-timer',
    {},
    (instance) => {
      instance.fire('remind');
      instance.fire('remind');
      expect(() => instance.fire('remind')).toThrow();
    },
    {
      waiting: ['work'],
      completed: ['begin', 'remind', 'note', 'noted', 'remind', 'note', 'noted'],
    },
  ],
  [
    'message: interrupts and maps payload and locals of its host',
    'valid-message',
    order,
    (instance) => instance.message('stop', { reason: 'storm' }),
    { status: 'completed', variables: { ...order, why: 'storm', was: 'o1' } },
  ],
  [
    'message: adds a token for each that comes',
    'valid-message',
    order,
    (instance) => {
      instance.message('ping');
      instance.message('ping');
    },
    { waiting: ['work'], completed: ['begin', 'pinged', 'end-pinged', 'pinged', 'end-pinged'] },
  ],
  [
    'signal: interrupts',
    'valid-signal',
    {},
    (it) => it.signal('stop'),
    {
      completed: ['begin', 'stopped', 'end-stopped'],
    },
  ],
  ['signal: adds a token', 'valid-signal', {}, (it) => it.signal('ping'), { waiting: ['work'] }],
  [
    'error: the exact code before the catch-all',
    'valid-error',
    {},
    (instance) => instance.job('charge', { error: 'DECLINED' }),
    { completed: ['begin', 'exact', 'end-exact'] },
  ],
  [
    'error: the catch-all for any other',
    'valid-error',
    {},
    (instance) => instance.job('charge', { error: 'OTHER' }),
    { completed: ['begin', 'any', 'end-any'] },
  ],
  [
    'escalation: non-interrupting leaves the thrower, interrupting ends it',
    'valid-escalation',
    {},
    (instance) => instance.complete('first'),
    { waiting: ['lead', 'search'] },
  ],
];

describe('boundaryEvent', () => proveRows('elements/boundary-event', rows));
