import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'none: passes and is recorded',
    'valid-none',
    {},
    nothing,
    {
      completed: ['begin', 'milestone', 'done'],
      variables: { reached: true },
    },
  ],
  [
    'message: publishes and passes',
    'valid-message',
    { order: 'o1' },
    nothing,
    (instance) =>
      expect(instance.emitted('publishMessage')).toMatchObject([
        { name: 'paid', key: 'o1', messageId: 'o1', timeToLive: 'PT1M' },
      ]),
  ],
  [
    'message: is a job where it has a type',
    'valid-message-job',
    {},
    (it) => it.job('notify'),
    {
      status: 'completed',
    },
  ],
  [
    'signal: broadcasts its inputs alone',
    'valid-signal',
    { reason: 'storm' },
    nothing,
    (instance) =>
      expect(instance.emitted('broadcastSignal')).toMatchObject([
        { name: 'stop', variables: { why: 'storm' } },
      ]),
  ],
  [
    'escalation: goes on where nobody catches it',
    'valid-escalation',
    {},
    nothing,
    {
      status: 'completed',
      incidents: [],
    },
  ],
];

describe('intermediateThrowEvent', () => proveRows('elements/intermediate-throw-event', rows));
