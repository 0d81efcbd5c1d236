/** `jornada demo` as people run it, where no engine runs: the whole story, and what its summary claims. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyPackage } from '../../cli/export-file/verify.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'jornada-test-demo-'));
  mkdirSync(join(root, 'tmp'));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Longest that it may take on a busy machine; the engine starts and ends in it. */
const LIMIT_MS = 480_000;

const run = async (...args: readonly string[]) => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [resolve('cli/jornada.mjs'), 'demo', ...args], {
    cwd: root,
    env: { PATH, HOME, NO_COLOR: '1', TMPDIR: join(root, 'tmp') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const late = setTimeout(() => child.kill('SIGTERM'), LIMIT_MS - 30_000);
  const [code] = await once(child, 'close');
  clearTimeout(late);
  return { ...said, code: code as number | null };
};

test('one customer of the list goes through all families, and the summary holds', {
  timeout: LIMIT_MS,
}, async () => {
  const { code, out, err } = await run('--json');
  if (code !== 0) throw new Error(`${code}: ${err}\n${out}`);
  expect(err).toContain('No engine runs here');
  const story = JSON.parse(out);
  expect(story.chapters).toMatchObject([
    { processId: 'onboarding', state: 'COMPLETED', outcome: 'activated', stuck: null },
    { processId: 'support-ticket', state: 'COMPLETED', outcome: 'closed', stuck: null },
    { processId: 'offboarding', state: 'COMPLETED', outcome: 'completed', stuck: null },
  ]);
  const doneBy = (name: string): readonly string[] =>
    story.tasks
      .filter((one: { name: string }) => one.name === name)
      .map((one: { by: string }) => one.by);
  expect(doneBy('New or same customer?')).toEqual(['tess']);
  expect([doneBy('Approve plan'), doneBy('Approve plan, second person')]).toEqual([
    ['iris'],
    ['sam'],
  ]);

  expect(story.missed).toMatchObject([{ metric: 'first_reply' }]);
  const [{ targetMs, elapsedMs, told }] = story.missed;
  expect(elapsedMs).toBeGreaterThan(targetMs);
  expect(told).toContainEqual(expect.stringMatching(/^max@support\.example: .*100 % of the time/));

  expect(story.accesses.length).toBeGreaterThan(0);
  for (const access of story.accesses) {
    expect(access).toMatchObject({
      system: 'jornada',
      evidenceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  }
  expect(story.export).toMatchObject({ isWhole: true });
  expect(await verifyPackage(story.export.file)).toMatchObject({
    ...{ isWhole: true, customerId: story.customerId },
    manifestSha256: story.export.manifestSha256,
  });
  expect(story.certificate).toMatchObject({ isSound: true, number: 1 });
  // the mails that the deletion took away are told all the same
  const subjects = story.mails.map(({ subject }: { subject: string }) => subject);
  expect(subjects).toContainEqual(
    expect.stringMatching(/^(Recebemos seu aviso|We have your notice)/),
  );

  expect(existsSync(join(root, '.data'))).toBe(false);
  expect(existsSync(join(story.folder, 'engine.lock'))).toBe(false);
  expect(
    readdirSync(join(root, 'tmp')).filter((name) => name.startsWith('jornada-demo-')),
  ).toHaveLength(2);
});
