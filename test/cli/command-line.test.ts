import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from '../../cli/environment.js';
import { main } from '../../cli/main.js';

const models = resolve('test/fixtures/scenarios');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const collector = (isTTY: boolean) => {
  let text = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += chunk;
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => text };
};
const run = async (args: string[], isTTY = false, environment: Environment = {}) => {
  const [out, err] = [collector(isTTY), collector(isTTY)];
  const around = { stdout: out.stream, stderr: err.stream, environment };
  const code = await main(args, around);
  return { code, out: out.text(), err: err.text() };
};
const jornada = (...args: string[]) => run(args);
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const holds = (name: string) =>
  `name: ${name}\nprocess: ${models}/jobs.bpmn\nsteps: [{ start: {} }]\nexpect: { state: completed }\n`;

describe('jornada scenario run', { timeout: 60_000 }, () => {
  test('prints one object a line and exits 0 when all hold', async () => {
    const one = write('one.yaml', holds('one'));
    const { code, out, err } = await jornada('scenario', 'run', one, one, '--json', '--quiet');
    expect([code, err]).toEqual([0, '']);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toEqual({
      file: one,
      name: 'one',
      ok: true,
      ms: expect.any(Number),
      mismatches: [],
      refused: [],
      findings: [],
      incidents: [],
    });
  });

  test('exits 1 when one does not hold, and runs the rest', async () => {
    const bad = write('bad.yaml', holds('bad').replace('completed', 'waiting'));
    const good = write('good.yaml', holds('good'));
    const { code, out, err } = await jornada('scenario', 'run', bad, good, '--json', '--trace');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(lines.map(({ name, ok }) => [name, ok])).toEqual([
      ['bad', false],
      ['good', true],
    ]);
    expect(lines[0].mismatches).toEqual([
      { at: 'expect.state', expected: 'waiting', actual: 'completed' },
    ]);
    expect(lines[1].trace[0]).toMatchObject({
      instanceId: 'jobs-1',
      sequence: 1,
      kind: 'instanceStarted',
    });
    expect(err).toContain('2 scenarios: 1 holds, 1 does not');
  });

  test('exits 2 on a bad scenario file, and still runs the rest', async () => {
    const bad = write('invalid.yaml', 'name: x\nprocess: 3\n');
    const lost = write('lost.yaml', 'name: lost\nprocess: nowhere.bpmn\n');
    const good = write('fine.yaml', holds('fine'));
    const { code, out, err } = await jornada(
      'scenario',
      'run',
      bad,
      lost,
      'no-such-file.yaml',
      good,
    );
    expect(code).toBe(2);
    expect(out).toMatch(/^ok +fine/m);
    expect(err).toContain('SCENARIO_INVALID');
    expect(err.match(/SCENARIO_FILE_MISSING/g)).toHaveLength(1);
    expect(err.match(/PLACE_MISSING/g)).toHaveLength(1);
  });

  test('says at which incident a run stopped', async () => {
    const stops = write(
      'stops.yaml',
      holds('stops').replace('steps:', 'jobs: { check-stock: { fail: no luck } }\nsteps:'),
    );
    const { out } = await jornada('scenario', 'run', stops);
    expect(out).toMatch(/stopped at '[\w-]+' by JOB_FAILED: .*no luck/);
    const { out: json } = await jornada('scenario', 'run', stops, '--json');
    expect(JSON.parse(json).incidents).toMatchObject([{ code: 'JOB_FAILED' }]);
  });

  test('says what refuses a model, where, and that lint tells all', async () => {
    const refused = write('refused.yaml', holds('refused').replace('jobs.bpmn', 'not-xml.bpmn'));
    const { code, out } = await jornada('scenario', 'run', refused);
    expect(code).toBe(1);
    expect(out).toContain('not-xml.bpmn:1  error  BPMN_XML_INVALID');
    expect(out).toContain('npx jornada lint test/fixtures/scenarios');
  });

  test('takes a folder and a pattern', async () => {
    const { out } = await jornada('scenario', 'run', models, '--json');
    const { out: same } = await jornada('scenario', 'run', `${models}/**/*.yaml`, '--json');
    const names = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).name);
    expect(names(out).length).toBeGreaterThan(20);
    expect(names(same)).toEqual(names(out));
  });
});

describe('jornada lint', { timeout: 60_000 }, () => {
  test('shows file, element, line, code and remedy, and exits 1 for an error', async () => {
    const { code, out } = await jornada(
      'lint',
      `${models}/not-xml.bpmn`,
      `${models}/jobs.bpmn`,
      '--json',
    );
    const { files, errors, findings } = JSON.parse(out);
    expect([code, files, errors]).toEqual([1, 2, 1]);
    expect(findings[0]).toMatchObject({
      code: 'BPMN_XML_INVALID',
      file: 'test/fixtures/scenarios/not-xml.bpmn',
      line: 1,
      severity: 'error',
      docs: 'docs/errors.md#bpmn_xml_invalid',
      remedy: 'correct the markup.',
    });
  });

  test('warns of a call to a process that is neither among the files nor beside them', async () => {
    const rules = 'test/fixtures/validate/call-targets';
    const { code, out } = await jornada('lint', `${rules}/invalid-unknown.bpmn`, '--json');
    const { findings } = JSON.parse(out);
    expect(code).toBe(0);
    expect(findings.map((one: { code: string }) => one.code)).toEqual(
      ['a', 'b', 'c'].map(() => 'BPMN_CALL_TARGET_UNKNOWN'),
    );
    const beside = JSON.parse((await jornada('lint', `${models}/caller.bpmn`, '--json')).out);
    expect(beside.findings).toEqual([]);
    const given = [`${rules}/valid-known.bpmn`, `${models}/billing.bpmn`];
    expect(JSON.parse((await jornada('lint', ...given, '--json')).out).findings).toEqual([]);
  });

  test('judges forms, and descriptions of packages', async () => {
    const { code, out } = await jornada('lint', 'signup', 'test/fixtures/forms', '--json');
    const { files, errors } = JSON.parse(out);
    expect([code, errors]).toEqual([0, 0]);
    expect(files).toBeGreaterThan(12);
  });

  test('exits 0 without an error and 2 without a file', async () => {
    const { code, err } = await jornada('lint', `${models}/jobs.bpmn`);
    expect([code, err]).toEqual([0, '1 file: 0 errors, 0 warnings\n']);
    expect((await jornada('lint', 'nowhere.bpmn')).code).toBe(2);
  });
});

