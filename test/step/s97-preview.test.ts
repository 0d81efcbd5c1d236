/** What a modification would do is told before, whatever the instance is in the middle of (S97). */
import { describe, expect, test } from 'vitest';
import type {
  ExecutableProcess,
  InstanceEvent,
  InstanceState,
  Modification,
} from '../../engine/model/index.js';
import { createInstance, previewModification, step } from '../../engine/step/index.js';
import { compileFixture, type Driver, startFixture } from '../support/index.js';

const at = (elementId: string) => ({ elementId, ancestorId: null, variables: [] });
const all = (elementId: string) => ({ elementId });
const NOTHING: Modification = { cancellations: [], activations: [], moves: [] };
const preview = (instance: Driver, modification: Partial<Modification>) =>
  previewModification(instance.process, instance.state, {
    ...NOTHING,
    ...modification,
    at: instance.now,
    actor: 'ana',
  });

describe('2.11 S97 a preview', () => {
  test('tells all that ends, and what goes with it', async () => {
    const instance = await startFixture('step/cancel-before-continue');
    const [child = ''] = instance.children();
    expect(
      preview(instance, { cancellations: [all('inside')], activations: [at('after')] }),
    ).toEqual({
      cancelled: ['bill', 'mail', 'read', 'inside'].map((elementId) => ({
        elementId,
        elementInstanceId: instance.live(elementId)[0],
      })),
      removed: [],
      tasks: [{ elementId: 'read', elementInstanceId: instance.live('read')[0] }],
      jobs: [{ elementId: 'mail', elementInstanceId: instance.live('mail')[0] }],
      timers: ['slow', 'late'],
      subscriptions: [],
      calls: [child],
      incidentsClosed: [],
      placed: ['after'],
      entered: [{ elementId: 'after', elementInstanceId: expect.stringMatching(/^after:/) }],
      incidentsOpened: [],
      waitingAt: ['after'],
      status: 'active',
    });
    expect(instance.children()).toEqual([child]);
  });

  test('tells scopes that are entered, and the incident that would stop there', async () => {
    const instance = await startFixture('step/retry-sub-process', { n: 1, key: 'k' });
    instance.set({ key: [] });
    const told = preview(instance, { moves: [{ from: all('inside'), to: at('work') }] });
    expect(told).toMatchObject({
      subscriptions: ['on-word'],
      placed: ['work'],
      entered: [{ elementId: 'inside' }],
      incidentsOpened: [{ elementId: 'inside', code: 'CORRELATION_KEY' }],
      waitingAt: [],
    });
  });

  test('tells tokens that are taken from a join, and incidents that close', async () => {
    const instance = await startFixture('step/siblings');
    instance.complete('a');
    instance.modify({ cancellations: [all('b')], activations: [at('a')] });
    expect(preview(instance, { cancellations: [all('join')] })).toMatchObject({
      removed: [{ elementId: 'join', tokens: 1 }],
      incidentsClosed: [{ elementId: instance.process.id }],
    });
  });

  test('tells that the instance would end', async () => {
    const instance = await startFixture('step/task-with-timer');
    expect(preview(instance, { cancellations: [all('work')] })).toMatchObject({
      status: 'cancelled',
    });
    const calling = await startFixture('step/cancel-twice');
    expect(preview(calling, { cancellations: [all('bill')] })).toMatchObject({ status: 'ending' });
  });

  test('of a suspended instance tells what is placed, and that nothing moves yet', async () => {
    const instance = await startFixture('step/task-with-timer');
    instance.suspend();
    expect(
      preview(instance, { moves: [{ from: all('work'), to: at('escalated') }] }),
    ).toMatchObject({
      cancelled: [{ elementId: 'work' }],
      placed: ['escalated'],
      entered: [],
      waitingAt: [],
    });
  });

  test('is a refusal in the same words', async () => {
    const instance = await startFixture('step/siblings');
    const wrong = { cancellations: [all('done')] };
    const { code, message } = instance.modify(wrong);
    expect(preview(instance, wrong)).toEqual({ code, message });
  });
});

/** An instance of ten tasks whose interruption has been cut after its first piece. */
const amid = (process: ExecutableProcess): InstanceState => {
  const state = createInstance({ instanceId: 'i', processId: process.id, caller: null });
  const who = { requestId: null, actor: 'ana' } as const;
  const begin = '2026-03-02T09:00:00.000Z';
  step(process, state, { kind: 'start', at: begin, elementId: null, variables: {}, ...who });
  const [timer] = Object.values(state.timers);
  const fired = { kind: 'timerFired', at: '2026-03-02T10:00:00.000Z' } as const;
  step(process, state, { ...fired, timerId: timer?.id ?? '' }, { pauseAfter: 1 });
  return state;
};

test('2.11 S97 a preview in the middle of an interruption tells what comes after it', async () => {
  const { process } = await compileFixture('step/mi-ten-with-timer');
  const state = amid(process);
  expect(state.agenda[0]?.kind).toBe('interrupt');
  const when = '2026-03-02T10:00:00.000Z';
  const modification = { ...NOTHING, activations: [at('each')] };
  const foreseen = previewModification(process, state, { ...modification, at: when, actor: 'ana' });
  const event: InstanceEvent = {
    kind: 'modify',
    at: when,
    requestId: null,
    actor: 'ana',
    ...modification,
  };
  const { answer } = step(process, state, event);
  // The interruption leaves nothing: the instance has completed by then.
  expect(answer).toMatchObject({ ok: false, code: 'INSTANCE_ENDED' });
  expect(foreseen).toEqual({ code: answer?.code, message: answer?.message });
});
