/** `jornada … batches` as people run it: a real process, the control socket, real instances. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRegistry } from '../../registry/index.js';
import { createBatchRuns } from '../../worker/batches/index.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { type ControlServer, serveControl } from '../../worker/control/server.js';
import { runCli } from '../support/cli-process.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { endEvent, model, startEvent, userTask } from '../support/durable-model.js';

const folder = mkdtempSync(join(tmpdir(), 'jornada-batches-'));
let host: TestEngine;
let server: ControlServer;
let troubles: unknown[];

const line = (task: string) =>
  model(
    'many-orders',
    [startEvent('start'), userTask(task), userTask('ship'), endEvent('end')],
    `start > ${task} > ship > end`,
  );

const states = async (): Promise<readonly string[]> => {
  const filter = { processId: 'many-orders' };
  const { items } = await host.store.processInstances.search({ filter, limit: 10 });
  return items.map(({ state, definitionVersion }) => `${state} ${definitionVersion}`);
};

beforeAll(async () => {
  host = await startTestEngine({});
  troubles = [];
  const { engine, store, client, options } = host;
  const parts = {
    ...{ engine, store, registry: createRegistry(store), folder },
    batches: createBatchRuns(client, options.taskQueue ?? '', store),
  };
  server = await serveControl(parts as unknown as ControlParts, (error) => troubles.push(error));
  await host.deploy('many-orders', line('check'));
  for (const _ of [1, 2]) {
    const start = { processId: 'many-orders', version: 1, requestId: null, actor: null };
    await engine.start({ ...start, variables: {} });
  }
  await host.deploy('many-orders', line('review'));
});
afterAll(async () => {
  await server?.close();
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});

const jornada = async (...args: readonly string[]) => {
  const ran = await runCli(folder, args);
  expect(troubles).toEqual([]);
  return ran;
};
const json = async (...args: readonly string[]) =>
  JSON.parse((await jornada(...args, '--json')).lines.join('\n')) as never;

test('is tried out, begun with a reason, followed, and told', async () => {
  const ofMany = ['--process', 'many-orders'];
  const tried = await jornada('begin', 'batches', 'suspend', ...ofMany, '--dry-run');
  expect(tried).toMatchObject({ code: 0 });
  expect(tried.lines).toEqual([
    'suspend: 2 items',
    '  of these 2 would, 0 are so already, 0 would be refused',
  ]);
  expect(await states()).toEqual(['ACTIVE 1', 'ACTIVE 1']);

  const why = ['--reason', 'wrong prices', '--actor', 'olga'];
  const begun = await jornada('begin', 'batches', 'suspend', ...ofMany, '--yes', ...why);
  expect(begun.code).toBe(0);
  const key = begun.lines.at(-1)?.split(' ')[0]?.slice(-8) ?? '';
  await expect.poll(states, { timeout: 30_000 }).toEqual(['SUSPENDED 1', 'SUSPENDED 1']);
  const shown = async () => (await jornada('get', 'batches', key)).lines.join('\n');
  await expect.poll(shown, { timeout: 30_000 }).toMatch(/State +COMPLETED/);
  expect(await shown()).toMatch(/Done +2 of 2[\s\S]*By +olga\nReason +wrong prices/);
  const listed = await jornada('search', 'batches', '--state', 'completed');
  expect(listed.lines[1]).toMatch(
    new RegExp(`^${key} +SUSPEND_PROCESS_INSTANCE +COMPLETED +2/2 +0 +olga`),
  );
  // It is over: there is nothing to call off.
  const late = await jornada('cancel', 'batches', key, '--yes');
  expect(late).toMatchObject({ code: 1, err: expect.stringContaining('BATCH_STATE') });
});

test('of migrations says what is in the way, and goes where it is mapped', async () => {
  const migrate = ['begin', 'batches', 'migrate', '--process', 'many-orders', '--from', '1'];
  const bare = await jornada(...migrate, '--dry-run');
  expect(bare.code).toBe(1);
  expect(bare.lines.join('\n')).toMatch(/2 would be refused[\s\S]*MIGRATION_ELEMENT_MISSING/);
  const mapped = [...migrate, '--map', 'check:review'];
  expect(await json(...mapped, '--dry-run')).toMatchObject({
    ...{ total: 2, verdicts: [{ outcome: 'would' }, { outcome: 'would' }] },
  });
  expect(await json(...mapped, '--yes')).toMatchObject({ total: 2 });
  await expect.poll(states, { timeout: 30_000 }).toEqual(['SUSPENDED 2', 'SUSPENDED 2']);
});

test('never means all by what is left out, nor an act that there is not', async () => {
  expect(await jornada('begin', 'batches', 'cancel', '--yes')).toMatchObject({ code: 2 });
  const odd = await jornada('begin', 'batches', 'explode', '--process', 'many-orders', '--yes');
  expect(odd).toMatchObject({ code: 2, err: expect.stringContaining('explode') });
  const nothing = await jornada('begin', 'batches', 'cancel', '--process', 'no-such', '--yes');
  expect(nothing).toMatchObject({ code: 1, lines: ['nothing fits'] });
  expect(await jornada('get', 'batches', 'ffffffff')).toMatchObject({ code: 1 });
});
