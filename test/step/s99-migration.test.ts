/** Running instances go on with another version of their process: what goes with them, and what is in the way (S99). */
import { describe, expect, test } from 'vitest';
import { compileFixture, type Driver, startFixture } from '../support/index.js';

const version = async (name: string) => (await compileFixture(`migration/${name}`)).process;
const begin = (name: string, variables = {}) =>
  startFixture(`migration/${name}`, { order: 'o1', customer: 'c1', ...variables });
const waits = ({ state: { timers, subscriptions } }: Driver) =>
  [...Object.values(timers), ...Object.values(subscriptions)].map((row) => row.elementId).sort();

/** Refused, with nothing changed but a note. */
const refuses = async (instance: Driver, name: string, code: string, ids = {}) => {
  const before = JSON.stringify({ ...instance.state, sequence: 0, requests: {} });
  expect(instance.migrate(await version(name), ids)).toMatchObject({ ok: false, code });
  expect(JSON.stringify({ ...instance.state, sequence: 0, requests: {} })).toBe(before);
};

describe('2.12 S99 what an instance waits for', () => {
  test('a task goes on under its id, with the name and form of the new version', async () => {
    const instance = await begin('work-1');
    const [id] = instance.live('work');
    expect(instance.migrate(await version('work-2'))).toMatchObject({ ok: true });
    expect(instance.live('work')).toEqual([id]);
    expect(Object.values(instance.state.tasks)).toMatchObject([
      { id, name: 'Do the work', formId: 'work-form' },
    ]);
    const entry = instance.entries.find(({ kind }) => kind === 'elementMigrated');
    expect(entry?.data).toMatchObject({ task: { name: 'Do the work', formId: 'work-form' } });
    expect(instance.complete('work')).toMatchObject({ ok: true });
    expect(instance.state.status).toBe('completed');
  });

  test('a timer keeps its due time, however it is written now', async () => {
    const instance = await begin('work-1');
    const before = instance.timer('late');
    instance.wait(30).migrate(await version('work-2'));
    expect(instance.timer('late')).toEqual(before);
    instance.fire('late');
    expect(instance.completed()).toContain('end-late');
  });

  test('a message that is written otherwise is waited for anew, by its new name and key', async () => {
    const instance = await begin('work-1');
    instance.migrate(await version('work-2'));
    expect(instance.subscriptions('note')).toEqual([]);
    expect(instance.subscriptions('remark')).toMatchObject([{ key: 'c1', elementId: 'note' }]);
  });

  test('a message that is written as before keeps its key, whatever the variables are now', async () => {
    const instance = await begin('work-1');
    instance.set({ order: 'o2' });
    instance.migrate(await version('work-3'));
    expect(instance.subscriptions('note')).toMatchObject([{ key: 'o1', isInterrupting: true }]);
    instance.message('note');
    expect(instance.told('elementCancelled')).toContain('work');
  });

  test('new events are waited for from now, removed ones no more', async () => {
    const instance = await begin('work-1');
    instance.wait(30).migrate(await version('work-2'));
    expect(instance.timer('soon').series.dueAt).toBe('2026-03-02T09:40:00.000Z');
    instance.migrate(await version('work-3'));
    expect(waits(instance)).toEqual(['note']);
    const entries = instance.entries.filter(({ kind }) => kind === 'instanceMigrated');
    expect(entries.map(({ data }) => [data?.armed, data?.closed])).toEqual([
      [['note', 'soon'], ['note']],
      [['note'], ['late', 'soon', 'note']],
    ]);
  });

  test('an event that has happened is not waited for again', async () => {
    const instance = await begin('work-2');
    instance.fire('soon');
    instance.migrate(await version('work-1'));
    instance.migrate(await version('work-2'));
    // Between them there was no such event: then it is new.
    expect(waits(instance)).toEqual(['late', 'note', 'soon']);
    instance.fire('soon');
    instance.migrate(await version('work-2'));
    expect(waits(instance)).toEqual(['late', 'note']);
  });

  test('an event goes by another name where it is mapped', async () => {
    const instance = await begin('work-1');
    const { id } = instance.timer('late');
    expect(instance.migrate(await version('work-2'), { late: 'soon' })).toMatchObject({ ok: true });
    expect(instance.timer('soon').id).toBe(id);
    expect(instance.timer('soon').series.dueAt).toBe('2026-03-02T10:00:00.000Z');
  });

  test('event sub-processes are armed in every scope that is open', async () => {
    const instance = await begin('scope-1');
    instance.migrate(await version('scope-3'));
    expect(waits(instance)).toEqual(['halted', 'stopped']);
    instance.message('stop');
    expect(instance.told('elementCancelled')).toContain('inner');
    expect(instance.state.status).toBe('completed');
  });

  test('an event-based gateway has one arm more', async () => {
    const instance = await begin('arms-1');
    const before = instance.timer('late');
    instance.migrate(await version('arms-2'));
    expect(waits(instance)).toEqual(['late', 'no', 'yes']);
    expect(instance.timer('late')).toEqual(before);
    instance.message('no');
    expect(instance.completed()).toContain('end-no');
  });

  test('what is new and cannot be waited for refuses all of it', async () => {
    const instance = await begin('work-1');
    await refuses(instance, 'work-4', 'EXPRESSION_FAILED');
  });
});

