/** `decide` by itself: what it records, what it keeps, what it refuses. */
import { describe, expect, test } from 'vitest';
import { createJournalWriter } from '../../activities/decision/journal-writer.js';
import type { Decision } from '../../contracts/decision.js';
import type { ServiceTask } from '../../contracts/job.js';
import type { JournalEntry } from '../../engine/model/index.js';
import {
  at,
  complete,
  decided,
  seed,
  setUpDecisions as setUp,
  stateAfter,
} from '../support/decisions.js';
import {
  callActivity,
  forEach,
  messageCatch,
  type Part,
  parallelGateway,
  serviceTask,
  terminateEnd,
  times,
  userTask,
} from '../support/durable-model.js';

test('the recorded decisions give the state that the worker keeps, however it is asked', async () => {
  const { ask, begin } = await setUp([userTask('a'), userTask('b')], 'start > a > b > end');
  const first = await begin({ n: 1 });
  const [taskId] = Object.keys(stateAfter(first).tasks);
  const kept = decided(await ask({ kind: 'kept', key: first.key }, [complete(taskId ?? '')]));
  const whole = decided(
    await ask({ kind: 'whole', state: stateAfter(first) }, [complete(taskId ?? '')]),
  );
  expect({ ...whole, key: '' }).toEqual({ ...kept, key: '' });
  expect(kept.answers).toMatchObject([{ ok: true, waitingAt: ['b'] }]);
  expect(Object.values(stateAfter(first, kept).tasks)).toMatchObject([{ elementId: 'b' }]);
});

test('a kept state serves one decision: whoever asks again must bring the whole', async () => {
  const { ask, begin } = await setUp([userTask('a')], 'start > a > end');
  const { key } = await begin();
  expect((await ask({ kind: 'kept', key }, [])).kind).toBe('decided');
  expect((await ask({ kind: 'kept', key }, [])).kind).toBe('stateMissing');
});

test('a job carries an effect key, and one started and cancelled at once leaves nothing to do', async () => {
  const { ask, begin } = await setUp([serviceTask('a', 'greet')], 'start > a > end');
  const first = await begin();
  expect(first.effects).toMatchObject([
    { kind: 'startJob', type: 'greet', effectKey: expect.any(String) },
  ]);
  const start = {
    kind: 'start',
    at,
    elementId: null,
    variables: {},
    requestId: null,
    actor: null,
  } as const;
  const cancel = { kind: 'cancel', at, requestId: null, actor: null } as const;
  const both = decided(await ask({ kind: 'seed', seed }, [start, cancel]));
  expect(both.effects.map(({ kind }) => kind)).toEqual(['endInstance']);
});

test('a call that goes nowhere is an incident in the same decision', async () => {
  const { begin } = await setUp([callActivity('a', 'nowhere')], 'start > a > end');
  const first = await begin();
  expect(Object.values(stateAfter(first).incidents)).toMatchObject([{ code: 'CALL_TARGET' }]);
  expect(first.effects).toEqual([]);
});

test('a call whose target cannot be asked for leaves it to the host', async () => {
  const resolveCall = async (): Promise<never> => {
    throw new Error('connection refused');
  };
  const { begin } = await setUp([callActivity('a', 'later')], 'start > a > end', { resolveCall });
  expect((await begin()).effects).toMatchObject([{ kind: 'startChild', target: null }]);
});

describe('a call that is cancelled before any host has heard of it (S46)', () => {
  const target = { processId: 'called', version: 1, hash: 'h' };
  const resolveCall = async () => target;
  const kindsOf = ({ effects }: Decision): readonly string[] => effects.map(({ kind }) => kind);

  test('in the step that starts it: none starts, and the caller ends', async () => {
    const parts = [parallelGateway('fork'), callActivity('a', 'called'), terminateEnd('stop')];
    const chains = 'start > fork > a > end, fork > stop';
    const { begin } = await setUp(parts, chains, { resolveCall });
    const first = await begin();
    expect(kindsOf(first)).toEqual(['endInstance']);
    expect(stateAfter(first)).toMatchObject({ status: 'completed', calls: {} });
  });

  test('by a later event of the same decision: likewise', async () => {
    const { ask } = await setUp([callActivity('a', 'called')], 'start > a > end', { resolveCall });
    const nobody = { requestId: null, actor: null } as const;
    const start = { kind: 'start', at, elementId: null, variables: {}, ...nobody } as const;
    const cancel = { kind: 'cancel', at, ...nobody } as const;
    const both = decided(await ask({ kind: 'seed', seed }, [start, cancel]));
    expect(kindsOf(both)).toEqual(['endInstance']);
    expect(stateAfter(both).status).toBe('cancelled');
  });

  test('of many, while they are still being ended: likewise', async () => {
    const each = { ...callActivity('a', 'called'), body: times(100) };
    const { ask } = await setUp([each], 'start > a > end', { resolveCall });
    const nobody = { requestId: null, actor: null } as const;
    const start = { kind: 'start', at, elementId: null, variables: {}, ...nobody } as const;
    const cancel = { kind: 'cancel', at, ...nobody } as const;
    const both = decided(await ask({ kind: 'seed', seed }, [start, cancel]));
    expect(kindsOf(both)).toEqual(['endInstance']);
    expect(stateAfter(both)).toMatchObject({ status: 'cancelled', calls: {}, interruptions: {} });
    expect(both.entries.filter(({ kind }) => kind === 'childEnded')).toHaveLength(100);
  });

  test('one of a decision before is left to the host', async () => {
    const { ask, begin } = await setUp([callActivity('a', 'called')], 'start > a > end', {
      resolveCall,
    });
    const first = await begin();
    const cancel = { kind: 'cancel', at, requestId: null, actor: null } as const;
    const second = decided(await ask({ kind: 'kept', key: first.key }, [cancel]));
    expect(kindsOf(second)).toEqual(['cancelChild']);
  });

  test('a call keeps its place among the effects', async () => {
    const parts = [parallelGateway('fork'), callActivity('a', 'called'), serviceTask('b', 'work')];
    const { begin } = await setUp(parts, 'start > fork > a > end, fork > b > end', { resolveCall });
    expect(kindsOf(await begin())).toEqual(['startChild', 'startJob']);
  });
});

