/** The workflow bundle builds, is small, and holds no interpreter: nothing in it can strand a running instance. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, build, loadBundle } from '../../worker/bundle.js';

const folder = mkdtempSync(join(tmpdir(), 'jornada-bundle-'));
let bundle: Bundle;

beforeAll(async () => {
  bundle = await loadBundle(folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Code without its inlined source map, which names files and runs nothing. */
const codeOf = ({ code }: Bundle): string =>
  code.slice(0, code.lastIndexOf('//# sourceMappingURL='));

test('it holds every workflow', () => {
  for (const name of [
    'processInstance',
    'messageCorrelator',
    'signalCorrelator',
    'timerStart',
    'batchOperation',
  ]) {
    expect(codeOf(bundle)).toContain(name);
  }
});

test('it is small', () => {
  expect(codeOf(bundle).length).toBeLessThan(2.2 * 1024 * 1024);
});

test.each(['feelin', 'zod', 'bpmn-moddle', 'dmn-moddle', 'temporal-polyfill', 're2js', 'croner'])(
  'it does not hold %s',
  (name) => {
    expect(codeOf(bundle)).not.toContain(`node_modules/${name}/`);
  },
);

test.each(['engine/step', 'engine/elements', 'engine/expressions', 'engine/compile', 'store/'])(
  'it does not hold %s',
  (part) => {
    expect(codeOf(bundle)).not.toContain(`./${part}`);
  },
);

test('a second start reads what the first one built', async () => {
  const [before] = readdirSync(folder);
  expect(await loadBundle(folder)).toEqual(bundle);
  expect(readdirSync(folder)).toEqual([before]);
});

test('one that does not build is told by its code', async () => {
  await expect(build(join(folder, 'missing.ts'))).rejects.toMatchObject({
    code: 'BUNDLE_FAILED',
    message: expect.stringMatching(/^Expected the workflow bundle to build, but /),
  });
}, 60_000);
