/** When an early decision is void: its event is then decided as ever. */
import { expect, test } from 'vitest';
import type { Decision } from '../../contracts/decision.js';
import { takeEarly } from '../../workflows/instance/early.js';
import type { Host, Queued } from '../../workflows/instance/host.js';

const IDLE = {
  stateKey: 'k',
  queue: [],
  localJobs: [],
  hasMore: false,
  flushDue: false,
  isDeciding: false,
  parked: false,
  ended: null,
} as unknown as Host;

const queued = { event: { kind: 'cancel' }, listeners: [] } as unknown as Queued;
const decision = { kind: 'decided', lastAt: '2026-03-02T12:00:00.000Z' } as Decision;

const VOID: readonly [why: string, host: Partial<Host>][] = [
  ['the state is another one', { stateKey: 'l' }],
  ['the worker has no state of the instance', { stateKey: null }],
  ['something came before it', { queue: [queued] }],
  ['something is being decided', { isDeciding: true }],
  ['moves are left over', { hasMore: true }],
  ['the journal is to be offered first', { flushDue: true }],
  ['local jobs are left over', { localJobs: [{} as Host['localJobs'][number]] }],
  ['the instance is parked', { parked: true }],
  ['the instance has ended', { ended: { status: 'completed', variables: {} } }],
];

test.each(VOID)('void when %s', (_why, host) => {
  const before = JSON.stringify({ ...IDLE, ...host });
  const instance: Host = { ...IDLE, ...host };
  expect(takeEarly(instance, 'k', decision)).toBe(false);
  expect(JSON.stringify(instance)).toBe(before);
});
