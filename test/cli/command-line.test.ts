import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const models = resolve('test/fixtures/scenarios');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const jornada = (...args: string[]) => {
  const run = spawnSync(process.execPath, ['cli/jornada.mjs', ...args], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
};
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const holds = (name: string) =>
  `name: ${name}\nprocess: ${models}/jobs.bpmn\nsteps: [{ start: {} }]\nexpect: { state: completed }\n`;

describe('jornada scenario run', { timeout: 60_000 }, () => {
  test('prints one object a line and exits 0 when all hold', () => {
    const one = write('one.yaml', holds('one'));
    const { code, out, err } = jornada('scenario', 'run', one, one, '--json', '--quiet');
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
    });
  });

  test('exits 1 when one does not hold, and runs the rest', () => {
    const bad = write('bad.yaml', holds('bad').replace('completed', 'waiting'));
    const good = write('good.yaml', holds('good'));
    const { code, out, err } = jornada('scenario', 'run', bad, good, '--json', '--trace');
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
    expect(err).toContain('2 scenarios: 1 hold, 1 do not');
  });

  test('exits 2 on a bad scenario file, and still runs the rest', () => {
    const bad = write('invalid.yaml', 'name: x\nprocess: 3\n');
    const lost = write('lost.yaml', 'name: lost\nprocess: nowhere.bpmn\n');
    const good = write('fine.yaml', holds('fine'));
    const { code, out, err } = jornada('scenario', 'run', bad, lost, 'no-such-file.yaml', good);
    expect(code).toBe(2);
    expect(out).toMatch(/^ok +fine/m);
    expect(err).toContain('SCENARIO_INVALID');
    expect(err.match(/SCENARIO_FILE_MISSING/g)).toHaveLength(2);
  });

  test('takes a folder and a pattern', () => {
    const { out } = jornada('scenario', 'run', models, '--json');
    const { out: same } = jornada('scenario', 'run', `${models}/*.yaml`, '--json');
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
  test('shows file, element, line, code and remedy, and exits 1 for an error', () => {
    const { code, out } = jornada(
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
    });
  });

  test('exits 0 without an error and 2 without a file', () => {
    expect(jornada('lint', `${models}/jobs.bpmn`).code).toBe(0);
    expect(jornada('lint', 'nowhere.bpmn').code).toBe(2);
  });
});

describe('jornada', { timeout: 60_000 }, () => {
  test('helps with an example first', () => {
    const { code, out } = jornada('scenario', 'run', '--help');
    expect(code).toBe(0);
    expect(out).toMatch(/^Example: jornada scenario run/);
  });

  test('offers the nearest verb and exits 2', () => {
    const { code, err } = jornada('lnit');
    expect(code).toBe(2);
    expect(err).toContain('Did you mean lint?');
  });

  test('colours only where a person watches', () => {
    expect(jornada('lint', `${models}/not-xml.bpmn`).out).not.toContain('\u001b[');
  });
});
