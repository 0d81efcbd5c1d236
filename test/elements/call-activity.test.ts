import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const given = { target: 'billing', total: 9, secret: 1 };
const end =
  (variables = {}) =>
  (instance: Parameters<Row[3]>[0]) =>
    instance.childEnded(instance.children()[0] ?? '', variables);

const rows: readonly Row[] = [
  [
    'starts the called process with all that it sees',
    'valid-all',
    given,
    nothing,
    (instance) =>
      expect(instance.emitted('startChild')).toMatchObject([
        { processId: 'billing', binding: 'latest', versionTag: null, variables: given },
      ]),
  ],
  [
    'writes all variables of the called process',
    'valid-all',
    {},
    end({ receipt: 'r1', x: 1 }),
    { status: 'completed', variables: { receipt: 'r1', x: 1 } },
  ],
  [
    'passes mapped variables alone, by a computed name and a version tag',
    'valid-mapped',
    given,
    nothing,
    (instance) =>
      expect(instance.emitted('startChild')).toEqual([
        expect.objectContaining({
          processId: 'billing',
          binding: 'versionTag',
          versionTag: 'v2',
          variables: { amount: 9 },
        }),
      ]),
  ],
  [
    'lets only mapped targets leave',
    'valid-mapped',
    given,
    end({ receipt: 'r1', x: 1 }),
    { variables: { ...given, paid: 'r1' } },
  ],
  [
    'may let nothing leave',
    'valid-nothing-out',
    {},
    end({ x: 1 }),
    {
      status: 'completed',
      variables: {},
    },
  ],
  [
    'parks when the name is none',
    'valid-mapped',
    { ...given, target: 7 },
    nothing,
    { incidents: ['CALL_TARGET bill'] },
  ],
];

describe('callActivity', () => proveRows('elements/call-activity', rows));
