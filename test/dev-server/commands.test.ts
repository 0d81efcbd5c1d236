/** `npm start`, `npm test` and `.ci/run` as processes, in a copy of the repository whose tools are small programs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const { scripts: SCRIPTS } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
);
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jornada-commands-test-'));
  for (const part of ['scripts', '.ci']) {
    cpSync(join(import.meta.dirname, '../..', part), join(root, part), { recursive: true });
  }
  put('package.json', JSON.stringify({ type: 'module', scripts: { test: SCRIPTS.test } }));
  put('package-lock.json', '{ "packages": { "": {} } }');
  put('node_modules/.package-lock.json', '{ "packages": {} }');
  put('node_modules/@biomejs/biome/bin/biome', '');
  put('node_modules/typescript/bin/tsc', '');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A vitest that leaves a report of these states for every project, or none. */
function putVitest(states: readonly string[] | null): void {
  const tests = (states ?? []).map((status, index) => ({ fullName: `test ${index}`, status }));
  const report = { testResults: [{ name: 'a', status: 'passed', assertionResults: tests }] };
  const option = '--outputFile.json=';
  const write = `const file = process.argv.find((a) => a.startsWith('${option}')).slice(${option.length});
import('node:fs').then(({ writeFileSync }) => writeFileSync(file, ${JSON.stringify(JSON.stringify(report))}));`;
  put('node_modules/vitest/vitest.mjs', states ? write : 'process.exitCode = 1;');
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(
  program: string,
  ...args: readonly string[]
): { child: ChildProcess; ended: Promise<Ended> } {
  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: root, CI: 'true' };
  const child = spawn(program, args, { cwd: tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended };
}

const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1);
const ciRun = (...args: readonly string[]): Promise<Ended> =>
  start(join(root, '.ci/run'), ...args).ended;

describe('.ci/run', () => {
  test('adds up every check, from any working directory', async () => {
    putVitest(['passed', 'passed']);
    const { code, out } = await ciRun();
    expect(lastLine(out)).toBe('10 passed, 0 failed');
    expect(code).toBe(0);
  });

  test('shows the stages in their order, though the last runs beside the others', async () => {
    putVitest(['passed']);
    put('node_modules/typescript/bin/tsc', 'setTimeout(() => console.log("checked"), 300);');
    const { err } = await ciRun();
    const said = err.match(/^\[\d\/7\] [\w ]+?(?= ok |$)|^checked/gm);
    expect(said).toEqual([
      ...['[1/7] biome', '[1/7] biome'],
      ...['[2/7] types', 'checked', '[2/7] types'],
      ...['[3/7] types of the core', 'checked', '[3/7] types of the core'],
      ...['[4/7] types of the web app', 'checked', '[4/7] types of the web app'],
      ...['[5/7] unit', '[5/7] unit'],
      ...['[6/7] integration', '[6/7] integration'],
      ...['[7/7] browser', '[7/7] browser'],
    ]);
  });

  test('leaves the slow part out with --unit and names what was skipped', async () => {
    putVitest(['passed', 'skipped']);
    const { code, out } = await ciRun('--unit');
    expect(out).toContain('skipped: unit: test 1');
    expect(lastLine(out)).toBe('5 passed, 0 failed');
    expect(code).toBe(0);
  });

  test('fails when a static check fails, and still runs the tests', async () => {
    putVitest(['passed']);
    put('node_modules/typescript/bin/tsc', 'process.exitCode = 2;');
    const { code, out } = await ciRun('--unit');
    expect(lastLine(out)).toBe('2 passed, 3 failed');
    expect(code).toBe(1);
  });

  test.each([
    ['a test fails', ['passed', 'failed'], '5 passed, 1 failed'],
    ['no test runs', [], '4 passed, 1 failed'],
    ['there is no report', null, '4 passed, 1 failed'],
  ])('fails when %s', async (_when, states, expected) => {
    putVitest(states);
    const { code, out } = await ciRun('--unit');
    expect(lastLine(out)).toBe(expected);
    expect(code).toBe(1);
  });

  test('refuses an argument that it does not know', async () => {
    expect(await ciRun('--units')).toMatchObject({ code: 2, out: '' });
  });
});

describe('npm start', () => {
  const startMjs = (...args: readonly string[]) =>
    start(process.execPath, join(root, 'scripts/start.mjs'), ...args);

  const putProgram = (body: string): void =>
    put('cli/program.js', `export const runProgram = async (args) => { ${body} };`);

  test('passes arguments on and hands the exit code back', async () => {
    putProgram('console.log(args.join(" ")); return 3;');
    const { code, out } = await startMjs('--port', '4000').ended;
    expect(out).toBe('start --demo --port 4000\n');
    expect(code).toBe(3);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('is ended by %s itself', async (signal) => {
    putProgram(`
      const ended = new Promise((resolve) => process.once('${signal}', resolve));
      const waiting = setInterval(() => {}, 1000);
      console.log('ready');
      await ended;
      clearInterval(waiting);
      console.log('ended');
      return 130;`);
    const { child, ended } = startMjs();
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 130, out: 'ready\nended\n' });
  });
});

describe('install', () => {
  test('runs npm when a package is missing, and only then', async () => {
    put(
      'package-lock.json',
      '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.0" } } }',
    );
    put('npm-cli.js', 'console.error(process.argv.slice(2).join(" ")); process.exitCode = 4;');
    const { code, err } = await start(
      '/usr/bin/env',
      `npm_execpath=${join(root, 'npm-cli.js')}`,
      process.execPath,
      join(root, 'scripts/install.mjs'),
    ).ended;
    expect(err).toContain('installing 1 packages');
    expect(err).toContain('ci --ignore-scripts');
    expect(err).toContain('npm ci --ignore-scripts\n');
    expect(code).toBe(1);
    put('package-lock.json', '{ "packages": { "": {} } }');
    const again = await start(process.execPath, join(root, 'scripts/install.mjs')).ended;
    expect(again).toEqual({ code: 0, out: '', err: '' });
  });
});