describe('2.12 S99 tokens', () => {
  test('a token goes to the element that it is mapped to', async () => {
    const instance = await begin('work-1');
    const [id = ''] = instance.live('work');
    expect(instance.migrate(await version('work-5'), { work: 'do' })).toMatchObject({ ok: true });
    expect(instance.live('do')).toEqual([id]);
    const [entry] = instance.entries.filter(({ kind }) => kind === 'elementMigrated');
    expect(entry).toMatchObject({ elementId: 'do', elementInstanceId: id, data: { from: 'work' } });
    expect(instance.complete('do')).toMatchObject({ ok: true });
    expect(instance.state.status).toBe('completed');
  });

  test('a join fires that waits for nothing more', async () => {
    const instance = await begin('fork-1');
    instance.complete('a');
    instance.complete('b');
    expect(instance.live('after')).toEqual([]);
    expect(instance.migrate(await version('fork-2'))).toMatchObject({
      ok: true,
      waitingAt: ['after'],
    });
    instance.complete('c');
    instance.complete('after');
    expect(instance.state.status).toBe('completed');
  });

  test('of a suspended instance it fires when that is resumed', async () => {
    const instance = await begin('fork-1');
    instance.complete('a');
    instance.complete('b');
    instance.suspend();
    instance.migrate(await version('fork-2'));
    expect(instance.live('after')).toEqual([]);
    instance.resume();
    expect(instance.live('after')).toHaveLength(1);
  });

  test('flows that are called otherwise are found by their ends', async () => {
    const instance = await begin('fork-1');
    instance.complete('a');
    instance.migrate(await version('fork-4'));
    expect(instance.state.waiting).toEqual({ [instance.state.rootId ?? '']: { 'from-a': 1 } });
    instance.complete('b');
    instance.complete('c');
    expect(instance.live('after')).toHaveLength(1);
  });

  test('an incident goes on by the version in which its cause is mended', async () => {
    const instance = await begin('script-1');
    expect(instance.incidents()).toEqual(['EXPRESSION_FAILED compute']);
    instance.migrate(await version('script-2'));
    instance.resolve();
    expect(instance.incidents()).toEqual([]);
    expect(instance.live('look')).toHaveLength(1);
  });

  test('it is asked once under one id, and another time it is told the same', async () => {
    const instance = await begin('work-1');
    const target = await version('work-2');
    const event = {
      kind: 'migrate',
      from: { version: 1, hash: 'one' },
      to: { version: 2, hash: 'two' },
      mappings: [],
      requestId: 'r1',
      actor: 'ana',
    } as const;
    expect(instance.send(event, { target }).process).toBe(target);
    const again = instance.send(event, { target: await version('work-5') });
    expect(again.answer).toMatchObject({ ok: true });
    expect(again.process).toBe(target);
    expect(again.entries).toEqual([]);
  });
});

describe('2.12 S99 what is in the way', () => {
  test.each([
    ['work-1', 'work-5', {}, 'MIGRATION_ELEMENT_DIFFERS'],
    ['work-1', 'other', {}, 'MIGRATION_PROCESS'],
    ['work-1', 'work-2', { nowhere: 'work' }, 'MIGRATION_MAPPING'],
    ['work-1', 'work-2', { work: 'nowhere' }, 'MIGRATION_MAPPING'],
    ['work-1', 'work-2', { work: 'work-to-done' }, 'MIGRATION_MAPPING'],
    ['work-1', 'work-2', { late: 'note' }, 'MIGRATION_EVENT'],
    ['work-1', 'work-6', { late: 'overdue' }, 'MIGRATION_EVENT'],
    ['scope-1', 'scope-2', {}, 'MIGRATION_ELEMENT_MISSING'],
    ['scope-2', 'scope-1', {}, 'MIGRATION_SCOPE'],
    ['multi-1', 'multi-2', { items: '' }, 'MIGRATION_MAPPING'],
    ['multi-1', 'multi-2', {}, 'MIGRATION_ELEMENT_DIFFERS'],
  ])('%s to %s, %j: %s', async (from, to, ids, code) => {
    await refuses(await begin(from, { items: [1, 2] }), to, code, ids);
  });

  test('a token that waits at a join of another kind', async () => {
    const instance = await begin('fork-1');
    instance.complete('a');
    await refuses(instance, 'fork-3', 'MIGRATION_ELEMENT_DIFFERS');
  });

  test('a token that waits on a flow that is not there', async () => {
    const instance = await begin('fork-1');
    instance.complete('c');
    await refuses(instance, 'fork-2', 'MIGRATION_FLOW_MISSING');
  });

  test('an instance that has ended', async () => {
    const instance = await begin('work-1');
    instance.cancel();
    expect(instance.migrate(await version('work-2'))).toMatchObject({ code: 'INSTANCE_ENDED' });
  });

  test('what the host says', async () => {
    const instance = await begin('work-1');
    const target = { code: 'MIGRATION_VERSION', message: 'it runs another' } as const;
    const versions = { from: { version: 1, hash: 'one' }, to: { version: 2, hash: 'two' } };
    const who = { requestId: null, actor: 'ana' };
    const event = { kind: 'migrate', ...versions, mappings: [], ...who } as const;
    expect(instance.send(event, { target }).answer).toMatchObject({ ok: false, ...target });
  });
});
