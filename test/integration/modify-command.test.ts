/** `jornada modify pi` as people run it: a real process, the control socket, a real instance, and what the audit then says. */
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

const folder = mkdtempSync(join(tmpdir(), 'jornada-modify-'));
let host: TestEngine;
let server: ControlServer;
let instanceId: string;
let troubles: unknown[];

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
  const nodes = [
    startEvent('start'),
    userTask('approve'),
    timerBoundary('late', 'approve', after('PT2H')),
    userTask('ship'),
    endEvent('end'),
    endEvent('too-late'),
  ];
  await host.deploy(
    'order',
    model('order', nodes, 'start > approve > ship > end, late > too-late'),
  );
  const start = { processId: 'order', requestId: null, actor: null, variables: {} };
  instanceId = (await host.engine.start(start)).instanceId;
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

test('says what it would do, does it when it may, and the history tells of it', async () => {
  const move = ['modify', 'pi', instanceId, '--move', 'approve:ship'];
  const tried = await jornada(...move, '--dry-run');
  const [id = ''] = Object.keys((await host.engine.view(instanceId)).state?.tasks ?? {});
  const plan = [
    `  × ends approve, ${id}, with its task`,
    '  × stops timer late',
    '  ● puts a token at ship',
    '  then it waits at ship',
  ];
  expect(tried).toMatchObject({ code: 0, lines: plan });

  const unasked = await jornada(...move);
  expect(unasked).toMatchObject({ code: 2 });
  expect(unasked.err).toContain('CONFIRMATION_MISSING');
  expect(Object.keys((await host.engine.view(instanceId)).state?.tasks ?? {})).toEqual([id]);

  const who = ['--actor', 'olga', '--reason', 'approved by phone'];
  const variables = ['--variables', '{"phone": true}'];
  const done = await jornada(...move, '--yes', ...who, ...variables);
  expect(done.code).toBe(0);
  expect(done.lines.slice(0, 4)).toEqual(plan);
  expect(done.lines[4]).toBe(`${instanceId}  modified; now waiting for ship`);
  const view = await host.engine.view(instanceId);
  expect(view.state?.variables[view.state.rootId ?? '']).toEqual({ phone: true });

  const { items } = await host.store.audit.query({
    filter: { action: 'modifyInstance', actor: 'olga' },
  });
  expect(items.map(({ data, reason }) => [data?.isDryRun, data?.variables, reason])).toEqual(
    expect.arrayContaining([[false, ['phone'], 'approved by phone']]),
  );
  const told = (await jornada('audit', instanceId)).lines.map((line) =>
    line.replace(/^.*?Z {2}/, ''),
  );
  expect(told.filter((line) => line.includes('modified the instance'))).toEqual([
    `olga    modified the instance: moved ${id} to ship – approved by phone`,
    expect.stringContaining("took task 'approve' back: it was moved to 'ship' by olga"),
    expect.stringContaining("ended 'approve': it was moved to 'ship' by olga"),
    expect.stringContaining("entered 'ship' (user task) – because olga modified the instance"),
  ]);
});

test('a refusal says which instruction does not fit', async () => {
  const { code, err } = await jornada('modify', 'pi', instanceId, '--activate', 'late', '--yes');
  expect(code).toBe(1);
  expect(err).toContain('MODIFICATION_ELEMENT_CLOSED: Expected activation 1');
});

test.each([
  ['nothing to do', []],
  ['a move to nowhere', ['--move', 'approve']],
  ['an ancestor without a name', ['--activate', 'ship@']],
  ['variables that no token brings', ['--cancel', 'ship', '--variables', '{}']],
])('%s is misuse', async (_what, flags) => {
  const { code, err } = await jornada('modify', 'pi', instanceId, ...flags);
  expect(code).toBe(2);
  expect(err).toContain('ARGUMENT_INVALID');
});
