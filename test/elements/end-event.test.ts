import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'consumes the token: the last one ends the instance',
    'valid-none',
    {},
    nothing,
    { status: 'completed', completed: ['begin', 'work', 'done'] },
  ],
  [
    'publishes its message before it ends',
    'valid-message',
    { order: 4 },
    nothing,
    (instance) => {
      expect(instance.emitted('publishMessage')).toMatchObject([
        { name: 'shipped', key: '4', messageId: '4', timeToLive: 'PT2H', variables: { parcel: 5 } },
      ]);
      expect(instance.state.status).toBe('completed');
    },
  ],
  [
    'has its message sent by a job',
    'valid-message-job',
    {},
    (instance) => instance.job('notify'),
    { status: 'completed', completed: ['begin', 'tell'] },
  ],
  [
    'broadcasts its signal, and nothing that it does not map',
    'valid-signal',
    { region: 'eu' },
    nothing,
    (instance) => {
      const signal = { name: 'stop', variables: {} };
      expect(instance.emitted('broadcastSignal')).toMatchObject([signal]);
      expect(instance.state.status).toBe('completed');
    },
  ],
  [
    'terminate ends all else in its scope',
    'valid-terminate',
    {},
    (instance) => instance.complete('work'),
    { status: 'completed', completed: ['begin', 'fork', 'work', 'kill'] },
  ],
  [
    'an error is caught outside with payload and code',
    'valid-error',
    { why: 'no funds' },
    nothing,
    { status: 'completed', variables: { told: 'no funds', code: 'DECLINED' } },
  ],
  [
    'an error that nobody catches is an incident',
    'valid-error-uncaught',
    {},
    nothing,
    { status: 'active', waiting: ['fail'], incidents: ['UNCAUGHT_ERROR fail'] },
  ],
  [
    'an escalation ends its token and leaves the others',
    'valid-escalation',
    {},
    nothing,
    { waiting: ['lead', 'work'] },
  ],
];

describe('endEvent', () => proveRows('elements/end-event', rows));
