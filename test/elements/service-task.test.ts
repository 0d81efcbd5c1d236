import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const total = { kind: 'charge-card', total: 80 };

const rows: readonly Row[] = [
  [
    'starts a job with type, retries, headers and all that it sees',
    'valid-job',
    total,
    nothing,
    (instance) =>
      expect(instance.emitted('startJob')).toMatchObject([
        {
          elementId: 'charge',
          type: 'charge-card',
          retries: 5,
          headers: { 'jornada:taskQueue': 'payments' },
          variables: { ...total, amount: 80 },
        },
      ]),
  ],
  [
    'lets only mapped targets leave',
    'valid-job',
    total,
    (instance) => instance.job('charge-card', { complete: { receipt: 'r1', noise: 1 } }),
    { status: 'completed', variables: { ...total, receipt: 'r1' } },
  ],
  [
    'without outputs writes all results',
    'valid-plain',
    {},
    (instance) => instance.job('charge', { complete: { receipt: 'r1', noise: 1 } }),
    { status: 'completed', variables: { receipt: 'r1', noise: 1 } },
  ],
  [
    'three attempts when the model does not say',
    'valid-plain',
    {},
    nothing,
    (instance) => expect(instance.emitted('startJob')).toMatchObject([{ retries: 3 }]),
  ],
  [
    'parks when its job failed for good',
    'valid-boundary',
    {},
    (instance) => instance.job('charge', { fail: 'unreachable' }),
    { waiting: ['charge'], incidents: ['JOB_FAILED charge'] },
  ],
  [
    'throws the error of its worker',
    'valid-boundary',
    {},
    (instance) =>
      instance.job('charge', { error: 'DECLINED', message: 'no', variables: { reason: 'limit' } }),
    { completed: ['begin', 'no-money', 'unpaid'], variables: { told: 'limit', said: 'no' } },
  ],
  [
    'parks when its type is no text',
    'valid-job',
    { kind: 7, total: 1 },
    nothing,
    {
      incidents: ['EXPRESSION_FAILED charge'],
    },
  ],
  [
    'parks when an input has no value',
    'valid-job',
    { kind: 'x' },
    nothing,
    {
      incidents: ['IO_MAPPING_ERROR charge'],
    },
  ],
];

describe('serviceTask', () => proveRows('elements/service-task', rows));
