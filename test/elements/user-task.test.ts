import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NO_RESOURCES } from '../../engine/compile/index.js';
import { parseForm } from '../../engine/forms/index.js';
import {
  compileFixture,
  Driver,
  nothing,
  proveRows,
  type Row,
  startFixture,
} from '../support/index.js';

const given = { owner: 'ana', who: 'bob', due: 'P2D', rank: 70 };

const rows: readonly Row[] = [
  [
    'opens with assignment, dates, priority and form',
    'valid-assigned',
    given,
    nothing,
    (instance) =>
      expect(Object.values(instance.state.tasks)).toEqual([
        {
          id: instance.state.tasks[Object.keys(instance.state.tasks)[0] ?? '']?.id,
          elementId: 'review',
          name: null,
          assignee: 'ana',
          candidateGroups: ['csm', 'lead'],
          candidateUsers: ['bob'],
          dueAt: '2026-03-04T09:00:00.000Z',
          followUpAt: '2026-03-03T09:00:00.000Z',
          priority: 70,
          formId: 'review-form',
          openedAt: '2026-03-02T09:00:00.000Z',
        },
      ]),
  ],
  [
    'lets only mapped targets leave',
    'valid-plain',
    {},
    (instance) => instance.complete('review', { answer: 'yes', note: 1 }),
    { status: 'completed', variables: { verdict: 'yes' } },
  ],
  [
    'takes group and lane as candidates',
    'valid-lane',
    {},
    nothing,
    (instance) =>
      expect(Object.values(instance.state.tasks)).toMatchObject([
        { assignee: null, candidateGroups: ['Legal'], priority: 50 },
      ]),
  ],
  [
    'takes the name of a lane as one group, as it stands',
    'valid-lane-name',
    {},
    nothing,
    (instance) =>
      expect(Object.values(instance.state.tasks)).toMatchObject([
        { candidateGroups: ['= Sales, EMEA'] },
      ]),
  ],
  [
    'takes the lane of the sub-processes around it',
    'valid-deep-in-lane',
    {},
    nothing,
    (instance) =>
      expect(Object.values(instance.state.tasks)).toMatchObject([{ candidateGroups: ['Legal'] }]),
  ],
  [
    'its own assignment wins over the lane',
    'valid-lane',
    {},
    (instance) => instance.complete('review'),
    (instance) =>
      expect(Object.values(instance.state.tasks)).toMatchObject([{ candidateGroups: ['finance'] }]),
  ],
  [
    'parks on a priority out of range',
    'valid-assigned',
    { ...given, rank: 101 },
    nothing,
    { incidents: ['EXPRESSION_FAILED review'] },
  ],
  [
    'parks on a due date that is none',
    'valid-assigned',
    { ...given, due: 'soon' },
    nothing,
    { incidents: ['TIMER_INVALID review'] },
  ],
];

