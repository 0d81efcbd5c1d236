/** What may be done to an open user task, in whose hands it then is, and what refuses. */
import { describe, expect, test } from 'vitest';
import type { TaskEvent } from '../../engine/model/index.js';
import { startFixture } from '../support/index.js';

type Act = TaskEvent extends infer E
  ? E extends TaskEvent
    ? Omit<E, 'at' | 'taskId' | 'requestId' | 'actor'> & { readonly actor?: string }
    : never
  : never;

const assign = (assignee: string | null, mayReassign = true): Act => ({
  ...{ kind: 'taskAssigned', assignee, mayReassign },
});
const delegate = (to: string): Act => ({ kind: 'taskDelegated', to });
const giveBack: Act = { kind: 'taskReturned' };
const complete: Act = { kind: 'taskCompleted', action: null, variables: { answer: 'yes' } };
const comment: Act = { kind: 'taskCommented' };
const update = (changes: object): Act => ({ kind: 'taskUpdated', changes });

async function having(acts: readonly Act[], fixture = 'valid-plain', variables = {}) {
  const instance = await startFixture(`elements/user-task/${fixture}`, variables);
  const taskId = Object.keys(instance.state.tasks)[0] ?? '';
  const answers = acts.map(
    (act) => instance.send({ requestId: null, actor: 'lee', ...act, taskId } as never).answer,
  );
  return { instance, task: instance.state.tasks[taskId], answer: answers.at(-1) };
}

/** These acts one after the other; then the last one is refused with a code, or the task is like this. */
const rows: readonly [then: string, acts: readonly Act[], outcome: string | object][] = [
  ['is claimed', [assign('ana', false)], { assignee: 'ana', version: 2 }],
  [
    'is claimed again by who has it',
    [assign('ana', false), assign('ana', false)],
    { assignee: 'ana' },
  ],
  ['is claimed by one only', [assign('ana', false), assign('bob', false)], 'TASK_ASSIGNED'],
  ['is given on by who may', [assign('ana'), assign('bob')], { assignee: 'bob', version: 3 }],
  ['goes back to its candidates', [assign('ana'), assign(null)], { assignee: null }],

  ['is delegated', [assign('ana'), delegate('bob')], { assignee: 'bob', owner: 'ana' }],
  ['is not delegated by nobody', [delegate('bob')], 'TASK_NOT_ASSIGNED'],
  ['is not delegated to who has it', [assign('ana'), delegate('ana')], 'TASK_ASSIGNED'],
  [
    'is delegated on, for the first',
    [assign('ana'), delegate('bob'), delegate('cy')],
    { assignee: 'cy', owner: 'ana' },
  ],
  [
    'is back when it is delegated to its owner',
    [assign('ana'), delegate('bob'), delegate('ana')],
    { assignee: 'ana', owner: null },
  ],
  [
    'is returned',
    [assign('ana'), delegate('bob'), giveBack],
    { assignee: 'ana', owner: null, version: 4 },
  ],
  ['is not returned unless it was delegated', [assign('ana'), giveBack], 'TASK_NOT_DELEGATED'],
  [
    'is not completed while it is away',
    [assign('ana'), delegate('bob'), complete],
    'TASK_DELEGATED',
  ],
  [
    'is completed when it is back',
    [assign('ana'), delegate('bob'), giveBack, complete],
    { status: 'completed' },
  ],
  [
    'stays its owner’s when somebody else helps',
    [assign('ana'), delegate('bob'), assign('cy')],
    { assignee: 'cy', owner: 'ana' },
  ],
  [
    'is nobody’s when it goes back to its candidates',
    [assign('ana'), delegate('bob'), assign(null)],
    { assignee: null, owner: null },
  ],

  [
    'is changed',
    [update({ priority: 90, dueAt: '2026-05-01T10:00:00+02:00' })],
    { priority: 90, dueAt: '2026-05-01T08:00:00.000Z' },
  ],
  [
    'is due by a time from now',
    [update({ followUpAt: 'P2D' })],
    { followUpAt: '2026-03-04T09:00:00.000Z' },
  ],
  [
    'is due no more',
    [update({ dueAt: 'P1D' }), update({ dueAt: null })],
    { dueAt: null, version: 3 },
  ],
  [
    'is found by others',
    [update({ candidateGroups: ['a', 'b', 'a'], candidateUsers: [] })],
    { candidateGroups: ['a', 'b'], candidateUsers: [] },
  ],
  ['keeps what is not named', [update({ priority: 7 }), update({ dueAt: 'P1D' })], { priority: 7 }],
  ['is not changed by nothing', [update({})], 'TASK_CHANGE_INVALID'],
  ['has no such priority', [update({ priority: 101 })], 'TASK_CHANGE_INVALID'],
  ['has no broken priority', [update({ priority: 1.5 })], 'TASK_CHANGE_INVALID'],
  ['is due at an instant', [update({ dueAt: 'soon' })], 'TASK_CHANGE_INVALID'],
  ['has no nameless group', [update({ candidateGroups: [''] })], 'TASK_CHANGE_INVALID'],
  ['has no endless name', [update({ candidateUsers: ['x'.repeat(257)] })], 'TASK_CHANGE_INVALID'],
  [
    'has not more than a hundred of them',
    [update({ candidateUsers: Array.from({ length: 101 }, String) })],
    'TASK_CHANGE_INVALID',
  ],

  ['stays as it is under a remark', [assign('ana'), comment], { assignee: 'ana', version: 2 }],
  ['is no more, and says why', [complete, comment], 'INSTANCE_ENDED'],

  [
    'is changed as it was seen',
    [assign('ana'), { ...update({ priority: 1 }), ifVersion: 2 }],
    { priority: 1 },
  ],
  [
    'is not changed as it was before',
    [assign('ana'), { ...update({ priority: 1 }), ifVersion: 1 }],
    'TASK_CHANGED',
  ],
  [
    'is not completed as it was before',
    [assign('ana'), { ...complete, ifVersion: 1 }],
    'TASK_CHANGED',
  ],
];

