/** What README.md shows of `npm start` is what is said of the packages that there are. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compilePackage } from '../../registry/index.js';
import { deployDefinitions } from '../../worker/start/definitions.js';

const README = readFileSync('README.md', 'utf8');

test('the counts of definitions, and a command to try that works', async () => {
  const deploy = async (_key: string, files: Readonly<Record<string, string>>) => {
    const { processes, findings } = await compilePackage(files);
    return {
      ok: true,
      findings,
      processes: processes.map(({ id }) => ({ processId: id, version: 1, isNew: false })),
    };
  };
  const host = {
    ...{ engine: { deploy }, audit: { append: async () => {} } },
    definitions: { keepCompanions: async () => {} },
  };
  const { summary, example } = await deployDefinitions(host as never, 'definitions');
  expect(README).toContain(`[6/8] definitions  ${summary}\n`);
  expect(README).toContain(`npx jornada run ${example}\n`);
  const [, file = ''] = /@(\S+)$/.exec(example ?? '') ?? [];
  expect(existsSync(file)).toBe(true);
});
