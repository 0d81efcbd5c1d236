/** The life of a user task on a real engine: races have one winner, everybody is told, and the store says the same. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  after,
  endEvent,
  model,
  startEvent,
  timerBoundary,
  userTask,
} from '../support/durable-model.js';

let host: TestEngine;
beforeAll(async () => {
  host = await startTestEngine({});
  await host.deploy(
    'work',
    model(
      'work',
      [
        startEvent('start'),
        userTask('review'),
        timerBoundary('late', 'review', after('PT3S')),
        endEvent('end'),
        endEvent('end-late'),
      ],
      'start > review > end, late > end-late',
    ),
  );
  await host.deploy(
    'calm',
    model(
      'calm',
      [startEvent('start'), userTask('review'), endEvent('end')],
      'start > review > end',
    ),
  );
});
afterAll(async () => {
  await host?.close();
});

let asked = 0;
/** A task that is open, and what a request about it needs. */
async function opened(processId = 'calm') {
  const start = { processId, requestId: null, actor: null };
  const { instanceId } = await host.engine.start(start);
  const { state } = await host.until(
    instanceId,
    (view) => Object.keys(view.state?.tasks ?? {}).length === 1,
  );
  const taskId = Object.keys(state?.tasks ?? {})[0] ?? '';
  const by = (actor: string, requestId?: string) => {
    asked += 1;
    return { instanceId, taskId, actor, requestId: requestId ?? `r-${asked}` };
  };
  const row = () => host.store.userTasks.get(instanceId, taskId);
  return { instanceId, by, row };
}

const codes = (answers: readonly { readonly code: string | null }[]) =>
  answers.map(({ code }) => code ?? 'done').sort();

describe('a user task', { timeout: 60_000 }, () => {
  test('goes from hand to hand, and the store tells of each', async () => {
    const { engine } = host;
    const { by, row, instanceId } = await opened();
    await engine.assignTask({ ...by('ana'), assignee: 'ana', mayReassign: false });
    await engine.delegateTask({ ...by('ana'), to: 'bob' });
    expect(await row()).toMatchObject({ assignee: 'bob', owner: 'ana', version: 3 });
    const completion = { action: null, variables: {} };
    expect(await engine.completeTask({ ...by('bob'), ...completion })).toMatchObject({
      code: 'TASK_DELEGATED',
    });
    await engine.returnTask(by('bob'));
    const changes = { priority: 80, dueAt: '2030-01-01T00:00:00Z', candidateGroups: ['lead'] };
    await engine.updateTask({ ...by('ana'), changes });
    await engine.commentTask(by('ana'));
    expect(await row()).toMatchObject({
      ...{ assignee: 'ana', owner: null, version: 5, priority: 80 },
      ...{ dueAt: '2030-01-01T00:00:00.000Z', candidateGroups: ['lead'], state: 'CREATED' },
    });
    expect(await engine.completeTask({ ...by('ana'), ...completion, ifVersion: 4 })).toMatchObject({
      code: 'TASK_CHANGED',
    });
    expect(await engine.completeTask({ ...by('ana'), ...completion, ifVersion: 5 })).toMatchObject({
      ok: true,
    });
    await host.ended(instanceId);
    const before = await row();
    await host.store.journal.rebuild();
    expect(await row()).toEqual(before);
    const kinds = (await host.journal(instanceId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith('task'))).toEqual([
      ...['taskOpened', 'taskAssigned', 'taskDelegated', 'taskReturned', 'taskUpdated'],
      ...['taskCommented', 'taskCompleted'],
    ]);
  });

  test('that two claim is of one', async () => {
    const { by, row } = await opened();
    const claim = (actor: string) =>
      host.engine.assignTask({ ...by(actor), assignee: actor, mayReassign: false });
    expect(codes(await Promise.all([claim('ana'), claim('bob')]))).toEqual([
      'TASK_ASSIGNED',
      'done',
    ]);
    expect(['ana', 'bob']).toContain((await row())?.assignee);
  });

  test('that is delegated and completed at once is one of both', async () => {
    const { by, row, instanceId } = await opened();
    await host.engine.assignTask({ ...by('ana'), assignee: 'ana', mayReassign: false });
    const answers = await Promise.all([
      host.engine.completeTask({ ...by('ana'), action: null, variables: {} }),
      host.engine.delegateTask({ ...by('ana'), to: 'bob' }),
    ]);
    const [completed, delegated] = answers.map(({ ok }) => ok);
    expect(completed).not.toBe(delegated);
    if (completed) expect(await host.ended(instanceId)).toBe('COMPLETED');
    else expect(await row()).toMatchObject({ owner: 'ana', state: 'CREATED' });
  });

  test('that its timer ends is changed no more, and says so', async () => {
    const { by, instanceId } = await opened('work');
    await host.ended(instanceId);
    const late = await host.engine.updateTask({ ...by('ana'), changes: { priority: 1 } });
    expect(late).toMatchObject({ ok: false });
    expect(['TASK_UNKNOWN', 'INSTANCE_ENDED', 'INSTANCE_CLOSED']).toContain(late.code);
  });

  test('is changed once by a request that comes twice', async () => {
    const { by, row } = await opened();
    const request = by('ana', `again-${asked}`);
    const changes = { priority: 9 };
    for (let times = 0; times < 2; times += 1) {
      expect(await host.engine.updateTask({ ...request, changes })).toMatchObject({ ok: true });
    }
    expect(await row()).toMatchObject({ priority: 9, version: 2 });
  });
});
