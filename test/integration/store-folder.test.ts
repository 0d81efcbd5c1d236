/** One process for one folder, and nothing lost when it is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../store/index.js';
import { runScript } from '../support/script.js';
import { inFolder, type TestDatabase } from '../support/store.js';

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function aFolder(): Promise<TestDatabase & { readonly folder: string }> {
  const database = await inFolder();
  cleanups.push(database.discard);
  return { ...database, folder: database.config.folder ?? '' };
}

async function opened(folder: string): Promise<Store> {
  const store = await openStore({ databaseUrl: null, folder });
  cleanups.push(store.close);
  return store;
}

function run(
  folder: string,
  how: 'hold' | 'try',
): { child: ChildProcess; lines: AsyncIterable<string> } {
  const script = join(import.meta.dirname, '../store/open-folder.ts');
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, runScript(script, folder, how), {
    stdio: [...stdio],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  return { child, lines: createInterface({ input: child.stdout as NodeJS.ReadableStream }) };
}

const gone = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', (code) => resolve(code)));

describe('a folder of PGlite', () => {
  test('keeps its rows when it is closed and opened again', async () => {
    const { folder } = await aFolder();
    const first = await openStore({ databaseUrl: null, folder });
    await first.starts.claim({ processId: 'p', kind: 'request', key: 'r' }, 'i');
    await Promise.all([first.close(), first.close()]);
    const again = await opened(folder);
    const claim = await again.starts.claim({ processId: 'p', kind: 'request', key: 'r' }, 'other');
    expect(claim).toMatchObject({ instanceId: 'i', isNew: false });
  });

  test('refuses a second opener, of this process or another, and names the holder', async () => {
    const { folder } = await aFolder();
    await opened(folder);
    const refusal = { code: 'STORE_FOLDER_LOCKED', facts: { folder, pid: process.pid } };
    await expect(openStore({ databaseUrl: null, folder })).rejects.toMatchObject(refusal);
    const { child, lines } = run(folder, 'try');
    const ended = gone(child);
    for await (const line of lines) {
      expect(line).toMatch(/^STORE_FOLDER_LOCKED /);
      expect(line).toContain(`process ${process.pid} uses its database`);
    }
    expect(await ended).toBe(3);
  });

  test('lets one in of several that come at once', async () => {
    const { folder } = await aFolder();
    const stale = { pid: process.pid, began: '1', bootId: 'another boot', token: 'stale' };
    writeFileSync(join(folder, 'pglite.lock'), JSON.stringify(stale));
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => opened(folder)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('loses nothing that was acknowledged when its process is killed', async () => {
    const { folder } = await aFolder();
    for (let round = 1; round <= 2; round += 1) {
      const { child, lines } = run(folder, 'hold');
      const ended = gone(child);
      let acknowledged = 0;
      for await (const line of lines) {
        if (line !== 'open') acknowledged = Number(line);
        if (acknowledged === 60 * round) child.kill('SIGKILL');
      }
      await ended;
      expect(acknowledged).toBeGreaterThanOrEqual(60 * round);
      const holder = JSON.parse(readFileSync(join(folder, 'pglite.lock'), 'utf8')) as object;
      expect(holder).toMatchObject({ pid: child.pid });
      const store = await openStore({ databaseUrl: null, folder });
      const instance = await store.processInstances.get('held');
      expect(instance?.lastSequence).toBeGreaterThanOrEqual(acknowledged);
      await store.close();
    }
  });

  test('leaves the event loop free while it works', async () => {
    const { folder } = await aFolder();
    const store = await opened(folder);
    let longestMs = 0;
    const began = performance.now();
    let before = began;
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - before);
      before = performance.now();
    }, 5);
    await store.effects.runOnce('slow', 'test', 'r', async (tx) => {
      await tx.execute('select count(*) from generate_series(1, 5000000)');
      return null;
    });
    clearInterval(timer);
    // A machine that is busy lets this process wait, and the database as well.
    expect(longestMs).toBeLessThan(Math.max(250, (performance.now() - began) / 4));
  });
});