describe('a user task', () => {
  test.each(rows)('%s', async (_then, acts, outcome) => {
    const { instance, task, answer } = await having(acts);
    if (typeof outcome === 'string') {
      expect(answer).toMatchObject({ ok: false, code: outcome });
      return;
    }
    expect(answer).toMatchObject({ ok: true });
    const { status } = outcome as { status?: string };
    if (status !== undefined) expect(instance.state.status).toBe(status);
    else expect({ owner: null, ...task }).toMatchObject(outcome);
  });

  test('whose eyes are wanted elsewhere is not delegated to', async () => {
    const { answer } = await having([assign('ana'), delegate('eve')], 'valid-four-eyes', {
      requestedBy: 'eve',
    });
    expect(answer).toMatchObject({ ok: false, code: 'TASK_FOUR_EYES' });
  });

  test('is done by a substitute in both names, taken first or not', async () => {
    const taken = { ...assign('bob'), actor: 'bob', standsFor: 'ana' } as Act;
    const { task } = await having([assign('ana'), taken]);
    expect(task).toMatchObject({ assignee: 'bob', standsFor: 'ana' });
    const done = { ...complete, actor: 'bob' };
    for (const acts of [[taken, done], [{ ...done, standsFor: 'ana' } as Act]]) {
      const { instance } = await having(acts);
      const told = instance.entries.filter(({ kind }) => kind === 'taskCompleted');
      expect(told).toMatchObject([{ actor: 'bob', data: { standsFor: 'ana' } }]);
    }
  });

  test('is for nobody else once others have it, or whose it is does it', async () => {
    const taken = { ...assign('bob'), actor: 'bob', standsFor: 'ana' } as Act;
    expect((await having([taken, assign('cy')])).task).not.toHaveProperty('standsFor');
    const { instance } = await having([taken, { ...complete, actor: 'ana' }]);
    const told = instance.entries.filter(({ kind }) => kind === 'taskCompleted');
    expect(told[0]?.data).not.toHaveProperty('standsFor');
  });

  test('is given back by a substitute to whose it was, where nobody else may take it', async () => {
    const taken = { ...assign('bob'), actor: 'bob', standsFor: 'ana' } as Act;
    const back = await having([assign('ana'), taken, { ...assign(null), actor: 'bob' }]);
    expect(back.task).toMatchObject({ assignee: 'ana' });
    expect(back.task).not.toHaveProperty('standsFor');
    const open = update({ candidateGroups: ['billing'] });
    const pool = await having([open, taken, { ...assign(null), actor: 'bob' }]);
    expect(pool.task).toMatchObject({ assignee: null });
  });

  test('is barred to a substitute as to whom they stand in for', async () => {
    for (const act of [
      { ...complete, actor: 'bob' },
      { ...assign('bob'), actor: 'bob' },
    ]) {
      const { answer } = await having([{ ...act, standsFor: 'eve' } as Act], 'valid-four-eyes', {
        requestedBy: 'eve',
      });
      expect(answer).toMatchObject({ ok: false, code: 'TASK_FOUR_EYES' });
    }
  });

  test('of an instance that is suspended waits', async () => {
    const instance = await startFixture('elements/user-task/valid-plain');
    const taskId = Object.keys(instance.state.tasks)[0] ?? '';
    instance.send({ kind: 'suspend', requestId: null, actor: 'lee' });
    for (const act of [delegate('bob'), giveBack, update({ priority: 1 }), comment]) {
      const { answer } = instance.send({ requestId: null, actor: 'lee', ...act, taskId } as never);
      expect(answer).toMatchObject({ ok: false, code: 'INSTANCE_SUSPENDED' });
    }
  });

  test('of a state of before has a first version, and nobody waits for it', async () => {
    const instance = await startFixture('elements/user-task/valid-plain');
    const [task] = Object.values(instance.state.tasks);
    expect(task).not.toHaveProperty('version');
    expect(task).not.toHaveProperty('owner');
  });
});
