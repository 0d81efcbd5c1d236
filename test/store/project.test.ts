import { describe, expect, test } from 'vitest';
import { addChange, type ChangeSet } from '../../store/journal/changes.js';
import { project } from '../../store/journal/project.js';
import { aLife, anInstance, aTask, numbered } from '../support/store.js';

const instance = anInstance({ instanceId: 'i' });
const task = { elementId: 'T', elementInstanceId: 'T:1', scopeId: 'P:0' };

describe('project', () => {
  test.each(['flowTaken', 'jobStarted', 'tokenWaiting', 'eventNotAwaited'] as const)(
    'lets %s change nothing that people read',
    (kind) => {
      expect(numbered([{ kind, ...task }]).flatMap((entry) => project(entry, instance))).toEqual(
        [],
      );
    },
  );

  test('folds a task that opens and ends in one batch into one whole row', () => {
    const entries = numbered([
      { kind: 'taskOpened', ...task, data: aTask() },
      { kind: 'taskAssigned', ...task, data: { assignee: 'ana' } },
      { kind: 'taskCompleted', ...task, actor: 'ana', data: { action: null } },
    ]);
    const changes: ChangeSet = new Map();
    for (const entry of entries) {
      for (const change of project(entry, instance)) addChange(changes, change);
    }
    const rows = [...(changes.get('user_tasks')?.values() ?? [])];
    expect(rows).toMatchObject([
      { how: 'put', row: { task_id: 'T:1', assignee: 'ana', state: 'COMPLETED', revision: 3 } },
    ]);
  });

  test('gives equal changes for equal entries', () => {
    const once = aLife().flatMap((entry) => project(entry, instance));
    expect(aLife().flatMap((entry) => project(entry, instance))).toEqual(once);
  });
});
