/** Who asks about a task that its instance does not know yet, against an instance that remembers what it answered. */
import { expect, test } from 'vitest';
import { fault } from '../../engine/errors/index.js';
import { neverOpened } from '../../engine/step/index.js';
import type { Store } from '../../store/index.js';
import { untilKnown } from '../../worker/task-requests.js';

const ENDED = fault('TASK_UNKNOWN', { task: 't', fate: 'was completed by rui' });

type Answer = Awaited<ReturnType<Parameters<typeof untilKnown>[2]>>;

/** An instance that learns of its task after so many requests, and ends it by the first that comes then. */
function instanceThatKnowsAfter(requests: number) {
  const answers = new Map<string, Answer>();
  let asked = 0;
  let state: string | null = 'CREATED';
  const userTasks = { get: async () => (state === null ? null : { state }) };
  const answer = (isTaken: boolean): Answer => {
    const { code, message } = state === 'COMPLETED' ? ENDED : neverOpened('t');
    return (
      isTaken ? { ok: true, code: null, message: '' } : { ok: false, code, message }
    ) as never;
  };
  return {
    store: { userTasks } as unknown as Pick<Store, 'userTasks'>,
    asked: () => asked,
    without: () => {
      state = null;
    },
    send: async ({ requestId }: { readonly requestId: string | null }): Promise<Answer> => {
      const before = requestId === null ? undefined : answers.get(requestId);
      if (before) return before;
      asked += 1;
      const isTaken = asked > requests && state === 'CREATED';
      const given = answer(isTaken);
      if (isTaken) state = 'COMPLETED';
      if (requestId !== null) answers.set(requestId, given);
      return given;
    },
  };
}

const REQUEST = { instanceId: 'i', taskId: 't', requestId: 'r' };

test('is asked again until the instance knows the task, and answers the same when repeated', async () => {
  const { store, send } = instanceThatKnowsAfter(3);
  expect(await untilKnown(store, REQUEST, send)).toMatchObject({ ok: true });
  expect(await untilKnown(store, REQUEST, send)).toMatchObject({ ok: true });
});

test('another request about a task that has ended is refused at once', async () => {
  const { store, send, asked } = instanceThatKnowsAfter(0);
  await untilKnown(store, REQUEST, send);
  const late = await untilKnown(store, { ...REQUEST, requestId: 'late' }, send);
  expect(late).toMatchObject({ ok: false, code: 'TASK_UNKNOWN' });
  expect(asked()).toBe(2);
  const nameless = await untilKnown(store, { ...REQUEST, requestId: null }, send);
  expect(nameless).toMatchObject({ ok: false, code: 'TASK_UNKNOWN' });
});

test('a task that the store does not have is asked about once', async () => {
  const { store, send, asked, without } = instanceThatKnowsAfter(9);
  without();
  expect(await untilKnown(store, REQUEST, send)).toMatchObject({ code: 'TASK_UNKNOWN' });
  expect(asked()).toBe(1);
});

test('a task that a refusal takes from the store is waited for', async () => {
  const { store, send, without } = instanceThatKnowsAfter(3);
  const sendAndReplace: typeof send = async (request) => {
    const answer = await send(request);
    if (!answer.ok) without();
    return answer;
  };
  const noWait = async (): Promise<void> => {};
  const answer = await untilKnown(store, REQUEST, sendAndReplace, null, noWait);
  expect(answer).toMatchObject({ code: 'DECISION_PENDING' });
});

test('whoever has just read the task is taken at their word: it is not read again', async () => {
  const { send } = instanceThatKnowsAfter(3);
  let reads = 0;
  const get = async () => {
    reads += 1;
    return null;
  };
  const userTasks = { get };
  const store = { userTasks } as unknown as Pick<Store, 'userTasks'>;
  const seen = { state: 'CREATED' } as const;
  const answer = await untilKnown(store, REQUEST, send, seen, async () => {});
  expect(answer).toMatchObject({ ok: true });
  // Only after each of the three refusals.
  expect(reads).toBe(3);
});

test('gives up on a task that its instance never knows', async () => {
  const { store, send, asked } = instanceThatKnowsAfter(99);
  let waited = 0;
  const wait = async (ms: number): Promise<void> => {
    waited += ms;
  };
  const answer = await untilKnown(store, REQUEST, send, null, wait);
  expect(answer).toMatchObject({ ok: false, code: 'DECISION_PENDING' });
  expect(answer.message).toMatch(/'t'.*ask again in a minute/);
  expect([asked(), waited]).toEqual([16, 10_260]);
});