describe('local jobs', () => {
  const local = (id: string, retries = 1): Part =>
    serviceTask(id, id, { 'jornada:local': 'true' }, retries);

  test('they run inside, with their retries, and a BPMN error is no failure', async () => {
    let attempts = 0;
    const flaky: ServiceTask = async () => {
      attempts += 1;
      if (attempts < 3) throw new Error('busy');
      return { done: true };
    };
    const services = new Map([['a', flaky]]);
    const { begin } = await setUp([local('a', 3), userTask('b')], 'start > a > b > end', {
      services,
    });
    const first = await begin();
    expect(attempts).toBe(3);
    expect(first.effects).toEqual([]);
    expect(Object.values(stateAfter(first).tasks)).toHaveLength(1);
  });

  test('one of an unknown type is an incident', async () => {
    const { begin } = await setUp([local('a')], 'start > a > end');
    const [incident] = Object.values(stateAfter(await begin()).incidents);
    expect(incident?.message).toContain('TASK_TYPE_UNKNOWN');
  });

  test('what a decision has no time for goes into the next one', async () => {
    let now = Date.parse(at);
    const services = new Map<string, ServiceTask>([
      [
        'a',
        async () => {
          now += 2000;
        },
      ],
      ['b', async () => ({ b: 1 })],
    ]);
    const deps = { services, clock: { now: () => now, hear: () => {} } };
    const { ask, begin } = await setUp([local('a'), local('b')], 'start > a > b > end', deps);
    const first = await begin();
    expect(first.localJobs).toMatchObject([{ type: 'b' }]);
    const source = { kind: 'whole', state: stateAfter(first) } as const;
    const second = decided(await ask(source, [], { localJobs: first.localJobs }));
    expect(stateAfter(first, second).status).toBe('completed');
  });
});

describe('size', () => {
  const many = serviceTask('a', 'work', {}, 1, forEach('list', 'x', 'ys', 'y'));

  test('a large fan-out is cut into several decisions, none too large', async () => {
    const { ask, begin } = await setUp([many], 'start > a > end');
    const list = Array.from({ length: 60 }, () => 'x'.repeat(1000));
    const decisions = [await begin({ list })];
    for (let last = decisions[0]; last?.hasMore; last = decisions.at(-1)) {
      const source = { kind: 'whole', state: stateAfter(...decisions) } as const;
      decisions.push(decided(await ask(source, [], { hasMore: true })));
    }
    expect(decisions.length).toBeGreaterThan(1);
    for (const one of decisions) expect(JSON.stringify(one).length).toBeLessThan(2 * 1024 * 1024);
    expect(Object.keys(stateAfter(...decisions).jobs)).toHaveLength(60);
  });

  test('what cannot be cut is refused, for a payload over the limit ends the instance', async () => {
    const { ask, begin } = await setUp([messageCatch('a', 'word', 'key')], 'start > a > end');
    const state = stateAfter(await begin({ key: 'k' }));
    const [subscriptionId = ''] = Object.keys(state.subscriptions);
    const variables = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`v${i}`, 'x'.repeat(60_000)]),
    );
    const word = {
      kind: 'messageReceived',
      at,
      subscriptionId,
      messageId: 'm',
      variables,
    } as const;
    const asked = ask({ kind: 'whole', state }, [word]);
    await expect(asked).rejects.toMatchObject({ type: 'DECISION_TOO_LARGE' });
  });
});

describe('the journal', () => {
  test('entries that were not stored go first with the next ones', async () => {
    const { ask, begin, stored } = await setUp([userTask('a')], 'start > a > end');
    const first = await begin();
    stored.length = 0;
    const [taskId] = Object.keys(stateAfter(first).tasks);
    const source = { kind: 'kept', key: first.key } as const;
    const rest = { unacknowledged: first.entries };
    const second = decided(await ask(source, [complete(taskId ?? '')], rest));
    expect(stored.map(({ sequence }) => sequence)).toEqual(stored.map((_, index) => index + 1));
    expect(second.acknowledged).toBe(stored.length);
    expect(second.entries.every(({ sequence }) => sequence > first.entries.length)).toBe(true);
  });

  test('a store that hangs is given up, and tried more shortly for a while', async () => {
    const owner = {} as Parameters<ReturnType<typeof createJournalWriter>>[0];
    const entry = { sequence: 1 } as JournalEntry;
    const write = createJournalWriter({ append: () => new Promise(() => {}) }, Date.now);
    const basis = { after: 0, fence: 1 };
    expect(await write(owner, [entry], basis)).toBe(0);
    const began = performance.now();
    expect(await write(owner, [entry], basis)).toBe(0);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
