import { describe, expect, test } from 'vitest';
import { createPlay } from '../../engine/play/index.js';
import { compileFixture, Driver, startFixture } from '../support/index.js';

describe('2.2 instantiation', () => {
  test('S08: message starts A and B, A then B without keys, make two instances', async () => {
    const { processes } = await compileFixture('step/two-message-starts');
    const play = createPlay({ processes, now: '2026-03-02T09:00:00.000Z' });
    for (const name of ['a', 'b']) {
      play.publish({ name, key: '', messageId: null, timeToLive: 'PT0S', variables: {} });
    }
    const tasks = [...play.instances.values()].map(({ state }) =>
      Object.values(state.tasks).map(({ elementId }) => elementId),
    );
    expect(tasks).toEqual([['work-a'], ['work-b']]);
  });

  test('S09: two none starts must be named, and only that path runs', async () => {
    const { process } = await compileFixture('step/two-none-starts');
    const unnamed = new Driver(process).send({
      kind: 'start',
      elementId: null,
      variables: {},
      requestId: null,
      actor: null,
    });
    expect(unnamed.answer).toMatchObject({ ok: false, code: 'START_AMBIGUOUS' });
    expect(unnamed.answer?.message).toContain('left, right');
    const instance = await startFixture('step/two-none-starts', {}, 'right');
    expect(instance.waitingAt()).toEqual(['b']);
  });

  test('S10, S11: two unconnected tasks without events are both active, and end implicitly', async () => {
    const instance = await startFixture('step/implicit-start');
    expect(instance.waitingAt()).toEqual(['a', 'b']);
    instance.complete('a');
    expect(instance.state.status).toBe('active');
    instance.complete('b');
    expect(instance.state.status).toBe('completed');
  });

  test('S17: a sub-process begins at its one none start event', async () => {
    const instance = await startFixture('elements/sub-process/valid-embedded', { n: 1 });
    expect(instance.completed()).toEqual(['begin', 's']);
  });
});
