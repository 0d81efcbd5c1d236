/** Examples of packages are accepted by what the package declares, as far as they go without a customer. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SEEDS } from '../../cli/demo/seeds.js';
import { checkStart } from '../../engine/step/index.js';
import { compilePackage } from '../../registry/index.js';
import { readPackageFolder } from '../../worker/start/package-files.js';

const packages = readdirSync('definitions').filter((name) => /^[a-z]/.test(name));
const examplesOf = (key: string): readonly string[] => {
  const folder = join('definitions', key, 'examples');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
};

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

describe('examples', () => {
  test.each(packages)('%s has one, and each starts its process', async (key) => {
    const { files } = await readPackageFolder(join('definitions', key));
    const compiled = await compilePackage(files);
    const process = compiled.processes.find(({ id }) => id === key);
    const examples = examplesOf(key);
    expect(examples).not.toEqual([]);
    const elementIds = new Set(
      SEEDS.flatMap((seed) => (seed.processId === key ? [seed.startEvent] : [])),
    );
    for (const file of examples) {
      for (const elementId of [...elementIds, null]) {
        const variables = { customerId: 'C-1', ...read(file) };
        expect([file, checkStart(process as never, { elementId, variables })]).toEqual([
          file,
          null,
        ]);
      }
    }
  });

  test('of the demonstration are there', () => {
    for (const { example } of SEEDS) expect(existsSync(join('definitions', example))).toBe(true);
  });
});