describe('userTask', () => {
  proveRows('elements/user-task', rows);

  test('is given to a person, refused to a second, and moved by who may', async () => {
    const instance = await startFixture('elements/user-task/valid-plain');
    const taskId = Object.keys(instance.state.tasks)[0] ?? '';
    const assign = (assignee: string | null, mayReassign: boolean) =>
      instance.send({
        kind: 'taskAssigned',
        taskId,
        assignee,
        mayReassign,
        requestId: null,
        actor: 'lee',
      }).answer;
    expect(assign('ana', false)).toMatchObject({ ok: true });
    expect(assign('bob', false)).toMatchObject({ ok: false, code: 'TASK_ASSIGNED' });
    expect(assign('bob', true)).toMatchObject({ ok: true });
    expect(instance.state.tasks[taskId]?.assignee).toBe('bob');
    expect(assign(null, true)).toMatchObject({ ok: true });
    expect(instance.state.tasks[taskId]?.assignee).toBeNull();
  });

  test('is not for those whose eyes have seen it, and tells who completed it', async () => {
    const instance = await startFixture('elements/user-task/valid-four-eyes', {
      requestedBy: 'ana',
    });
    const taskId = Object.keys(instance.state.tasks)[0] ?? '';
    const common = { taskId, requestId: null } as const;
    const complete = (actor: string | null) =>
      instance.send({
        ...common,
        kind: 'taskCompleted',
        action: null,
        variables: { answer: 'yes' },
        actor,
      }).answer;
    const assign = { ...common, kind: 'taskAssigned', assignee: 'ana', mayReassign: true } as const;
    const barred = { ok: false, code: 'TASK_FOUR_EYES' };
    expect(instance.send({ ...assign, actor: 'lee' }).answer).toMatchObject(barred);
    expect(complete('ana')).toMatchObject(barred);
    for (const written of ['Ana', 'ana ', 'ＡＮＡ'])
      expect(complete(written)).toMatchObject(barred);
    expect(complete(null)).toMatchObject(barred);
    expect(instance.state.status).toBe('active');
    expect(complete('bob')).toMatchObject({ ok: true });
    expect(instance.variables()).toMatchObject({ verdict: 'yes', approvedBy: 'bob' });
  });

  test.each([
    ['one person', 'ana', ['ana']],
    ['several', ['ana', 'bob'], ['ana', 'bob']],
    ['nobody', null, undefined],
  ])('bars %s', async (_who, requestedBy, notBy) => {
    const instance = await startFixture('elements/user-task/valid-four-eyes', { requestedBy });
    expect(Object.values(instance.state.tasks)[0]?.notBy).toEqual(notBy);
  });

  test('tells who comes late what became of it', async () => {
    const instance = await startFixture('elements/user-task/valid-plain');
    const taskId = Object.keys(instance.state.tasks)[0] ?? '';
    instance.complete('review', { answer: 1 });
    const late = { kind: 'taskCompleted', taskId, action: null, variables: {} } as const;
    const { answer } = instance.send({ ...late, requestId: null, actor: 'ana' });
    expect(answer).toMatchObject({ ok: false, code: 'INSTANCE_ENDED' });
  });
});

/** A task whose form asks for a verdict of two, and takes a note. */
const startWithForm = async (): Promise<Driver> => {
  const { form } = parseForm(
    readFileSync('test/fixtures/forms/verdict.form', 'utf8'),
    'verdict.form',
  );
  if (form === null) throw new Error('the form does not parse');
  const resources = { ...NO_RESOURCES, forms: { verdict: form } };
  const { process } = await compileFixture('forms/form-task', resources);
  return new Driver(process).start();
};

describe('a submission is judged by the form that the instance pins', () => {
  test('what it refuses is answered with every problem, journaled, and changes nothing', async () => {
    const instance = await startWithForm();
    const before = structuredClone(instance.state);
    const refused = instance.complete('judge', { verdict: 'maybe', note: 1 });
    expect(refused).toMatchObject({ ok: false, code: 'FORM_SUBMISSION' });
    expect(refused?.message).not.toMatch(/correct it.*correct it/);
    expect(refused.message).toContain("FORM_VALUE_OPTION: Expected 'verdict'");
    expect(refused.message).toContain("FORM_VALUE_TYPE: Expected 'note'");
    expect(instance.entries.at(-1)).toMatchObject({
      kind: 'requestRefused',
      data: { code: 'FORM_SUBMISSION' },
    });
    expect(instance.state).toEqual({ ...before, sequence: before.sequence + 1 });
  });

  test('what it takes completes the task, with what it does not ask for', async () => {
    const instance = await startWithForm();
    expect(instance.complete('judge', { verdict: 'yes', also: 7 })).toMatchObject({ ok: true });
    expect(instance.state.status).toBe('completed');
  });

  test('the variables that the task shows count as answers', async () => {
    const instance = await startWithForm();
    instance.send({
      kind: 'setVariables',
      scopeId: null,
      variables: { verdict: 'no' },
      requestId: null,
      actor: null,
    });
    expect(instance.complete('judge')).toMatchObject({ ok: true });
  });
});
