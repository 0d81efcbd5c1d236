/** `npm start` and `npx jornada start` as other programs end them: a signal to npm, or to its whole group. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let root = '';
let data = '';
const groups: ChildProcess[] = [];
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'jornada-npm-'));
  data = join(root, 'data');
  mkdirSync(join(root, 'definitions'));
});
afterAll(() => {
  for (const { pid } of groups) {
    try {
      if (pid) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
  rmSync(root, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const until = async (holds: () => boolean, what: () => string): Promise<void> => {
  const deadline = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within a minute: ${what()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
};

/** Starts it in a group of its own, and waits until it is ready. */
const launch = async (program: string, before: readonly string[]) => {
  const { PATH = '', HOME = '' } = process.env;
  const args = [...before, '--json', '--data', data, '--definitions', join(root, 'definitions')];
  const child = spawn(program, args, {
    cwd: resolve('.'),
    env: { PATH, HOME, NO_COLOR: '1' },
    detached: true,
  });
  groups.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const ready = (): string | undefined =>
    said.out.split('\n').find((line) => line.startsWith('{"ready":true'));
  await until(
    () => ready() !== undefined || child.exitCode !== null,
    () => JSON.stringify(said),
  );
  const line = ready();
  if (line === undefined || child.pid === undefined) throw new Error(JSON.stringify(said));
  return { npm: child.pid, engine: JSON.parse(line).pid as number, said, ended };
};

const NPM_START = ['npm', ['start', '--']] as const;
const NPX = ['npx', ['jornada', 'start']] as const;
const cases: readonly (readonly [
  name: string,
  signal: 'SIGTERM' | 'SIGINT',
  to: 'npm' | 'group',
  launched: readonly [string, readonly string[]],
])[] = [
  ['SIGTERM to npm', 'SIGTERM', 'npm', NPM_START],
  ['SIGINT to npm', 'SIGINT', 'npm', NPM_START],
  ['SIGINT to the group', 'SIGINT', 'group', NPM_START],
  ['SIGTERM to npx', 'SIGTERM', 'npm', NPX],
];

describe('npm start', { timeout: 120_000 }, () => {
  test.each(cases)('%s ends all in order, once', async (_name, signal, to, [program, args]) => {
    const { npm, engine, said, ended } = await launch(program, args);
    process.kill(to === 'group' ? -npm : npm, signal);
    const how = await ended;
    await until(
      () => !isAlive(engine),
      () => said.err,
    );
    await until(
      () => said.out.includes('"stopped":true'),
      () => JSON.stringify(said),
    );
    expect(said.out.match(/"stopped":true/g)).toHaveLength(1);
    expect(said.err.match(/: stopping in order/g)).toHaveLength(1);
    expect(existsSync(join(data, 'engine.lock'))).toBe(false);
    const number = signal === 'SIGINT' ? 130 : 143;
    expect([how.signal, how.code === number]).toEqual(
      how.signal === null ? [null, true] : [signal, false],
    );
  });
});
