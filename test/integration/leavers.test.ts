/** Whoever is disabled holds no task any more, nor what they delegated; who stays keeps theirs. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { careForLeavers, type LeaverCare } from '../../worker/people/leavers.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { endEvent, model, startEvent, userTask } from '../support/durable-model.js';

let host: TestEngine;
let care: LeaverCare;
const troubles: unknown[] = [];
beforeAll(async () => {
  host = await startTestEngine({});
  const parts = [startEvent('start'), userTask('review'), endEvent('end')];
  await host.deploy('calm', model('calm', parts, 'start > review > end'));
  const { store, engine } = host;
  const trouble = (error: unknown) => troubles.push(error);
  care = careForLeavers({ store, engine, now: Date.now, trouble });
});
afterAll(async () => {
  await care?.close();
  await host?.close();
});

const byNobody = () => ({
  ...{ actor: null, requestId: randomUUID(), reason: null, at: new Date().toISOString() },
});

async function person(loginName: string): Promise<string> {
  const contact = { displayName: loginName, mail: null, locale: 'en' as const };
  const may = { roles: ['csm' as const], groups: [], isDemo: false };
  const user = { userId: randomUUID(), loginName, ...contact, ...may };
  return (await host.store.identities.add(user, null, byNobody())).userId;
}

async function taskOf(assignee: string) {
  const start = { processId: 'calm', requestId: null, actor: null };
  const { instanceId } = await host.engine.start(start);
  const { state } = await host.until(
    instanceId,
    (view) => Object.keys(view.state?.tasks ?? {}).length === 1,
  );
  const taskId = Object.keys(state?.tasks ?? {})[0] ?? '';
  const by = { instanceId, taskId, actor: assignee };
  const given = { ...by, requestId: randomUUID(), assignee, mayReassign: false };
  expect(await host.engine.assignTask(given)).toMatchObject({ ok: true });
  const row = async () => {
    const found = await host.store.userTasks.get(instanceId, taskId);
    return { assignee: found?.assignee, owner: found?.owner };
  };
  return { by, instanceId, taskId, row };
}

test('tasks of somebody who is disabled go back to their candidates, and the audit says why', async () => {
  const rita = await person('rita');
  await person('bob');
  const own = await taskOf('rita');
  const away = await taskOf('rita');
  await host.engine.delegateTask({ ...away.by, requestId: randomUUID(), to: 'bob' });
  const others = await taskOf('bob');
  const asleep = await taskOf('rita');
  const { instanceId } = asleep;
  const asked = { instanceId, requestId: randomUUID(), actor: null };
  await host.engine.suspend(asked);

  care.look();
  await new Promise((done) => setTimeout(done, 300));
  expect(await own.row()).toEqual({ assignee: 'rita', owner: null });

  await host.store.identities.change(rita, { isActive: false }, byNobody());
  care.look();
  const nobodys = { assignee: null, owner: null };
  await expect.poll(own.row, { timeout: 10_000 }).toEqual(nobodys);
  await expect.poll(away.row, { timeout: 10_000 }).toEqual(nobodys);
  expect(await others.row()).toEqual({ assignee: 'bob', owner: null });
  const object = `task:${own.instanceId}/${own.taskId}`;
  const acts = async () =>
    (await host.store.audit.query({ filter: { object, action: 'assignTask' } })).items;
  await expect
    .poll(acts, { timeout: 10_000 })
    .toMatchObject([
      { actor: null, outcome: 'done', reason: 'it was with rita, of whom somebody was disabled' },
    ]);

  // One that is suspended gives nothing away until it goes on.
  expect(await asleep.row()).toEqual({ assignee: 'rita', owner: null });
  await host.engine.resume({ ...asked, requestId: randomUUID(), timers: 'keep' });
  care.look();
  await expect.poll(asleep.row, { timeout: 10_000 }).toEqual(nobodys);
  expect(troubles).toEqual([]);
}, 60_000);
