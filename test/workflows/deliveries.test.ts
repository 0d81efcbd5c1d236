import { expect, test } from 'vitest';
import {
  deliveredBefore,
  deliveryOf,
  eventOf,
  remember,
  repeatedAnswer,
} from '../../workflows/instance/deliveries.js';
import type { Host } from '../../workflows/instance/host.js';

const hostWith = (delivered: Host['delivered']): Host => ({ delivered }) as Host;
const signal = (broadcastId: string) =>
  ({ kind: 'signalReceived', subscriptionIds: ['s'], variables: {}, broadcastId }) as const;

test('a repetition in a later run is answered as the first time, also by a refusal', () => {
  const host = hostWith(deliveredBefore({}));
  remember(host, 'm1 s1', null);
  const answer = { ok: false, code: 'EVENT_NOT_AWAITED', message: '', waitingAt: [] };
  remember(host, 'm2 s1', answer);
  const carried = JSON.parse(JSON.stringify(Object.fromEntries(host.delivered)));
  const later = hostWith(deliveredBefore(carried));
  expect(repeatedAnswer(later, 'm1 s1')).toMatchObject({ ok: true, code: null });
  expect(repeatedAnswer(later, 'm2 s1')).toMatchObject({ ok: false, code: 'EVENT_NOT_AWAITED' });
  expect(repeatedAnswer(later, 'm3 s1')).toBeNull();
});

test('what runs before carried as names alone was taken', () => {
  const host = hostWith(deliveredBefore(['m1 s1']));
  expect(repeatedAnswer(host, 'm1 s1')).toMatchObject({ ok: true });
});

test('a signal is known by its broadcast, of which the core hears nothing', () => {
  const { broadcastId: _, ...older } = signal('b1');
  expect(deliveryOf(signal('b1'))).not.toBe(deliveryOf(signal('b2')));
  expect(deliveryOf(older)).toBeNull();
  expect(eventOf(signal('b1'))).toEqual(older);
});

test('256 deliveries are remembered, the latest', () => {
  const host = hostWith(deliveredBefore({}));
  for (let index = 0; index < 257; index += 1) remember(host, `m${index} s`, null);
  expect(host.delivered.size).toBe(256);
  expect(repeatedAnswer(host, 'm0 s')).toBeNull();
  expect(repeatedAnswer(host, 'm256 s')).not.toBeNull();
});
