/** `jornada start --demo` with the packages of this repository: loaded once, whatever is killed meanwhile. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SEEDS } from '../../cli/demo/seeds.js';
import { USERS } from '../../worker/start/demo-users.js';

const CLI = resolve('cli/jornada.mjs');

let root = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jornada-demo-'));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(end));
  rmSync(root, { recursive: true, force: true });
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

const environment = (): NodeJS.ProcessEnv => {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, NO_COLOR: '1', JORNADA_DATA: join(root, 'data') };
};

interface Started {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
}

function launch(args: readonly string[] = ['--demo'], more: NodeJS.ProcessEnv = {}): Started {
  const env = { ...environment(), ...more };
  const child = spawn(process.execPath, [CLI, 'start', '--json', ...args], { env });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    said.err += chunk;
  });
  return { child, said };
}

async function until<T>(look: () => T | null | undefined | false, started: Started): Promise<T> {
  const deadline = performance.now() + 180_000;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > deadline || started.child.exitCode !== null) {
      throw new Error(JSON.stringify(started.said));
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** What the last stage said. */
async function demoStage(started: Started): Promise<string> {
  await until(() => started.said.out.includes('{"ready":true'), started);
  const lines = started.said.out.split('\n').filter((line) => line.startsWith('{"stage":'));
  const last = JSON.parse(lines.at(-1) ?? '{}');
  return `${last.stage}: ${last.detail}`;
}

const ask = (...args: readonly string[]) => {
  const ran = spawnSync(process.execPath, [CLI, ...args, '--json'], {
    env: environment(),
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout);
};

const keysOf = (rows: readonly Record<string, unknown>[]) =>
  rows.map((row) => `${row.processId} ${row.businessKey}`).sort();
/** Without what the one that is played to its end called. */
const instances = () =>
  keysOf(
    ask('search', 'pi', '--limit', '100').items.filter(
      ({ businessKey, processId }: { businessKey: string | null; processId: string }) =>
        processId === 'offboarding' || (businessKey !== null && businessKey !== 'demo-farewell'),
    ),
  );

const people = (): readonly string[] =>
  ask('user', 'list').items.map(({ loginName }: { loginName: string }) => loginName);

/** Each instance once, and the sign-ups that onboardings called. */
const EXPECTED = [
  ...SEEDS.map(({ processId, key }) => `${processId} ${key}`),
  'signup demo-deal',
  'signup demo-standard-deal',
].sort();

const lookAround = () => {
  expect(instances()).toEqual(EXPECTED);
  const tasks: { elementId: string; businessKey: string }[] = ask('search', 'ut').items;
  const names = tasks.map((task) => `${task.businessKey} ${task.elementId}`).sort();
  // Within the hours of the office the debtor is to be called, outside of them nobody is bothered.
  expect(names.filter((name) => name !== 'demo-overdue call')).toEqual([
    ...['demo-deal review-terms', 'demo-invoice-copy triage', 'demo-notice record-notice'],
    ...['demo-outage triage', 'demo-question triage', 'demo-second-notice record-notice'],
    'demo-standard-deal check-setup',
  ]);
  expect(ask('search', 'inc').items).toEqual([]);
  // The samples, and the customer whose contract was signed.
  expect(ask('search', 'customers').total.count).toBe(21);
  const tickets: { status: string }[] = ask('search', 'tickets').items;
  expect(tickets.map(({ status }) => status).sort()).toEqual(['new', 'new', 'new', 'pending']);
  // One has left: nothing of it stands open, and its record is erased.
  const left: { state: string }[] = ask('search', 'pi', '--limit', '100').items.filter(
    ({ businessKey }: { businessKey: string }) => businessKey === 'demo-farewell',
  );
  // What ran under its key has no business key any more.
  expect(left).toHaveLength(2);
  expect(new Set(left.map(({ state }) => state))).toEqual(new Set(['COMPLETED']));
  const customers: { isErased: boolean }[] = ask('search', 'customers', '--limit', '100').items;
  expect(customers.filter(({ isErased }) => isErased)).toHaveLength(1);
};

const isSound = (look: () => void): boolean => {
  try {
    look();
    return true;
  } catch {
    return false;
  }
};

describe('the demonstration', { timeout: 1_200_000 }, () => {
  test('killed while it is loaded it is completed by the next start, and the one after adds nothing to it', async () => {
    const first = launch();
    await until(() => first.said.out.includes('"stage":"definitions"'), first);
    await until(() => ask('search', 'pi').items.length >= 3, first);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = launch();
    expect(await demoStage(second)).toContain(`demo data: 20 customers, ${SEEDS.length} instances`);
    // A job that the killed worker was at is tried again when its time is over: five minutes. Behind it a whole offboarding may follow.
    await expect.poll(() => isSound(lookAround), { timeout: 560_000, interval: 2000 }).toBe(true);
    // Its mark follows its last instance.
    await new Promise((done) => setTimeout(done, 5000));
    await end(second.child);
    const third = launch();
    expect(await demoStage(third)).toBe('demo data: loaded before');
    lookAround();
    expect(people()).toEqual(USERS.map(({ loginName }) => loginName).sort());
    const [{ customerId }] = ask('search', 'customers', '--mail', 'ines@ria.example.org').items;
    const key = customerId.slice(-8);
    const training = '@definitions/training/examples/training.json';
    const { instanceId } = ask('run', 'training', '--customer', key, '--variables', training);
    const variables: { name: string; value: unknown }[] = ask(
      ...['search', 'var', '--instance', instanceId],
    ).items;
    expect(variables.find(({ name }) => name === 'customerId')?.value).toBe(customerId);
  });

  test('is not loaded where there is a customer of somebody', async () => {
    const definitions = join(root, 'definitions');
    mkdirSync(definitions);
    const plain = launch(['--definitions', definitions]);
    expect(await demoStage(plain)).toMatch(/^web: /);
    const header =
      'legal_name,tax_id,country,plan,mrr_minor,currency,contact_name,contact_email,locale,tz,since';
    const line =
      'Own Ltda,11.222.333/0001-81,BR,team,100,BRL,Ana,ana@own.example,pt-BR,America/Sao_Paulo,2024-01-01';
    const file = join(root, 'own.csv');
    writeFileSync(file, `${header}\n${line}\n`);
    ask('import', 'customers', file);
    await end(plain.child);
    const demo = launch();
    expect(await demoStage(demo)).toBe('demo data: not loaded: a customer of your own');
    expect(instances()).toEqual([]);
    expect(ask('search', 'customers').total.count).toBe(1);
    // Nor are its people, whose password everybody knows.
    expect(people()).toEqual([]);
  });

  test('is not loaded when it is not wanted, nor without its processes, nor where mail leaves this machine', async () => {
    const definitions = join(root, 'definitions');
    mkdirSync(definitions);
    const unwanted = launch(['--demo', '--no-demo', '--definitions', definitions]);
    expect(await demoStage(unwanted)).toMatch(/^web: /);
    await end(unwanted.child);
    const bare = launch(['--demo', '--definitions', definitions]);
    expect(await demoStage(bare)).toBe(
      'demo data: not loaded: its processes and examples are not here',
    );
    await end(bare.child);
    const mailing = launch(['--demo', '--definitions', definitions], {
      SMTP_URL: 'smtp://127.0.0.1:9',
    });
    expect(await demoStage(mailing)).toMatch(/^demo data: not loaded: SMTP_URL is set/);
  });
});
