import { describe, expect } from 'vitest';
import { nothing, proveRows, type Row } from '../support/index.js';

const order = { order: 'o1' };

const rows: readonly Row[] = [
  [
    'is armed before the first token of its scope moves',
    'valid-message',
    order,
    nothing,
    (instance) => {
      const kinds = instance.entries.map(({ kind, elementId }) => `${kind} ${elementId}`);
      expect(kinds.indexOf('subscriptionOpened stopped')).toBeLessThan(
        kinds.indexOf('elementEntered begin'),
      );
    },
  ],
  [
    'non-interrupting: one instance for each message, with data of its own',
    'valid-message',
    order,
    (instance) => {
      instance.message('change', { what: 1 });
      instance.message('change', { what: 2 });
    },
    { waiting: ['handle', 'handle', 'work'] },
  ],
  [
    'interrupting: ends all else, then its scope completes',
    'valid-message',
    order,
    (instance) => {
      instance.message('change', { what: 1 });
      instance.message('stop');
      expect(instance.waitingAt()).toEqual(['halt']);
      instance.complete('halt');
    },
    { status: 'completed' },
  ],
  [
    'timer: a cycle starts one at each round, a duration interrupts',
    'valid-timer',
    {},
    (instance) => {
      for (let round = 0; round < 3; round += 1) instance.fire('tick');
      expect(instance.entered('note')).toBe(3);
      instance.fire('due');
    },
    { waiting: ['chase'] },
  ],
  [
    'signal: interrupts',
    'valid-signal',
    {},
    (it) => it.signal('outage'),
    { waiting: ['wait-for-it'] },
  ],
  [
    'error: takes that of the scope around it',
    'valid-error',
    {},
    (instance) => instance.job('charge', { error: 'DECLINED' }),
    { waiting: ['handle'], variables: { told: 'DECLINED' } },
  ],
  [
    'escalation: the thrower goes on',
    'valid-escalation',
    {},
    nothing,
    { waiting: ['lead', 'work'], variables: { told: 'LATE' } },
  ],
];

describe('eventSubProcess', () => proveRows('elements/event-sub-process', rows));