describe('jornada', { timeout: 60_000 }, () => {
  test('helps with an example first', async () => {
    const { code, out } = await jornada('scenario', 'run', '--help');
    expect(code).toBe(0);
    expect(out).toMatch(/^Example: npx jornada scenario run/);
  });

  test('tells its version', async () => {
    const { code, out } = await jornada('--version');
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  test('points wrong usage to the help of its verb', async () => {
    expect((await jornada('run')).err).toContain('See: npx jornada run --help');
    expect((await jornada('search', 'pi', '--colour')).err).toContain(
      'See: npx jornada search pi --help',
    );
    expect((await jornada('frobnicate')).err).toContain('See: npx jornada help');
  });

  test('counts no files of a place that is not there', async () => {
    const { code, err } = await jornada('lint', 'nosuch');
    expect([code, err]).toEqual([2, expect.stringContaining('PLACE_MISSING')]);
    expect(err).not.toContain('0 files');
  });

  test('offers the nearest verb and exits 2', async () => {
    const { code, err } = await jornada('lnit');
    expect(code).toBe(2);
    expect(err).toContain('Did you mean lint?');
  });

  test.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['lint'], "missing required argument 'file'"],
    [['lint', 'signup', '--nonsense'], "unknown option '--nonsense'"],
    [['scenario', 'run', 'x', '--on', 'moon'], 'Allowed choices are play, temporal'],
    [['search'], 'what it is to do is missing'],
    [[], 'what it is to do is missing'],
  ])('tells programs what is wrong with %j', async (args, detail) => {
    const { code, out, err } = await jornada(...args, '--json');
    const { error } = JSON.parse(out);
    expect([code, error.code]).toEqual([2, 'COMMAND_INVALID']);
    expect(error.message).toContain(detail);
    expect(err).toBe(`COMMAND_INVALID: ${error.message}\n`);
  });

  test('tells programs what failed in a command', async () => {
    const { code, out } = await jornada('deploy', folder, '--json', '--data', folder);
    expect([code, JSON.parse(out).error.code]).toEqual([2, 'PACKAGE_EMPTY']);
  });

  test.each([[['lint']], [['scenario', 'run']], [['deploy', '--data', '.']]])(
    '%j takes the name of a package, and says which there are',
    async ([verb = '', ...more]) => {
      const { code, err } = await jornada(verb, ...more, 'nosuch');
      expect(code).toBe(2);
      expect(err).toContain('PLACE_MISSING: ');
      expect(err).toContain("'nosuch'");
      const packages = readdirSync('definitions').filter((name) => !name.startsWith('.'));
      expect(err).toContain(`packages here are ${packages.sort().join(', ')}`);
    },
  );

  test('a name of a package is its folder', async () => {
    const { files } = JSON.parse((await jornada('lint', 'signup', '--json')).out);
    expect(files).toBeGreaterThan(12);
    const { code, out } = await jornada('scenario', 'run', '_template', '--json');
    expect([code, out.trimEnd().split('\n').length]).toEqual([0, 2]);
    // It is there, and what is missing is the engine.
    const deployed = await jornada('deploy', 'signup', '--data', folder);
    expect(deployed.err).toContain('ENGINE_NOT_RUNNING');
  });

  test.each<[string, boolean, Environment, boolean]>([
    ['not into a file', false, {}, false],
    ['on a terminal', true, {}, true],
    ['not with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['not in CI', true, { CI: 'true' }, false],
    ['not on a dumb terminal', true, { TERM: 'dumb' }, false],
    ['with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ])('colours %s', async (_where, isTTY, environment, isColored) => {
    const { out } = await run(['lint', `${models}/not-xml.bpmn`], isTTY, environment);
    expect(out.includes('\u001b[3')).toBe(isColored);
  });

  test('shows progress to a person alone', async () => {
    const files = ['scenario', 'run', models];
    expect((await run(files, true)).err).toContain('\r');
    expect((await run(files, false)).err).not.toContain('\r');
    expect((await run([...files, '--quiet'], true)).err).toBe('');
  });

  test('is a program', () => {
    const args = ['cli/jornada.mjs', 'scenario', 'run', `${models}/starts.yaml`, '--json'];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(0);
    const written = readFileSync(`${models}/starts.yaml`, 'utf8').match(/^- name:|^name:/gm);
    expect(stdout.trimEnd().split('\n')).toHaveLength(written?.length ?? 0);
  });
});
