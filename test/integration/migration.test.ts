/** Migration on a real server: what is accepted first wins, what is asked twice is done once, what is killed goes on. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { MappingInstruction, ProcessVersion } from '../../engine/model/index.js';
import { openStore, type Store } from '../../store/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  endEvent,
  messageCatch,
  model,
  parallelGateway,
  serviceTask,
  startEvent,
  userTask,
} from '../support/durable-model.js';
import { fixedSealing } from '../support/fixed-keys.js';
import { onPostgres, type TestDatabase } from '../support/store.js';
import { spawnWorker } from '../support/worker-process.js';

/** `approve` and what comes after it is called otherwise in the second version, and more is to be done. */
const FIRST = model(
  'ordering',
  [
    startEvent('start'),
    parallelGateway('fork'),
    userTask('approve'),
    messageCatch('paid', 'paid', 'order'),
    parallelGateway('join'),
    endEvent('end'),
  ],
  'start > fork > approve > join > end, fork > paid > join',
);
const SECOND = model(
  'ordering',
  [
    startEvent('start'),
    parallelGateway('fork'),
    userTask('review'),
    messageCatch('settled', 'paid', 'order'),
    parallelGateway('join'),
    serviceTask('book', 'book'),
    userTask('ship'),
    endEvent('end'),
  ],
  'start > fork > review > join > book > ship > end, fork > settled > join',
);
const MAPPINGS: readonly MappingInstruction[] = [
  { sourceElementId: 'approve', targetElementId: 'review' },
  { sourceElementId: 'paid', targetElementId: 'settled' },
];

let requests = 0;
const requestId = (): string => {
  requests += 1;
  return `m${requests}`;
};

interface Versions {
  readonly from: ProcessVersion;
  readonly to: ProcessVersion;
}

/** Deploys both. */
async function deployBoth(durable: TestEngine): Promise<Versions> {
  const versions: ProcessVersion[] = [];
  for (const xml of [FIRST, SECOND]) {
    const report = await durable.engine.deploy('ordering', { 'process.bpmn': xml });
    const version = report.processes[0]?.version;
    if (!report.ok || version === undefined) throw new Error(JSON.stringify(report));
    versions.push({ version, hash: report.hash });
  }
  const [from, to] = versions;
  if (!from || !to) throw new Error('two versions were deployed');
  return { from, to };
}

const taskOf = async ({ engine }: TestEngine, instanceId: string, elementId: string) => {
  const { state } = await engine.view(instanceId);
  return Object.values(state?.tasks ?? {}).find((task) => task.elementId === elementId)?.id ?? '';
};

