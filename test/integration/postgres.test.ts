/** The PostgreSQL that integration tests get is a real one, and leaves nothing behind. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { obtainPostgres } from '../support/postgres.js';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}

const folders = (): number =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('jornada-test-postgres-')).length;

describe('obtainPostgres', () => {
  test('is shared by all integration tests', async () => {
    const rows = await ask(
      inject('databaseUrl'),
      "select current_setting('server_version_num')::int >= 150000 as fits",
    );
    expect(rows).toEqual([{ fits: true }]);
  });

  test('starts one of its own that is gone after stop', async () => {
    const before = folders();
    const { DATABASE_URL_TEST: _given, ...env } = process.env;
    const postgres = await obtainPostgres(env, () => {});
    expect(await ask(postgres.url, 'select 6 * 7 as answer')).toEqual([{ answer: 42 }]);
    expect(folders()).toBe(before + 1);
    await postgres.stop();
    expect(folders()).toBe(before);
    await expect(ask(postgres.url, 'select 1')).rejects.toThrow();
  });

  test('takes a given database and leaves it alone', async () => {
    const given = await obtainPostgres({ DATABASE_URL_TEST: inject('databaseUrl') }, () => {});
    expect(given.url).toBe(inject('databaseUrl'));
    await given.stop();
    expect(await ask(given.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('fails with what to install when there is none', async () => {
    const nowhere = { PATH: '/nonexistent' };
    await expect(obtainPostgres(nowhere, () => {}, '/nonexistent')).rejects.toMatchObject({
      code: 'POSTGRES_MISSING',
      message: expect.stringContaining('DATABASE_URL_TEST'),
    });
  });

  test('does not hide that the server it found does not start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jornada-broken-'));
    for (const name of ['initdb', 'postgres']) {
      writeFileSync(join(folder, name), '#!/bin/sh\necho broken >&2; exit 1\n');
      chmodSync(join(folder, name), 0o755);
    }
    chmodSync(folder, 0o755);
    const before = folders();
    await expect(obtainPostgres({ PATH: folder }, () => {})).rejects.toThrow(
      'initdb failed: broken',
    );
    expect(folders()).toBe(before);
    rmSync(folder, { recursive: true });
  });
});
