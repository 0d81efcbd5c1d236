import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'publishes its message with its inputs and goes on',
    'valid-publish',
    { order: 'o1', total: 9, ttl: 'PT0S' },
    nothing,
    (instance) => {
      expect(instance.emitted('publishMessage')).toMatchObject([
        {
          name: 'paid',
          key: 'o1',
          messageId: null,
          timeToLive: 'PT0S',
          variables: { amount: 9 },
        },
      ]);
      expect(instance.state.status).toBe('completed');
    },
  ],
  [
    'parks when its key is neither text nor number',
    'valid-publish',
    { order: true, total: 9, ttl: 'PT0S' },
    nothing,
    { waiting: ['tell'], incidents: ['CORRELATION_KEY tell'] },
  ],
  [
    'parks when a calendar would have to say how long its message lives',
    'valid-publish',
    { order: 'o1', total: 9, ttl: 'P1M' },
    nothing,
    { waiting: ['tell'], incidents: ['TIME_TO_LIVE tell'] },
  ],
  [
    'is a job where it has a type',
    'valid-job',
    {},
    (instance) => instance.job('send-mail'),
    { status: 'completed' },
  ],
];

describe('sendTask', () => proveRows('elements/send-task', rows));
