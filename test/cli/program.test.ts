/** The executable where nothing is installed, and where its reader goes away. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explain } from '../../engine/errors/index.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-program-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('without node_modules', () => {
  test('says in the words of the catalogue what to run', () => {
    const bare = join(folder, 'bare');
    for (const name of ['package.json', 'package-lock.json', 'cli', 'engine']) {
      cpSync(name, join(bare, name), { recursive: true });
    }
    const args = [join(bare, 'cli', 'jornada.mjs'), 'lint', 'signup', '--json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const message = explain('DEPENDENCIES_MISSING', { name: 'tsx' });
    expect(stderr).toBe(`DEPENDENCIES_MISSING: ${message}\n`);
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'DEPENDENCIES_MISSING', message } });
    expect(status).toBe(1);
  });
});

describe('with a reader that goes away', { timeout: 60_000 }, () => {
  test.each([
    ['waiting', 1],
    ['completed', 0],
  ])('a scenario that expects %s exits %i', (state, code) => {
    const model = resolve('test/fixtures/scenarios/jobs.bpmn');
    const one = `- name: one\n  process: ${model}\n  steps: [{ start: {} }]\n  expect: { state: ${state} }\n`;
    const file = join(folder, `${state}.yaml`);
    // More than a pipe holds.
    writeFileSync(file, one.repeat(100));
    const script = `"$0" cli/jornada.mjs scenario run "$1" --json --trace | head -1; echo "\${PIPESTATUS[0]}"`;
    const args = ['-c', script, process.execPath, file];
    const { stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8' });
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringContaining('"name":"one"'),
      `${code}`,
    ]);
    expect(stderr).toContain('100 scenarios');
  });
});
