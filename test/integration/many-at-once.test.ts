/**
 * Many requests to one instance at the same moment: workers then answer workflow tasks without a look at some of the Updates
 * that came with them. None of these is an answer of the instance: all messages arrive, all tasks are completed, and nobody
 * is told what is no code of ours.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERRORS } from '../../engine/errors/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  endEvent,
  forEach,
  messageCatch,
  model,
  type Part,
  startEvent,
  userTask,
} from '../support/durable-model.js';

const AT_ONCE = 60;
let durable: TestEngine;

beforeAll(async () => {
  durable = await startTestEngine({}, { withinMs: 240_000 });
  const loop = forEach('items', 'item', 'all', 'item');
  const { roots = [] } = messageCatch('read', 'item.came', 'item');
  const read: Part = {
    ...{ id: 'read', tag: 'receiveTask', attributes: 'messageRef="message-item.came"' },
    ...{ body: loop, roots },
  };
  const chain = (id: string) => `start > ${id} > end`;
  await durable.deploy(
    'reading',
    model('reading', [startEvent('start'), read, endEvent('end')], chain('read')),
  );
  const work = { ...userTask('work'), body: loop };
  await durable.deploy(
    'working',
    model('working', [startEvent('start'), work, endEvent('end')], chain('work')),
  );
});
afterAll(() => durable?.close());

const begin = async (processId: string, items: readonly string[]): Promise<string> => {
  const start = { processId, requestId: null, actor: null, variables: { items: [...items] } };
  return (await durable.engine.start(start)).instanceId;
};
const itemsOf = (round: number) =>
  Array.from({ length: AT_ONCE }, (_, index) => `${round}-${index}`);

test.each([1])('messages at once all arrive (%i)', { timeout: 400_000 }, async (round) => {
  const items = itemsOf(round);
  const instanceId = await begin('reading', items);
  const waits = { instanceId };
  await expect
    .poll(async () => (await durable.store.subscriptions.search({ filter: waits })).items.length)
    .toBe(AT_ONCE);
  await Promise.all(
    items.map((key) =>
      durable.engine.publish({
        ...{ name: 'item.came', key, messageId: `m-${key}`, timeToLive: 'PT1H', variables: {} },
      }),
    ),
  );
  expect(await durable.ended(instanceId, 240_000)).toBe('COMPLETED');
});

test.each([1])('tasks at once are all completed (%i)', { timeout: 400_000 }, async (round) => {
  const instanceId = await begin('working', itemsOf(round));
  const { state } = await durable.engine.view(instanceId);
  const answers = await Promise.all(
    Object.keys(state?.tasks ?? {}).map(async (taskId) => {
      const task = { instanceId, taskId, requestId: `${instanceId} ${taskId}`, actor: 'ann' };
      for (;;) {
        const answer = await durable.engine.completeTask({ ...task, action: null, variables: {} });
        // Ten are looked at by Temporal at a time: whoever is told so comes again.
        if (answer.code !== 'INSTANCE_BUSY') return answer;
      }
    }),
  );
  const codes = answers.map(({ code }) => code).filter((code) => code !== null);
  expect(codes.filter((code) => !Object.hasOwn(ERRORS, code))).toEqual([]);
  expect(codes).toEqual([]);
  expect(await durable.ended(instanceId, 240_000)).toBe('COMPLETED');
});
