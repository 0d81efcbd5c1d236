/**
 * `npm test`: installs what is missing, then runs every check, also after one has failed.
 *
 * `node scripts/test.mjs [--unit]`; `--unit` leaves out what starts servers. Talk and the output of the checks go to
 * stderr; the table and the line `N passed, N failed` go to stdout. A static check counts as one. Exit code 1 when
 * anything failed, 2 on a wrong argument.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runChild, since, talk } from './child.js';
import { install } from './dependencies.js';
import { readReport, staticResult } from './test-report.js';

const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const SLOWEST = join(ROOT, 'test', 'support', 'slowest-files.ts');

/** A terminal shows them; `FORCE_COLOR` asks for them, `NO_COLOR` refuses them. */
const COLOURS = !process.env.NO_COLOR && Boolean(process.stderr.isTTY || process.env.FORCE_COLOR);

/**
 * Told in this order. Tests run one project after the other, for servers that get no time miss what is waited for; the
 * static checks run beside them and give way.
 */
const STAGES = [
  { name: 'biome', args: [BIOME, 'ci', '.', ...(COLOURS ? [] : ['--colors=off'])] },
  { name: 'types', args: [TSC, '--noEmit'] },
  { name: 'types of the core', args: [TSC, '--noEmit', '-p', 'tsconfig.pure.json'] },
  { name: 'types of the web app', args: [TSC, '--noEmit', '-p', 'web/tsconfig.json'] },
  { name: 'unit', project: 'unit' },
  { name: 'integration', project: 'integration', slow: true },
  { name: 'browser', project: 'browser', slow: true },
];

/** How far static checks give way: servers hardly notice them. */
const GIVES_WAY = 15;

const unknown = process.argv.slice(2).filter((argument) => argument !== '--unit');
if (unknown.length > 0) {
  talk(`Expected no argument or --unit, but got ${unknown.join(' ')}; leave it out`);
  process.exit(2);
}
const stages = STAGES.filter(({ slow }) => !slow || !process.argv.includes('--unit'));
await install(process.env);
const shown = inOrder(stages.length);
await runAll();
report(stages);

/** Runs all stages: the static ones in one row, the projects in another. */
async function runAll() {
  const numbered = [...stages.entries()];
  const row = (isProject) => numbered.filter(([, { project }]) => Boolean(project) === isProject);
  await Promise.all([runRow(row(false)), runRow(row(true))]);
}

/** Runs stages one after the other, and keeps at each what came of it. */
async function runRow(row) {
  for (const [index, stage] of row) {
    const startedAt = performance.now();
    const show = (text) => shown.show(index, text);
    const title = `[${index + 1}/${stages.length}] ${stage.name}`;
    show(`${title}\n`);
    const result = stage.project
      ? await runProject(stage.project, show)
      : staticResult(await run(stage.args, show, GIVES_WAY));
    Object.assign(stage, result, { took: since(startedAt) });
    show(`${title} ${result.failed ? 'FAILED' : 'ok'} ${stage.took}\n`);
    shown.end(index);
  }
}

/** Shows what stages say in their order: what a later one says waits until the earlier ones have ended. */
function inOrder(count) {
  const held = Array.from({ length: count }, () => []);
  const ended = new Set();
  let first = 0;
  return {
    show: (index, text) => {
      if (index === first) process.stderr.write(text);
      else held[index].push(text);
    },
    end: (index) => {
      ended.add(index);
      while (ended.has(first)) {
        first += 1;
        for (const text of held[first] ?? []) process.stderr.write(text);
      }
    },
  };
}

/** Runs a program of node_modules and shows what it says. */
function run(args, show, nice = 0) {
  const env = { ...process.env, TZ: 'UTC', ...(COLOURS ? {} : { NO_COLOR: '1' }) };
  const stdio = ['ignore', 'pipe', 'pipe'];
  return runChild(process.execPath, args, { stdio, env }, show, nice);
}

/** Runs one vitest project and counts by its JSON report; a report that is missing is a failure. */
async function runProject(project, show) {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-tests-'));
  const file = join(folder, 'report.json');
  try {
    const reporters = ['default', SLOWEST, 'json'].map((name) => `--reporter=${name}`);
    const args = ['run', '--project', project, ...reporters, `--outputFile.json=${file}`];
    const code = await run([VITEST, ...args], show);
    return readReport(code, () => readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const cell = (value) => String(value).padStart(8);
  const line = (name, ...cells) => `${name.padEnd(width)}${cells.map(cell).join('')}\n`;
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  process.stdout.write(line('', 'passed', 'failed', 'skipped', 'time'));
  for (const { name, passed, failed, skipped, took } of rows) {
    process.stdout.write(line(name, passed, failed, skipped.length, took));
  }
  for (const { name, skipped } of rows) {
    for (const test of skipped) process.stdout.write(`skipped: ${name}: ${test}\n`);
  }
  for (const { name, problems } of rows) {
    for (const problem of problems) process.stdout.write(`failed: ${name}: ${problem}\n`);
  }
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}
