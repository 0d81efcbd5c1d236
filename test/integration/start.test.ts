/** `jornada start` and the commands as people run them: real processes, a real data folder, a real Ctrl-C. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  endEvent,
  messageCatch,
  model,
  serviceTask,
  startEvent,
  userTask,
} from '../support/durable-model.js';

const CLI = resolve('cli/jornada.mjs');
const approval = model(
  'approval',
  [
    startEvent('start'),
    userTask('approve'),
    serviceTask('charge', 'no-such-worker'),
    messageCatch('paid', 'order-paid', 'orderId'),
    endEvent('end'),
  ],
  'start > approve > charge > paid > end',
);

let root = '';
let data = '';
let port = 0;
const children: ChildProcess[] = [];

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const launch = (args: readonly string[], environment: Record<string, string> = {}) => {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, NO_COLOR: '1', JORNADA_DATA: data, ...environment };
  const child = spawn(process.execPath, [CLI, ...args], { cwd: root, env });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = once(child, 'close').then(([code]): Ran => ({ code, ...said }));
  return { child, said, ended };
};
const jornada = (...args: string[]): Promise<Ran> => launch(args).ended;
const ask = async (...args: string[]) => {
  const { code, out, err } = await jornada(...args, '--json');
  if (code !== 0) throw new Error(`${args.join(' ')} → ${code}\n${err}`);
  return JSON.parse(out);
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
};

/** Starts an engine and waits until it says that it is ready. */
const start = async (...args: string[]) => {
  const engine = launch(['start', '--json', '--port', String(port), ...args]);
  const isReady = (): boolean => engine.said.out.includes('"ready":true');
  const ended = engine.ended.then(({ code, err }) => {
    if (!isReady()) throw new Error(`the engine ended with ${code} before it was ready: ${err}`);
  });
  const ready = async (): Promise<void> => {
    while (!isReady()) await new Promise((done) => setTimeout(done, 50));
  };
  await Promise.race([ready(), ended]);
  return engine;
};

/** Whether something accepts connections there. */
const listens = async (on: number): Promise<boolean> => {
  const server = createServer();
  const free = new Promise<boolean>((done) => {
    server.once('error', () => done(false));
    server.listen(on, '127.0.0.1', () => server.close(() => done(true)));
  });
  return !(await free);
};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'jornada-start-'));
  data = join(root, 'data');
  port = await freePort();
  mkdirSync(join(root, 'definitions', 'approval'), { recursive: true });
  mkdirSync(join(root, 'definitions', '_template'));
  writeFileSync(join(root, 'definitions', 'approval', 'process.bpmn'), approval);
  writeFileSync(join(root, 'definitions', '_template', 'process.bpmn'), 'not a model');
  writeFileSync(join(root, 'two.bpmn'), approval.replaceAll('"approval"', '"second"'));
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

describe('without an engine', { timeout: 120_000 }, () => {
  test.each([[['search', 'pi']], [['run', 'approval']], [['rebuild']], [['audit', 'x']]])(
    '%j exits 3 with the command that starts one',
    async (args) => {
      const { code, out, err } = await jornada(...args);
      expect([code, out]).toEqual([3, '']);
      expect(err).toContain('ENGINE_NOT_RUNNING');
      expect(err).toContain(`npx jornada start --data ${data}`);
    },
  );

  test('doctor looks at the machine all the same', async () => {
    const { checks } = await ask('doctor');
    const states = Object.fromEntries(
      checks.map(({ part, state }: { part: string; state: string }) => [part, state]),
    );
    expect(states).toMatchObject({ node: 'well', engine: 'note', disk: 'well' });
  });

  test('every fault of the environment is told at once, and no value', async () => {
    const secret = 'hunter2';
    const wrong = { DATABASE_URL: `mysql://${secret}`, SMTP_URL: secret, TEMPORAL_ADDRESS: secret };
    const { code, err } = await launch(['start'], wrong).ended;
    expect(code).toBe(1);
    expect(err).toContain('CONFIG_INVALID');
    for (const name of Object.keys(wrong)) expect(err).toContain(name);
    expect(err).not.toContain(secret);
    const shown = await launch(['doctor', '--env', '--json'], wrong).ended;
    expect(shown.code).toBe(1);
    expect(shown.out).not.toContain(secret);
  });

  test('a folder that is somebody else’s is never taken, least of all with --fresh', async () => {
    const foreign = join(root, 'definitions');
    const { code, err } = await jornada('start', '--fresh', '--data', foreign);
    expect(code).toBe(1);
    expect(err).toContain('DATA_FOLDER_FOREIGN');
    expect(existsSync(join(foreign, 'approval', 'process.bpmn'))).toBe(true);
  });

  test('a database that does not answer exits 3', async () => {
    const away = { DATABASE_URL: 'postgres://127.0.0.1:9/nowhere', JORNADA_DATA: join(root, 'd2') };
    const { code, err } = await launch(['start'], away).ended;
    expect(code).toBe(3);
    expect(err).toContain('STORE_UNREACHABLE');
  });
});

