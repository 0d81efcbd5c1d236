import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXPORT_FILES, verifyFolder } from '../../audit/offline/index.js';
import { bundleVerifier, VERIFIER } from '../../cli/commands/audit-export.js';
import { chanceOf, type MadeLog, madeLog } from '../support/made-log.js';

let folder = '';
let log: MadeLog;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-audit-export-'));
  log = madeLog(1, 60);
  for (const _ of [1, 2, 3]) log.certify();
  log.checkpoint();
  log.exportTo(folder);
  writeFileSync(join(folder, VERIFIER), await bundleVerifier());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = Object.values(EXPORT_FILES);

describe('an export', () => {
  test('is sound as it was written', async () => {
    expect((await verifyFolder(folder, [])).findings).toEqual([]);
  });

  test.each(names)('shows a changed bit in any byte of %s', { timeout: 300_000 }, async (name) => {
    const chance = chanceOf(6962);
    const path = join(folder, name);
    const whole = readFileSync(path);
    const unseen: string[] = [];
    const step = Math.max(1, Math.floor(whole.length / 250));
    for (let at = chance(step); at < whole.length; at += step) {
      const bit = chance(8);
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      writeFileSync(path, bytes);
      if ((await verifyFolder(folder, [])).isSound) unseen.push(`byte ${at}, bit ${bit}`);
    }
    writeFileSync(path, whole);
    expect(unseen).toEqual([]);
  });

  test.each(names)(
    'shows that the end of %s is gone, or that something was added',
    async (name) => {
      const path = join(folder, name);
      const whole = readFileSync(path);
      for (const bytes of [whole.subarray(0, -1), Buffer.concat([whole, Buffer.from('x\n')])]) {
        writeFileSync(path, bytes);
        expect((await verifyFolder(folder, [])).isSound).toBe(false);
      }
      writeFileSync(path, whole);
    },
  );

  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(folder, VERIFIER), ...args], {
      cwd: tmpdir(),
      env: {},
      encoding: 'utf8',
    });

  test('is checked by its own program: 0 sound, 1 tampered, 2 unreadable', () => {
    const sound = run();
    expect([sound.status, sound.stdout.split('\n')[0], sound.stderr]).toEqual([0, 'SOUND', '']);
    const kept = join(folder, 'kept.txt');
    writeFileSync(kept, madeLog(2, 30).notes.join(''));
    expect(run('--checkpoint', kept).status).toBe(1);
    writeFileSync(kept, log.notes[0] ?? '');
    const verdict = run(folder, '--checkpoint', kept, '--json');
    expect([verdict.status, JSON.parse(verdict.stdout).checked.kept]).toEqual([
      0,
      [{ place: kept, checkpoints: 1 }],
    ]);
    expect(run(join(folder, 'nowhere')).status).toBe(2);
    expect(run('--unknown').status).toBe(2);
    expect(run('--checkpoint', join(folder, EXPORT_FILES.entries)).status).toBe(2);
    expect(run('--checkpoint', join(folder, 'nothing')).status).toBe(2);
    const path = join(folder, EXPORT_FILES.entries);
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.replace('"ana"', '"eve"'));
    const tampered = run();
    writeFileSync(path, whole);
    expect([tampered.status, tampered.stdout]).toEqual([1, expect.stringMatching(/^TAMPERED: /)]);
  });

  test('its program imports nothing but what Node brings', () => {
    const text = readFileSync(join(folder, VERIFIER), 'utf8');
    const imports = Array.from(text.matchAll(/^import .* from "([^"]+)";$/gm), ([, from]) => from);
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((from) => !from?.startsWith('node:'))).toEqual([]);
  });
});
