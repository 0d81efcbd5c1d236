/** The bundle from which commands run. Where it cannot be made they run from their sources, so nobody would see it fail. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Loads the code of every command, in a process of its own. */
const LOAD_ALL = `
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
const { bundledMain, bundleOf } = await import('./cli/bundle.js');
const folder = await bundleOf('cli', 'cli/main.ts');
const names = readdirSync(folder);
for (const name of names) await import(pathToFileURL(join(folder, name)).href);
const { runProcess } = await bundledMain();
console.log(JSON.stringify({ names, code: await runProcess(['lint', 'definitions/_template', '--json', '--quiet']) }));
`;

test('holds every command, and each loads from it', () => {
  const run = ['--input-type=module', '--eval', LOAD_ALL];
  const { stdout, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { names, code } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(code).toBe(0);
  for (const command of ['start', 'doctor', 'search', 'deploy', 'scenario-run', 'lint']) {
    expect(names).toContainEqual(expect.stringMatching(new RegExp(`^${command}-`)));
  }
}, 60_000);
