/** What `npm test` and `npm start` decide before anything is installed. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';

interface Result {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
  readonly problems: readonly string[];
}

const load = (name: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(join(import.meta.dirname, '../../scripts', name)).href);
const { readReport, staticResult } = (await load('test-report.js')) as {
  readonly readReport: (exitCode: number, read: () => string) => Result;
  readonly staticResult: (exitCode: number) => Result;
};
const { isSameTree, whyNotNode } = (await load('dependencies.js')) as {
  readonly isSameTree: (lock: object, installed: object) => boolean;
  readonly whyNotNode: (version: string) => string | null;
};

type State = 'passed' | 'failed' | 'skipped' | 'todo';

const file = (status: 'passed' | 'failed', tests: readonly (readonly [string, State])[]) => ({
  name: 'a.test.ts',
  status,
  message: 'it broke',
  assertionResults: tests.map(([fullName, state]) => ({ fullName, status: state })),
});

const count = (exitCode: number, ...testResults: readonly object[]): Result =>
  readReport(exitCode, () => JSON.stringify({ testResults }));

describe('readReport', () => {
  test('counts and names', () => {
    const tests = [
      ['a', 'passed'],
      ['b', 'failed'],
      ['c', 'skipped'],
      ['d', 'todo'],
    ] as const;
    const result = { passed: 1, failed: 1, skipped: ['c', 'd'], problems: ['b'] };
    expect(count(1, file('failed', tests))).toEqual(result);
  });

  test('a file that does not load is a failure', () => {
    const result = count(1, file('failed', []), file('passed', [['a', 'passed']]));
    expect(result).toMatchObject({ passed: 1, failed: 1, problems: ['a.test.ts: it broke'] });
  });

  test('a run without a test is a failure, also when all are skipped', () => {
    expect(count(0)).toMatchObject({ passed: 0, failed: 1, problems: ['no test ran'] });
    expect(count(0, file('passed', [['a', 'skipped']]))).toMatchObject({
      failed: 1,
      skipped: ['a'],
    });
  });

  test('an exit code counts although every test passed', () => {
    expect(count(1, file('passed', [['a', 'passed']]))).toMatchObject({ passed: 1, failed: 1 });
  });

  test('a report that is missing is a failure', () => {
    const missing = (): string => {
      throw new Error('ENOENT');
    };
    expect(readReport(1, missing)).toMatchObject({
      passed: 0,
      failed: 1,
      problems: ['no report: ENOENT'],
    });
  });
});

test('staticResult counts a check as one', () => {
  expect(staticResult(0)).toMatchObject({ passed: 1, failed: 0 });
  expect(staticResult(2)).toMatchObject({ passed: 0, failed: 1 });
});

test.each([
  ['20.11.1', false],
  ['20.12.0', true],
  ['22.0.0', true],
  ['25.9.0', true],
  ['26.0.0', false],
  ['18.20.0', false],
])('Node %s may run Jornada: %s', (version, fits) => {
  expect(whyNotNode(version) === null).toBe(fits);
});

describe('isSameTree', () => {
  const lock = {
    packages: { '': {}, a: { version: '1.0.0' }, b: { version: '2.0.0', optional: true } },
  };
  test.each([
    ['all there', { a: { version: '1.0.0' }, b: { version: '2.0.0' } }, true],
    ['an optional one missing', { a: { version: '1.0.0' } }, true],
    ['one missing', { b: { version: '2.0.0' } }, false],
    ['another version', { a: { version: '1.0.1' } }, false],
    ['one too many', { a: { version: '1.0.0' }, c: { version: '1.0.0' } }, false],
  ])('%s', (_which, packages, expected) => {
    expect(isSameTree(lock, { packages })).toBe(expected);
  });
});