describe('an engine from start to Ctrl-C', { timeout: 400_000 }, () => {
  test('runs, waits for people, keeps what it has, and leaves nothing behind', async () => {
    const engine = await start();
    const lines = engine.said.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ stage }) => stage).filter(Boolean)).toEqual([
      'database',
      'temporal',
      'mail',
      'app',
      'worker',
      'definitions',
      'web',
    ]);
    expect(lines.at(-1)).toMatchObject({ ready: true, temporal: `127.0.0.1:${port}` });
    const pid = Number(
      readFileSync(join(data, 'temporal', 'temporal.lock'), 'utf8').match(
        /"server":\{"pid":(\d+)/,
      )?.[1],
    );
    expect(pid).toBeGreaterThan(0);
    expect(statSync(lines.at(-1).control).mode & 0o777).toBe(0o600);
    expect(statSync(data).mode & 0o777).toBe(0o700);

    const second = await jornada('start');
    expect(second.code).toBe(1);
    expect(second.err).toContain(`process ${engine.child.pid}`);

    await deploys();
    const instanceId = await worksOn();
    await cancels();
    await misuses(instanceId);

    expect(await ask('rebuild')).toMatchObject({ instances: 2 });
    const [rebuilt] = (await ask('audit', '--limit', '1')).items;
    expect(rebuilt).toMatchObject({ action: 'rebuild', object: 'projections', outcome: 'done' });
    const { items } = await ask('search', 'pi', '--process', 'approval');
    expect(items.map(({ state }: { state: string }) => state)).toEqual(['CANCELLED', 'COMPLETED']);

    engine.child.kill('SIGINT');
    const { code } = await engine.ended;
    expect(code).toBe(130);
    expect(() => process.kill(pid, 0)).toThrow();
    expect(await listens(port)).toBe(false);
    expect(existsSync(lines.at(-1).control)).toBe(false);
    expect(existsSync(join(data, 'engine.lock'))).toBe(false);
    expect((await jornada('search', 'pi')).code).toBe(3);

    await startsAgain(instanceId);
  });

  async function deploys(): Promise<void> {
    const dry = await ask('deploy', 'two.bpmn', '--dry-run');
    expect(dry.deployed).toMatchObject([{ id: 'second', version: 1, isNew: true }]);
    expect((await ask('search', 'pd')).items).toHaveLength(1);
    const done = await ask('deploy', 'two.bpmn');
    expect(done.deployed).toMatchObject([{ id: 'second', version: 1, isNew: true }]);
    const again = await ask('deploy', 'two.bpmn');
    expect(again.deployed).toMatchObject([{ id: 'second', version: 1, isNew: false }]);

    // All or nothing: a bad package beside a good one keeps the good one out.
    const bad = join(root, 'bad');
    mkdirSync(bad);
    writeFileSync(join(bad, 'process.bpmn'), approval.replace('targetRef="end"', 'targetRef="no"'));
    writeFileSync(join(root, 'three.bpmn'), approval.replaceAll('"approval"', '"third"'));
    const refused = await jornada('deploy', 'three.bpmn', bad);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('bad/process.bpmn');
    const ids = (await ask('search', 'pd')).items.map(({ processId }: never) => processId);
    expect(ids).toEqual(['approval', 'second']);
    expect((await jornada('deploy', 'nowhere')).code).toBe(2);
  }

  async function worksOn(): Promise<string> {
    writeFileSync(join(root, 'order.json'), '{"orderId": "42"}');
    const order = ['--variables', '@order.json', '--business-key', 'o-42'];
    const refused = await jornada('run', 'approval', ...order, '--start-event', 'no');
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining('START_EVENT_UNKNOWN'),
    ]);
    expect((await ask('search', 'pi')).items).toEqual([]);
    const { instanceId, waitsFor, isNew } = await ask(
      'run',
      'approval',
      ...order,
      '--actor',
      'cory',
    );
    expect(isNew).toBe(true);
    expect((await jornada('run', 'approval', ...order)).out).toContain('was there already');
    expect(await ask('run', 'approval', ...order)).toMatchObject({ instanceId, isNew: false });
    const other = await jornada('run', 'approval', '--business-key', 'o-42');
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('BUSINESS_KEY_USED')]);
    expect(waitsFor).toMatchObject([{ kind: 'task', elementId: 'approve' }]);
    const key = instanceId.slice(-8);
    const found = await ask('search', 'ut', '--unassigned', '--instance', key);
    expect(found.items).toMatchObject([{ instanceId, elementId: 'approve', assignee: null }]);
    await ask('assign', 'ut', key, '--to', 'dana', '--actor', 'cory', '--reason', 'she knows');
    const taken = await jornada('assign', 'ut', key, '--to', 'rui', '--if-free');
    expect(taken.code).toBe(1);
    expect(taken.err).toContain('TASK_ASSIGNED');
    expect((await ask('search', 'ut', '--assignee', 'dana')).items).toHaveLength(1);
    expect((await jornada('claim', 'ut', key, '--actor', 'rui')).err).toContain('TASK_ASSIGNED');
    await ask('delegate', 'ut', key, '--to', 'rui', '--actor', 'cory');
    expect((await ask('search', 'ut', '--owner', 'dana')).items).toMatchObject([
      { assignee: 'rui' },
    ]);
    expect((await jornada('complete', 'ut', key)).err).toContain('TASK_DELEGATED');
    await ask('comment', 'ut', key, 'she wants it in writing', '--actor', 'rui');
    await ask('return', 'ut', key, '--actor', 'rui');
    await ask('update', 'ut', key, '--due', '2030-01-02T03:04:05Z', '--groups', 'lead,night shift');
    expect((await jornada('update', 'ut', key, '--priority', '101')).err).toContain(
      'TASK_CHANGE_INVALID',
    );
    const { task, comments } = await ask('get', 'ut', key);
    expect(task).toMatchObject({
      ...{ assignee: 'dana', owner: null, candidateGroups: ['lead', 'night shift'] },
      dueAt: '2030-01-02T03:04:05.000Z',
    });
    expect(comments).toMatchObject([{ actor: 'rui', text: 'she wants it in writing' }]);
    const story = (await jornada('audit', key)).out;
    expect(story).toContain("delegated task 'approve' to rui, who returns it to dana");
    expect(story).toContain("commented on task 'approve' – she wants it in writing");
    expect(story).toContain(
      "changed task 'approve': due 2030-01-02 03:04:05Z, groups lead, night shift",
    );
    await ask('suspend', 'pi', key);
    expect((await jornada('complete', 'ut', key)).err).toContain('INSTANCE_SUSPENDED');
    await ask('resume', 'pi', key);
    await ask('set', 'var', key, 'amount=12', 'name=Ada');
    await ask('complete', 'ut', key, '--action', 'ok', '--actor', 'dana');

    await until(async () => (await ask('search', 'inc', '--instance', key)).items.length === 1);
    const drawn = await jornada('get', 'pi', 'o-42');
    expect(drawn.out).toMatch(/✓ approve +user task\n +! charge +service task +incident/);
    await ask('resolve', 'inc', key, '--complete', '--variables', '{"receipt": "r1"}');
    const missed = await jornada('correlate', 'msg', 'order-paid', '--key', '41');
    expect([missed.code, missed.err]).toEqual([
      1,
      expect.stringContaining('MESSAGE_NOT_CORRELATED'),
    ]);
    expect(await ask('correlate', 'msg', 'order-paid', '--key', '42')).toMatchObject({
      correlated: [{ instanceId }],
    });
    await until(async () => (await ask('get', 'pi', key)).instance.state === 'COMPLETED');
    const variables = (await ask('search', 'var', '--instance', key)).items;
    expect(variables).toContainEqual(expect.objectContaining({ name: 'amount', value: 12 }));

    const audit = await jornada('audit', key);
    expect(audit.out).toContain("cory    gave task 'approve' to dana – she knows");
    expect(audit.out).toContain("dana    completed task 'approve' by 'ok'");
    expect(audit.out).toContain('TASK_ASSIGNED');
    expect(audit.out).toContain("entered 'charge' (service task) – after 'approve'");
    expect(audit.out).toMatch(/engine +the instance completed – after 'end'/);
    const { acts } = await ask('audit', key);
    const outcomes = acts.map(({ action, outcome }: never) => `${action} ${outcome}`);
    expect(outcomes).toEqual(
      expect.arrayContaining(['run done', 'assignTask refused', 'completeTask refused']),
    );
    expect(JSON.stringify(acts)).not.toContain('r1');
    // Named by the instance alone, and by what it meant then: afterwards no task and no incident was open.
    const objects = acts
      .filter(({ outcome }: never) => outcome === 'done')
      .map(({ action, object }: never) => `${action} ${object}`);
    expect(objects.join('\n')).toMatch(new RegExp(`completeTask task:${instanceId}/approve:\\d+`));
    expect(objects.join('\n')).toMatch(
      new RegExp(`resolveIncident incident:${instanceId}/incident:\\d+`),
    );
    await auditsAll(instanceId, key);
    return instanceId;
  }

  async function auditsAll(instanceId: string, key: string): Promise<void> {
    const deployed = await jornada('audit', 'pd', 'second');
    expect(deployed.out).toMatch(/deployed package two, process second:1\s+-$/m);
    const first = await jornada('audit', 'pd', 'approval');
    expect(first.out).toContain('deployed package approval, process approval:1 at the start');
    const refused = await jornada('audit', 'pd', '--refused');
    expect(refused.out).toContain(
      'refused: deploy package bad, package three (DEPLOYMENT_REFUSED)',
    );
    const all = (await ask('audit', '--by', 'dana', '--since', '1h')).items;
    expect(all).toMatchObject([{ actor: 'dana', action: 'completeTask', outcome: 'done' }]);
    expect((await ask('audit', '--since', '2099-01-01')).items).toEqual([]);
    const message = await ask('audit', 'msg', 'order-paid', '--limit', '1');
    expect(message.items).toMatchObject([{ object: `message:order-paid instance:${instanceId}` }]);
    expect((await jornada('audit', key)).out).toContain('correlated message order-paid');
    expect((await jornada('audit', key, '--by', 'dana')).code).toBe(2);
    const verified = await jornada('audit', 'verify');
    expect([verified.code, verified.out.split('\n')[0]]).toEqual([0, 'SOUND']);
    const target = join(root, 'audit-export');
    expect((await jornada('audit', 'export', target)).code).toBe(0);
    expect((await ask('audit', 'verify', target)).checked.entries).toBeGreaterThan(5);

    expect((await jornada('drop', 'event', key, '--yes')).code).toBe(2);
  }

  async function cancels(): Promise<void> {
    const { instanceId } = await ask('run', 'approval:1', '--variables', '{"orderId": "43"}');
    const asked = await jornada('cancel', 'pi', instanceId);
    expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('--yes')]);
    const cancelled = await jornada('cancel', 'pi', instanceId, '--yes', '--reason', 'twice');
    expect(cancelled.code).toBe(0);
    expect((await jornada('cancel', 'pi', instanceId, '--yes')).code).toBe(1);
  }

  async function misuses(instanceId: string): Promise<void> {
    const cases: readonly (readonly [code: number, args: readonly string[]])[] = [
      [2, ['get', 'pi', instanceId.slice(0, 2)]],
      [1, ['get', 'pi', 'ffffffff']],
      [1, ['get', 'var', `${instanceId}/nothing`]],
      [2, ['run']],
      [2, ['frobnicate']],
      [2, ['search', 'pi', '--state', 'sleepy']],
      [2, ['search', 'pi', '--sort', 'nothing']],
      [2, ['run', 'approval', '--variables', '[1]']],
      [2, ['set', 'var', instanceId, 'nonsense']],
      [2, ['search', 'ut', '--assignee', 'dana', '--unassigned']],
      [1, ['run', 'unheard-of']],
    ];
    for (const [code, args] of cases) {
      const ran = await jornada(...args);
      expect([args, ran.code]).toEqual([args, code]);
      expect(ran.err).not.toBe('');
    }
    const { code, out } = await jornada('get', 'pi', 'ffffffff', '--json');
    expect([code, JSON.parse(out).error.code]).toEqual([1, 'REFERENCE_UNKNOWN']);
  }

  /** A second start keeps the data; SIGTERM ends it as Ctrl-C does. */
  async function startsAgain(instanceId: string): Promise<void> {
    const engine = await start();
    const { instance } = await ask('get', 'pi', instanceId);
    expect(instance).toMatchObject({ state: 'COMPLETED', businessKey: 'o-42' });
    const { items } = await ask('search', 'pd');
    expect(items).toMatchObject([
      { processId: 'approval', version: 1 },
      { processId: 'second', version: 1 },
    ]);
    engine.child.kill('SIGTERM');
    expect((await engine.ended).code).toBe(143);
    expect(await listens(port)).toBe(false);
  }
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come to that within a minute');
  }
}
