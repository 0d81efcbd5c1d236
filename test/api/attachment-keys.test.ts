/** Files of a task under an `Idempotency-Key`: one file, however often and however closely it is sent, and no other one. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../support/identities.js';
import { anInstance, aTask, numbered } from '../support/store.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const TASK = { elementId: 'Call', elementInstanceId: 'Call:2', scopeId: 'onboarding:1' };

test('is attached once, and another one under its key is refused', async () => {
  const instance = anInstance({ processId: 'onboarding' });
  const entries = numbered([
    { kind: 'instanceStarted', actor: null, data: { processId: 'onboarding' } },
    { kind: 'elementEntered', ...TASK, data: { kind: 'userTask', name: 'Call' } },
    { kind: 'taskOpened', ...TASK, data: aTask({}) },
  ]);
  await world.store.journal.append(instance, entries);
  const [key] = await world.store.publicKeys.keysOf([
    { kind: 'userTask', id: `${instance.instanceId}/Call:2` },
  ]);
  const session = await world.session(await world.person(['csm']));
  const [agreed, alike, requestKey] = ['as agreed', 'not agree', randomUUID()];
  const url = `/api/v1/tasks/${key}/attachments`;
  const bytes = {
    ...{ 'content-type': 'application/octet-stream', 'idempotency-key': requestKey },
    'content-disposition': 'attachment; filename=a.txt',
  };
  const token = await world.token(await world.person(['csm']), ['csm']);
  const send = async (payload: string) => {
    const answer = await world.ask({
      ...{ method: 'POST', url, payload, headers: { ...token, ...bytes } },
    });
    return [answer.statusCode, answer.json()];
  };
  const [first, beside] = await Promise.all([send(agreed), send(agreed)]);
  expect(first?.[0]).toBe(201);
  expect(beside).toEqual(first);
  expect(await send(agreed)).toEqual(first);
  const [status, { title }] = await send(alike);
  expect([status, title]).toEqual([409, 'IDEMPOTENCY_KEY_USED']);
  const { items } = (await world.ask({ method: 'GET', url, headers: session })).json();
  expect(items).toEqual([first?.[1]]);
  expect(world.troubles).toEqual([]);
});
