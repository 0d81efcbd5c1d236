/** NOTICE names every run-time package, and each has a licence that we may use. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

const root = join(import.meta.dirname, '../..');
const { isAllowed, noticeText, runtimePackages } = (await import(
  pathToFileURL(join(root, 'scripts/notice-text.js')).href
)) as {
  readonly isAllowed: (expression: string) => boolean;
  readonly noticeText: (root: string) => string;
  readonly runtimePackages: (root: string) => readonly Package[];
};
const notice = readFileSync(join(root, 'NOTICE'), 'utf8');

describe('NOTICE', () => {
  test('is what scripts/notice.mjs writes today', () => {
    expect(notice).toBe(noticeText(root));
  });

  test('names each dependency of package.json with its installed version', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const pins = Object.entries(manifest.dependencies);
    expect(pins.length).toBeGreaterThan(0);
    const missing = pins.filter(([name, version]) => !notice.includes(`\n${name} ${version}: `));
    expect(missing).toEqual([]);
  });

  test('names every package that is installed for run time', () => {
    const record = readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8');
    const { packages } = JSON.parse(record) as {
      readonly packages: Readonly<
        Record<string, { readonly version: string; readonly dev?: true }>
      >;
    };
    const rows = Object.entries(packages).filter(([, { dev }]) => !dev);
    expect(rows.length).toBeGreaterThan(50);
    const missing = rows
      .map(([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version}: `)
      .filter((row) => !notice.includes(`\n${row}`));
    expect(missing).toEqual([]);
  });

  test('holds no licence that is not allowed', () => {
    const refused = runtimePackages(root).filter(({ licence }) => !isAllowed(licence));
    expect(refused).toEqual([]);
  });

  test('repeats the text of re2js, a port of RE2', () => {
    expect(notice).toContain('--- re2js ---');
  });
});

describe('isAllowed', () => {
  test.each([
    ['MIT', true],
    ['(MIT OR EUPL-1.1+)', true],
    ['Apache-2.0 AND MIT', true],
    ['Apache-2.0 AND GPL-3.0', false],
    ['GPL-3.0-only', false],
    ['UNKNOWN', false],
  ])('%s: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });
});
