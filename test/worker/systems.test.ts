import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkEnvironment } from '../../worker/start/environment.js';
import { readSystems } from '../../worker/start/systems.js';

const folder = mkdtempSync(join(tmpdir(), 'jornada-test-systems-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  const path = join(folder, 'systems.yaml');
  writeFileSync(path, text);
  return path;
};

const DIRECTORY = {
  ...{ id: 'directory', title: 'Directory', kind: 'scim', baseUrl: 'https://d.example/scim/v2/' },
  ...{ write: { tokenEnv: 'WRITE' }, read: { tokenFile: join(folder, 'read') } },
};
writeFileSync(DIRECTORY.read.tokenFile, 'read-secret\n');
const ENV = { WRITE: 'write-secret' };

const failure = (systems: readonly object[], env: Record<string, string> = ENV): Promise<string> =>
  readSystems(file(JSON.stringify({ systems })), env).then(
    () => 'it was read',
    ({ message }: Error) => message,
  );

test('no file is no system; secrets come from where the file says', async () => {
  expect(await readSystems('', {})).toEqual([]);
  const badges = { id: 'badges', title: 'Badges', kind: 'by-hand', access: 'physical' };
  const [directory, ...rest] = await readSystems(
    file(JSON.stringify({ systems: [DIRECTORY, badges] })),
    ENV,
  );
  expect(directory).toMatchObject({
    baseUrl: 'https://d.example/scim/v2',
    writeToken: 'write-secret',
    readToken: 'read-secret',
    notFoundMeansGone: true,
    mayDelete: false,
  });
  expect(rest).toEqual([badges]);
});

describe('what is wrong is told, and nothing that the file holds', () => {
  test.each([
    ['http', [{ ...DIRECTORY, baseUrl: 'http://secret.example' }], /baseUrl: must be https/],
    ['a user in the URL', [{ ...DIRECTORY, baseUrl: 'https://u:secret@x' }], /baseUrl: must be a/],
    ['one credential', [{ ...DIRECTORY, read: DIRECTORY.write }], /read: must be another/],
    ['an id twice', [DIRECTORY, DIRECTORY], /systems\.1\.id: is there twice/],
    ['our own id', [{ ...DIRECTORY, id: 'jornada' }], /systems\.0\.id: must not be 'jornada'/],
    ['an unknown kind', [{ ...DIRECTORY, kind: 'secret' }], /systems\.0\.kind/],
    ['an unknown key', [{ ...DIRECTORY, wirte: 1 }], /systems\.0: /],
  ])('%s', async (_what, systems, expected) => {
    const message = await failure(systems);
    expect(message).toMatch(expected);
    expect(message).not.toContain('secret');
  });

  test('a secret that is not there, or the same twice', async () => {
    expect(await failure([DIRECTORY], {})).toMatch(/^directory\.write: the secret is not there/);
    expect(await failure([DIRECTORY], { WRITE: 'read-secret' })).toBe(
      'directory.read: must be another credential than write',
    );
  });

  test('no YAML, no file', async () => {
    await expect(readSystems(file('a: ['), {})).rejects.toThrow(/neither YAML nor JSON/);
    await expect(readSystems(join(folder, 'none'), {})).rejects.toThrow(
      /cannot be read \(ENOENT\)/,
    );
  });
});

test('is checked with the other variables', async () => {
  const checked = await checkEnvironment({ JORNADA_SYSTEMS: join(folder, 'none') });
  expect(checked.find(({ name }) => name === 'JORNADA_SYSTEMS')?.fault).toMatch(/ENOENT/);
});