describe('with a worker', () => {
  let durable: TestEngine;
  let versions: Versions;
  const begin = async (order: string): Promise<string> => {
    const start = { processId: 'ordering', requestId: requestId(), actor: null };
    const version = versions.from.version;
    return (await durable.engine.start({ ...start, version, variables: { order } })).instanceId;
  };
  const plan = () => ({ ...versions, mappings: MAPPINGS });
  const by = (instanceId: string) => ({ instanceId, requestId: requestId(), actor: 'olga' });
  const complete = (instanceId: string, taskId: string) =>
    durable.engine.completeTask({
      ...{ ...by(instanceId), taskId, action: null, variables: {}, actor: 'ann' },
    });
  beforeAll(async () => {
    durable = await startTestEngine({ book: async () => ({ booked: true }) });
    versions = await deployBoth(durable);
  });
  afterAll(async () => {
    await durable?.close();
  });

  test('an instance goes on by the other version, and so does what people see of it', async () => {
    const { engine, store } = durable;
    const instanceId = await begin('o-1');
    const taskId = await taskOf(durable, instanceId, 'approve');
    expect(await engine.previewMigration(instanceId, { ...plan(), actor: 'olga' })).toMatchObject({
      problems: [],
      renamed: [
        { from: 'approve', to: 'review', elementInstanceId: taskId },
        { from: 'paid', to: 'settled' },
      ],
    });
    expect(await engine.migrate({ ...by(instanceId), ...plan() })).toMatchObject({ ok: true });
    expect(await store.processInstances.get(instanceId)).toMatchObject({
      definitionVersion: versions.to.version,
      definitionHash: versions.to.hash,
    });
    expect(await store.userTasks.get(instanceId, taskId)).toMatchObject({
      elementId: 'review',
      state: 'CREATED',
    });
    const filter = { instanceId };
    const waits = (await store.subscriptions.search({ filter })).items;
    expect(waits.map(({ elementId }) => elementId)).toEqual(['settled']);
    expect((await engine.view(instanceId)).definition).toMatchObject(versions.to);
    // The message finds it by the subscription that it had; the job after the join is of the new version.
    await engine.publish({
      ...{ name: 'paid', key: 'o-1', messageId: 'p-1', timeToLive: 'PT0S', variables: {} },
    });
    expect(await complete(instanceId, taskId)).toMatchObject({ ok: true });
    await durable.until(instanceId, ({ state }) => Object.keys(state?.tasks ?? {}).length > 0);
    const shipping = await taskOf(durable, instanceId, 'ship');
    expect(await complete(instanceId, shipping)).toMatchObject({ ok: true });
    expect(await durable.ended(instanceId)).toBe('COMPLETED');
    const kinds = (await durable.journal(instanceId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'instanceMigrated')).toHaveLength(1);
  });

  test('what people see is made again from the journal as it was', async () => {
    const { engine, store } = durable;
    const instanceId = await begin('o-2');
    await engine.migrate({ ...by(instanceId), ...plan() });
    const seen = async () => {
      const filter = { instanceId };
      const pages = await Promise.all([
        store.elementInstances.search({ filter }),
        store.userTasks.search({ filter }),
        store.subscriptions.search({ filter }),
        store.processInstances.search({ filter }),
      ]);
      return pages.map(({ items }) => items);
    };
    const before = await seen();
    await store.journal.rebuild();
    expect(await seen()).toEqual(before);
  });

  test('a task that is completed while its instance migrates: both are done, or the plan is late', async () => {
    for (let round = 0; round < 8; round += 1) {
      const instanceId = await begin(`race-${round}`);
      const taskId = await taskOf(durable, instanceId, 'approve');
      const migrate = () => durable.engine.migrate({ ...by(instanceId), ...plan() });
      const finish = () => complete(instanceId, taskId);
      const [migrated, completed] =
        round % 2 === 0
          ? await Promise.all([migrate(), finish()])
          : await Promise.all([finish(), migrate()]).then(([a, b]) => [b, a] as const);
      // Completed first, its token waits at the join, whose flow has other ends then.
      expect(completed).toMatchObject({ ok: true });
      const kinds = (await durable.journal(instanceId)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'taskCompleted')).toHaveLength(1);
      expect(migrated).toMatchObject({ ok: true });
      expect(kinds.filter((kind) => kind === 'instanceMigrated')).toHaveLength(1);
    }
  });

  test('a repeated request changes nothing; a plan from another version is refused', async () => {
    const instanceId = await begin('o-3');
    const command = { ...by(instanceId), ...plan() };
    const first = await durable.engine.migrate(command);
    expect(await durable.engine.migrate(command)).toEqual(first);
    const again = { ...by(instanceId), ...plan() };
    expect(await durable.engine.migrate(again)).toMatchObject({
      ok: false,
      code: 'MIGRATION_VERSION',
    });
    expect(await durable.engine.previewMigration(instanceId, again)).toMatchObject({
      code: 'MIGRATION_VERSION',
    });
    // And back, by the reverse plan.
    const back = MAPPINGS.map(({ sourceElementId, targetElementId }) => ({
      ...{ sourceElementId: targetElementId, targetElementId: sourceElementId },
    }));
    const reverse = { from: versions.to, to: versions.from, mappings: back };
    expect(await durable.engine.migrate({ ...by(instanceId), ...reverse })).toMatchObject({
      ok: true,
    });
    expect((await durable.engine.view(instanceId)).definition).toMatchObject(versions.from);
  });

  test('what is in the way is told, all of it, and nothing changes', async () => {
    const instanceId = await begin('o-4');
    const bare = { ...versions, mappings: [] };
    const preview = await durable.engine.previewMigration(instanceId, { ...bare, actor: 'olga' });
    const problems = 'problems' in preview ? preview.problems : [];
    expect(problems.map(({ code }) => code)).toEqual([
      'MIGRATION_ELEMENT_MISSING',
      'MIGRATION_ELEMENT_MISSING',
    ]);
    expect(await durable.engine.migrate({ ...by(instanceId), ...bare })).toMatchObject({
      ok: false,
      code: 'MIGRATION_ELEMENT_MISSING',
    });
    expect((await durable.engine.view(instanceId)).definition).toMatchObject(versions.from);
  });
});

describe('with a worker that is killed', () => {
  const workers: ChildProcess[] = [];
  let database: TestDatabase;
  let store: Store;
  let client: TestEngine;
  const startWorker = async (last = ''): Promise<ChildProcess> => {
    const child = await spawnWorker({
      ...{ temporalAddress: String(inject('temporalAddress')), last },
      ...{
        taskQueue: String(client.options.taskQueue),
        databaseUrl: database.config.databaseUrl ?? '',
      },
    });
    workers.push(child);
    return child;
  };
  beforeAll(async () => {
    database = await onPostgres(inject('databaseUrl'));
    store = await openStore(database.config, fixedSealing());
    client = await startTestEngine({}, { store, hasWorker: false, withinMs: 60_000 });
  });
  afterAll(async () => {
    for (const child of workers) if (child.exitCode === null) child.kill('SIGKILL');
    await client?.close();
    await store?.close();
    await database?.discard();
  });

  test('in the middle of a migration, another one does it, once', async () => {
    const versions = await deployBoth(client);
    const first = await startWorker('instanceMigrated');
    const died = once(first, 'exit');
    const start = { processId: 'ordering', requestId: requestId(), actor: null };
    const { instanceId } = await client.engine.start({
      ...{ ...start, version: versions.from.version, variables: { order: 'k' } },
    });
    const command = { instanceId, requestId: requestId(), actor: 'olga' };
    const migrating = client.engine.migrate({ ...command, ...versions, mappings: MAPPINGS });
    expect((await died)[1]).toBe('SIGKILL');
    await startWorker();
    expect(await migrating).toMatchObject({ ok: true });
    const journal = await client.journal(instanceId);
    const kinds = journal.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'instanceMigrated')).toHaveLength(1);
    expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_, i) => i + 1));
    expect(await taskOf(client, instanceId, 'approve')).toBe('');
    expect(await taskOf(client, instanceId, 'review')).not.toBe('');
  });
});
