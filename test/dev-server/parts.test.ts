/** The small parts of the development server that need no server. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { argumentsOf, SEARCH_ATTRIBUTES, TIMER_SHIFT } from '../../worker/dev-server/child.js';
import { lockFile, lockFolder } from '../../worker/dev-server/lock.js';
import { bootId, identify, isRunning } from '../../worker/dev-server/process-identity.js';
import {
  checkStamp,
  databaseFile,
  stampedVersion,
  stampFile,
} from '../../worker/dev-server/stamp.js';
import { restartDelayMs } from '../../worker/dev-server/supervisor.js';
import { CLI_VERSION, isAtLeast, parseServerVersion } from '../../worker/dev-server/versions.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-parts-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('versions', () => {
  test.each([
    ['temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)', '1.29.1'],
    ['temporal version 1.4.1 (Server 1.28.0, UI 2.39.0)\n', '1.28.0'],
    ['tctl version 1.18', null],
  ])('%s', (text, expected) => {
    expect(parseServerVersion(text)).toBe(expected);
  });

  test.each([
    ['1.29.1', '1.29.1', true],
    ['1.29.0', '1.29.1', false],
    ['1.30.0', '1.29.1', true],
    ['1.9.9', '1.29.1', false],
    ['2.0.0', '1.29.1', true],
    ['1.29.1-rc1', '1.29.1', true],
    ['1.26.8', '1.25', true],
  ])('%s is at least %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});

describe('argumentsOf', () => {
  test('keeps the file and the default journal unless asked', () => {
    const args = argumentsOf({ binary: 'temporal', port: 7000, folder: '/data', wal: false });
    expect(args.slice(0, 6)).toEqual([
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      '7000',
    ]);
    expect(args).toEqual(
      expect.arrayContaining(['--headless', '--db-filename', '/data/temporal.db']),
    );
    expect(args).not.toContain('--sqlite-pragma');
  });

  test('asks for a write-ahead log, and for no file in memory', () => {
    const args = argumentsOf({ binary: 'temporal', port: 7000, folder: null, wal: true });
    expect(args).toEqual(expect.arrayContaining(['--sqlite-pragma', 'journal_mode=wal']));
    expect(args).not.toContain('--db-filename');
  });

  test('lets no timer wait for the end of its second', () => {
    const args = argumentsOf({ binary: 'temporal', port: 7000, folder: null, wal: false });
    expect(args[args.indexOf('--dynamic-config-value') + 1]).toBe(TIMER_SHIFT);
  });

  test('the container of temporal-docker has the same version, timers and search attributes', () => {
    const file = join(import.meta.dirname, '../../temporal-docker/compose.dev.yaml');
    const { image, command } = parse(readFileSync(file, 'utf8')).services.temporal;
    expect(image).toBe(`temporalio/temporal:${CLI_VERSION}`);
    expect(command).toContain(`--dynamic-config-value=${TIMER_SHIFT}`);
    const attributes = command.filter((part: string) => part.startsWith('--search-attribute='));
    expect(attributes).toEqual(
      SEARCH_ATTRIBUTES.map((name) => `--search-attribute=${name}=Keyword`),
    );
  });
});

test('restartDelayMs doubles from 0.5 s to 30 s', () => {
  expect([0, 1, 2, 5, 6, 50].map(restartDelayMs)).toEqual([500, 1000, 2000, 16000, 30000, 30000]);
});

describe('checkStamp', () => {
  test('stamps a new folder, then takes only that version', () => {
    checkStamp(folder, '1.29.1');
    writeFileSync(databaseFile(folder), '');
    expect(stampedVersion(folder)).toBe('1.29.1');
    expect(() => checkStamp(folder, '1.29.1')).not.toThrow();
    expect(() => checkStamp(folder, '1.30.0')).toThrow(/server 1\.30\.0, but it is of 1\.29\.1/);
  });

  test('refuses a file without a stamp', () => {
    writeFileSync(databaseFile(folder), '');
    expect(() => checkStamp(folder, '1.29.1')).toThrow(/it is of unknown/);
  });

  test('stamps anew when the file was moved away', () => {
    writeFileSync(stampFile(folder), '1.28.0\n');
    checkStamp(folder, '1.29.1');
    expect(readFileSync(stampFile(folder), 'utf8')).toBe('1.29.1\n');
  });
});

describe('lockFolder', () => {
  const quiet = (): void => {};
  const gone = { pid: 2 ** 22 + 1, began: '1' };

  test('is held until it is released', async () => {
    const lock = await lockFolder(folder, quiet);
    await expect(lockFolder(folder, quiet)).rejects.toMatchObject({ code: 'TEMPORAL_FILE_LOCKED' });
    lock.release();
    (await lockFolder(folder, quiet)).release();
  });

  test('a second release does not take the lock from its next holder', async () => {
    const first = await lockFolder(folder, quiet);
    first.release();
    const second = await lockFolder(folder, quiet);
    first.release();
    await expect(lockFolder(folder, quiet)).rejects.toMatchObject({ code: 'TEMPORAL_FILE_LOCKED' });
    second.release();
  });

  test.each([
    ['whose process is gone', { bootId: bootId(), owner: gone, server: gone }],
    [
      'of another boot',
      { bootId: 'other', owner: identify(process.pid), server: identify(process.pid) },
    ],
    [
      'of another process with our pid',
      { bootId: bootId(), owner: { pid: process.pid, began: '1' }, server: null },
    ],
  ])('takes over a lock %s', async (_which, record) => {
    writeFileSync(lockFile(folder), JSON.stringify(record));
    const lock = await lockFolder(folder, quiet);
    expect(JSON.parse(readFileSync(lockFile(folder), 'utf8')).owner.pid).toBe(process.pid);
    lock.release();
  });

  test('lets one of several newcomers take over a stale lock', async () => {
    writeFileSync(lockFile(folder), JSON.stringify({ bootId: 'other', owner: gone, server: null }));
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => lockFolder(folder, quiet)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

test('isRunning tells a process from another with its pid', () => {
  const own = identify(process.pid);
  expect(own && isRunning(own)).toBe(true);
  expect(isRunning({ pid: process.pid, began: 'another' })).toBe(false);
});
