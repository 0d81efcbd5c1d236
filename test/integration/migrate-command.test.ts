/** `jornada migrate` as people run it: a real process, the control socket, real instances, and what the audit then says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRegistry } from '../../registry/index.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { type ControlServer, serveControl } from '../../worker/control/server.js';
import { runCli } from '../support/cli-process.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  after,
  endEvent,
  model,
  startEvent,
  timerBoundary,
  userTask,
} from '../support/durable-model.js';

const folder = mkdtempSync(join(tmpdir(), 'jornada-migrate-'));
let host: TestEngine;
let server: ControlServer;
let troubles: unknown[];

const end = [endEvent('end'), endEvent('too-late')];
const FIRST = model(
  'order',
  [startEvent('start'), userTask('check'), userTask('pack'), userTask('ship'), ...end.slice(0, 1)],
  'start > check > pack > ship > end',
);
const SECOND = model(
  'order',
  [
    startEvent('start'),
    userTask('review'),
    timerBoundary('late', 'review', after('PT2H')),
    userTask('ship'),
    ...end,
  ],
  'start > review > ship > end, late > too-late',
);

const begin = async (): Promise<string> => {
  const start = { processId: 'order', version: 1, requestId: null, actor: null, variables: {} };
  return (await host.engine.start(start)).instanceId;
};

beforeAll(async () => {
  host = await startTestEngine({});
  troubles = [];
  const parts = {
    engine: host.engine,
    store: host.store,
    registry: createRegistry(host.store),
    folder,
  };
  server = await serveControl(parts as unknown as ControlParts, (error) => troubles.push(error));
  await host.deploy('order', FIRST);
  await host.deploy('order', SECOND);
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

test('says what is in the way; says what it would do; does it, and the history tells of it', async () => {
  const instanceId = await begin();
  const short = instanceId.slice(-8);
  const bare = await jornada('migrate', 'pi', instanceId, '--dry-run');
  expect(bare.code).toBe(1);
  expect(bare.lines).toEqual([
    expect.stringMatching(/^ {2}! MIGRATION_ELEMENT_MISSING: .*'check'/),
  ]);

  const plan = ['migrate', 'pi', instanceId, '--map', 'check:review'];
  const tried = await jornada(...plan, '--dry-run');
  const [id = ''] = Object.keys((await host.engine.view(instanceId)).state?.tasks ?? {});
  const lines = [
    `  → check is review (${id})`,
    '  ● waits at late from then on',
    '  then it waits as before',
  ];
  expect(tried).toMatchObject({ code: 0, lines });

  const unasked = await jornada(...plan);
  expect(unasked.err).toContain('CONFIRMATION_MISSING');
  expect((await host.engine.view(instanceId)).definition.version).toBe(1);

  const done = await jornada(...plan, '--yes', '--actor', 'olga', '--reason', 'renamed');
  expect(done.code).toBe(0);
  expect(done.lines.slice(0, 4)).toEqual([
    ...lines,
    `${instanceId}  migrated to version 2; the instance is active`,
  ]);
  expect(done.lines).toContain(`  task ${short}/${id}`);
  expect((await host.engine.view(instanceId)).definition.version).toBe(2);

  const told = (await jornada('audit', instanceId)).lines.map((line) =>
    line.replace(/^.*?Z {2}/, ''),
  );
  expect(told.filter((line) => /migrated the instance|review/.test(line))).toEqual([
    'olga    migrated the instance from version 1 to 2; check is review; now waiting for late – renamed',
    expect.stringContaining("'review' is what 'check' was"),
  ]);
  const again = await jornada(...plan, '--yes');
  expect(again).toMatchObject({ code: 1 });
  expect(again.err).toContain('MIGRATION_NOWHERE');
});

test('of all instances those go that can, and the others say why they stay', async () => {
  const going = [await begin(), await begin()];
  const staying = await begin();
  const [taskId = ''] = Object.keys((await host.engine.view(staying)).state?.tasks ?? {});
  const by = { requestId: null, actor: 'ann', action: null, variables: {} };
  await host.engine.completeTask({ instanceId: staying, taskId, ...by });
  const all = ['migrate', 'pd', 'order', '--map', 'check:review'];
  const stays = [
    `  1 instance stays: ${staying.slice(-8)}`,
    expect.stringMatching(/^ {6}MIGRATION_ELEMENT_MISSING: .*'pack'/),
  ];
  const summary = ['3 running instances of order to version 2:', '  2 can go', ...stays];
  expect(await jornada(...all, '--dry-run')).toMatchObject({ code: 1, lines: summary });
  const done = await jornada(...all, '--yes', '--reason', 'no packing any more');
  expect(done).toMatchObject({ code: 1, lines: [...summary, 'migrated 2 instances'] });
  for (const instanceId of going) {
    expect((await host.engine.view(instanceId)).definition.version).toBe(2);
  }
  expect((await host.engine.view(staying)).definition.version).toBe(1);
  const map = ['--map', 'pack:ship', '--yes', '--json'];
  const last = await jornada('migrate', 'pd', 'order', '--from', '1', ...map);
  expect(JSON.parse(last.lines.join(''))).toEqual({
    to: 2,
    instances: [{ instanceId: staying, from: 1, problem: null }],
  });
  expect(last.code).toBe(0);
});

test.each([
  ['a pair without an end', ['--map', 'check']],
  ['no version', ['--to', 'latest']],
])('%s is misuse', async (_what, flags) => {
  const { code, err } = await jornada('migrate', 'pd', 'order', ...flags);
  expect(code).toBe(2);
  expect(err).toContain('ARGUMENT_INVALID');
});

test('a version that is not there is named', async () => {
  const instanceId = await begin();
  const { code, err } = await jornada('migrate', 'pi', instanceId, '--to', '9', '--dry-run');
  expect(code).toBe(1);
  expect(err).toContain(
    "DEFINITION_UNKNOWN: Expected a deployed process, but there is no 'order:9'",
  );
});
