import { describe, expect, test } from 'vitest';
import { startFixture } from '../support/index.js';

describe('2.5 errors', () => {
  test('S37: an inner catch-all before an outer exact match', async () => {
    const instance = await startFixture('step/error-search');
    instance.job('charge', { error: 'DECLINED' });
    expect(instance.waitingAt()).toEqual(['handled-inside']);
  });

  test('S38: an error handler that throws again is caught by the boundary of its parent', async () => {
    const instance = await startFixture('step/error-rethrown');
    instance.job('charge', { error: 'DECLINED' });
    expect(instance.waitingAt()).toEqual(['look']);
    instance.complete('look');
    expect(instance.waitingAt()).toEqual(['handled']);
    expect(instance.completed()).toContain('again');
  });

  test('S38: another handler of the scope does catch what a running one throws', async () => {
    const instance = await startFixture('step/error-in-non-interrupting-handler', { order: 1 });
    instance.message('check');
    instance.job('charge', { error: 'DECLINED' });
    expect(instance.waitingAt()).toEqual(['look']);
  });

  test('S39: uncaught at an error end: the instance stays active with one incident', async () => {
    const instance = await startFixture('step/error-uncaught');
    expect(instance.incidents()).toEqual(['UNCAUGHT_ERROR fail']);
    expect(instance.waitingAt()).toEqual(['beside', 'fail']);
    expect(instance.state.status).toBe('active');
  });

  test('S39: a retry throws again, and nothing else can be done with it', async () => {
    const instance = await startFixture('step/error-uncaught');
    instance.resolve();
    expect(instance.incidents()).toEqual(['UNCAUGHT_ERROR fail']);
    expect(instance.resolve({}, 'complete')).toMatchObject({ code: 'INCIDENT_WITHOUT_JOB' });
  });

  test('S40: a worker that fails for good is an incident, and no boundary token', async () => {
    const instance = await startFixture('step/technical-failure');
    instance.job('charge', { fail: 'unreachable' });
    expect(instance.incidents()).toEqual(['JOB_FAILED charge']);
    expect(instance.entered('failed')).toBe(0);
  });

  test('S41: payload, code, message and locals of the host feed the mapping', async () => {
    const instance = await startFixture('step/error-data', { total: 9 });
    instance.job('charge', { error: 'X1', message: 'no', variables: { r: 1, noise: 2 } });
    const mapped = { reason: 1, lost: 9, code: 'X1', text: 'no' };
    expect(instance.variables()).toEqual({ total: 9, ...mapped });
  });

  test('S41: without mapping the payload is written, and nothing else', async () => {
    const instance = await startFixture('step/error-data-unmapped', { r: 0 });
    instance.job('charge', { error: 'X1', message: 'no', variables: { r: 1 } });
    expect(instance.variables()).toEqual({ r: 1 });
  });

  test('S41: what a thrower does not map stays where it is', async () => {
    const instance = await startFixture('step/throws-keep-locals', { x: 100 });
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.variables()).toEqual({ x: 100 });
  });
});

describe('2.5 escalations', () => {
  test('S42: without catcher the next element runs and no incident exists', async () => {
    const instance = await startFixture('step/escalation-uncaught');
    expect(instance.waitingAt()).toEqual(['work']);
    expect(instance.incidents()).toEqual([]);
    instance.complete('work');
    expect(instance.told('escalationThrown')).toEqual(['tell', 'also']);
    expect(instance.state.status).toBe('completed');
  });

  test('S42: exactly one catcher, the exact one; the thrower goes on', async () => {
    const instance = await startFixture('step/escalation-boundary');
    instance.complete('first');
    expect(instance.waitingAt()).toEqual(['lead', 'second']);
  });

  test('S42: an interrupting catcher cancels its host with all in it', async () => {
    const instance = await startFixture('step/escalation-interrupting');
    expect(instance.waitingAt()).toEqual(['lead']);
    expect(instance.told('elementCancelled')).toEqual(['beside', 'tell', 'inside']);
  });

  test('S42: an escalation end ends its token, also where a handler interrupts its scope', async () => {
    const instance = await startFixture('step/escalation-end-interrupting');
    instance.complete('work');
    expect(instance.completed()).toEqual(['begin', 's', 'work', 'tell', 'on-late']);
    instance.complete('handle');
    expect(instance.state.status).toBe('completed');
  });
});
