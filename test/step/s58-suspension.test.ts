import { describe, expect, test } from 'vitest';
import type { JournalKind } from '../../engine/model/index.js';
import { compileFixture, Driver, startFixture } from '../support/index.js';

const order = { order: 'o1' };

describe('2.6 S58 suspension', () => {
  test('10 minutes left, shifted after a day: fires 10 minutes later', async () => {
    const instance = await startFixture('step/suspended', order);
    instance.wait(50).suspend();
    instance.wait(24 * 60).resume('shift');
    expect(instance.timer('late').series.dueAt).toBe('2026-03-03T10:00:00.000Z');
    instance.fire('late');
    expect(instance.completed()).toContain('late-end');
  });

  // [minutes until suspended, until its timer is armed again, until resumed, until suspended anew or 0, then due at]
  test.each([
    [10, 20, 30, 0, '2026-03-02T11:00:00.000Z', 'by its part of the suspension'],
    [10, 0, 30, 0, '2026-03-02T10:40:00.000Z', 'by all of one that began in that minute'],
    [0, 30, 0, 0, '2026-03-02T10:30:00.000Z', 'not at all when resumed in that minute'],
    [10, 20, 30, 5, '2026-03-02T12:05:00.000Z', 'by all of a later suspension'],
  ] as const)(
    'a timer armed while suspended (%i, %i, %i, %i) moves to %s: %s',
    async (running, still, rest, again, dueAt, _how) => {
      const instance = await startFixture('step/suspended', order);
      const { id: effectId, ownerId: elementInstanceId } = instance.timer('late');
      const failure = { code: 'TIMER_FAR', message: 'too far away' };
      instance.send({ kind: 'effectFailed', effectId, elementInstanceId, ...failure });
      instance.wait(running).suspend();
      instance.wait(still).resolve({});
      instance.wait(rest).resume('shift');
      if (again > 0) {
        instance.suspend();
        instance.wait(60 + again).resume('shift');
      }
      expect(instance.timer('late').series.dueAt).toBe(dueAt);
    },
  );

  test('each timer moves by the time that it stood still itself', async () => {
    const instance = await startFixture('step/mi-ten-with-timer');
    const { id: effectId, ownerId: elementInstanceId } = instance.timer('nudge');
    const failure = { code: 'TIMER_FAR', message: 'too far away' };
    instance.send({ kind: 'effectFailed', effectId, elementInstanceId, ...failure });
    instance.suspend();
    instance.wait(20).resolve({});
    instance.wait(30).resume('shift');
    expect(instance.timer('late').series.dueAt).toBe('2026-03-02T10:50:00.000Z');
    expect(instance.timer('nudge').series.dueAt).toBe('2026-03-02T10:00:00.000Z');
    expect(instance.emitted('startTimer').slice(-2)).toMatchObject([
      { id: instance.timer('late').id },
      { id: instance.timer('nudge').id },
    ]);
  });

  test('no timer fires meanwhile; kept due times fire on resuming', async () => {
    const instance = await startFixture('step/suspended', order);
    instance.suspend();
    instance.fire('late');
    expect(instance.waitingAt()).toEqual(['work']);
    instance.wait(60).resume('keep');
    expect(instance.state.status).toBe('completed');
    expect(instance.told('timerFired')).toEqual(['late']);
  });

  test('a timer that came due meanwhile waits again when it is shifted', async () => {
    const instance = await startFixture('step/suspended', order);
    instance.wait(30).suspend();
    instance.fire('late');
    instance.resume('shift');
    expect(instance.waitingAt()).toEqual(['work']);
    expect(instance.timer('late').series.dueAt).toBe('2026-03-02T10:30:00.000Z');
  });

  test('one that fired before it was shifted changes nothing, and comes when it is due', async () => {
    const instance = await startFixture('step/suspended', order);
    const { id: timerId } = instance.timer('late');
    instance.wait(59).suspend();
    instance.wait(50).resume('shift');
    instance.send({ kind: 'timerFired', timerId });
    expect(instance.told('eventNotAwaited')).toHaveLength(1);
    expect(instance.waitingAt()).toEqual(['work']);
    expect(instance.emitted('startTimer').at(-1)).toMatchObject({
      id: timerId,
      dueAt: '2026-03-02T10:50:00.000Z',
    });
    instance.fire('late');
    expect(instance.completed()).toContain('late-end');
  });

  test('messages are turned away and wanted again on resuming', async () => {
    const instance = await startFixture('step/suspended', order);
    const [before] = instance.subscriptions('word');
    instance.suspend();
    instance.message('word');
    instance.message('word');
    expect(instance.told('messagePostponed')).toEqual(['heard']);
    expect(instance.emitted('startJob')).toEqual([]);
    instance.set({ order: 'o2' });
    instance.resume();
    const [after] = instance.subscriptions('word');
    expect(instance.emitted('openSubscription')).toHaveLength(2);
    expect(instance.emitted('openSubscription').at(-1)).toMatchObject({
      id: after?.id,
      replaces: before?.id,
      key: 'o1',
    });
    instance.message('word');
    expect(instance.emitted('startJob')).toMatchObject([{ type: 'mail' }]);
  });

  test('a message that came before a timer that was kept is not lost with what waited for it', async () => {
    const instance = await startFixture('step/suspended-receivers', order);
    instance.suspend();
    instance.fire('late');
    instance.message('word');
    instance.wait(60).resume('keep');
    expect(instance.told('messageReceived')).toEqual([]);
    expect(instance.waitingAt()).toEqual(['second']);
    instance.message('word');
    expect(instance.completed()).toContain('late-done');
  });

  test('what is wanted again only to be given up leaves nothing at the correlator', async () => {
    const instance = await startFixture('step/suspended-receivers', order);
    const [first] = instance.subscriptions('word');
    instance.suspend();
    instance.message('word');
    instance.fire('late');
    instance.wait(60).resume('keep');
    const [renewed] = instance.emitted('openSubscription').filter(({ replaces }) => replaces);
    const closed = instance.emitted('closeSubscription').map(({ id }) => id);
    expect(closed).toEqual([renewed?.id, first?.id]);
  });

  test('tasks are refused with the reason', async () => {
    const instance = await startFixture('step/suspended', order);
    expect(instance.suspend()).toMatchObject({ ok: true });
    expect(instance.complete('work')).toMatchObject({ ok: false, code: 'INSTANCE_SUSPENDED' });
    expect(instance.suspend()).toMatchObject({ ok: false, code: 'INSTANCE_SUSPENDED' });
    instance.resume();
    expect(instance.resume()).toMatchObject({ ok: false, code: 'INSTANCE_NOT_SUSPENDED' });
  });

  test('S03: each kept event is taken to rest before the next', async () => {
    const instance = await startFixture('step/suspended-in-order', order);
    instance.suspend();
    instance.job('first');
    instance.signal('halt-all');
    instance.resume();
    expect(instance.emitted('publishMessage')).toHaveLength(1);
    expect(instance.told('taskCancelled')).toEqual(['work']);
    expect(instance.waitingAt()).toEqual(['halt']);
  });

  test('a host is not told to go on while nothing may', async () => {
    const instance = await startFixture('step/suspended-join', { x: 1 });
    instance.suspend();
    const { hasMore } = instance.send({
      kind: 'resolveIncident',
      incidentId: Object.keys(instance.state.incidents)[0] ?? '',
      variables: { c: 1 },
      how: 'retry',
      requestId: null,
      actor: null,
    });
    expect(hasMore).toBe(false);
    expect(instance.waitingAt()).toEqual(['a', 'b', 'c']);
    instance.resume();
    expect(instance.waitingAt()).toEqual(['a', 'b']);
    expect(instance.value('d')).toBe(1);
  });

  test('who asked for a move is told of it, even when another lets it be made', async () => {
    const instance = await startFixture('step/suspended-join', { x: 1 });
    instance.suspend();
    instance.send({
      kind: 'resolveIncident',
      incidentId: Object.keys(instance.state.incidents)[0] ?? '',
      variables: { c: 1 },
      how: 'retry',
      requestId: null,
      actor: 'ana',
    });
    instance.resume();
    const actorOf = (kind: JournalKind, elementId: string | null = null) =>
      instance.entries.find(
        (one) => one.kind === kind && (elementId ?? one.elementId) === one.elementId,
      )?.actor;
    expect(actorOf('instanceResumed')).toBe('cory');
    expect(actorOf('flowTaken', 'c-to-join')).toBe('ana');
    expect(actorOf('tokenWaiting', 'join')).toBe('ana');
  });

  test('cancelling it takes the end of a called instance that came meanwhile', async () => {
    const instance = await startFixture('step/suspended-call');
    const [child = ''] = instance.children();
    instance.suspend();
    instance.childEnded(child);
    expect(instance.state.status).toBe('active');
    instance.cancel();
    expect(instance.state.status).toBe('cancelled');
  });

  test('cancelling one that never started ends it, and says so', async () => {
    const { process } = await compileFixture('step/suspended-call');
    const instance = new Driver(process);
    instance.cancel();
    expect(instance.told('instanceCancelled')).toHaveLength(1);
    expect(instance.emitted('endInstance')).toMatchObject([{ status: 'cancelled', variables: {} }]);
  });
});
