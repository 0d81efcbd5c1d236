import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../api/app.js';
import { createOpenExport } from '../../api/index.js';
import { EXPORT } from '../../store/index.js';
import { type ExportWorld, mailedToken, makePackage, openExportWorld } from '../support/export.js';

const SETTINGS = { linkLifetime: 'P7D', mostDownloads: 2 };

let world: ExportWorld;
beforeAll(async () => {
  world = await openExportWorld({ tickets: 1203 });
});
afterAll(() => world.close());

const appOf = ({ store, record, files }: ExportWorld, now: () => number = Date.now) =>
  buildApp({
    state: {
      deps: {
        useAccess: async () => false,
        openExport: createOpenExport({ store, record, files, now }),
      },
    },
    isHttps: false,
    isBehindProxy: false,
    trouble: (error) => {
      throw error;
    },
  });

describe('an export', () => {
  test('is packaged, mailed, and fetched as often as its link allows', async () => {
    const { exportId, packaged, recipients } = await makePackage(world);
    expect(packaged).toMatchObject({
      isPartial: false,
      manifestSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(packaged.rows).toBeGreaterThanOrEqual(1203 + 3);
    const { customerId } = world;
    const sent = await world.run('export.link', {
      ...{
        customerId,
        exportId,
        legalName: 'Ria',
        recipient: recipients[0] ?? {},
        settings: SETTINGS,
      },
    });
    expect(sent.linkExpiresAt).toEqual(expect.any(String));
    const token = await mailedToken(world);
    const app = await appOf(world);
    const ask = (more: object = {}) =>
      app.inject({ method: 'POST', url: '/export', payload: { token }, ...more });
    const got = await ask();
    expect(got.statusCode).toBe(200);
    expect(got.headers['content-length']).toBe(String(packaged.bytes));
    expect(got.headers['cache-control']).toBe('no-store');
    const zip = join(world.folder, 'got.zip');
    writeFileSync(zip, got.rawPayload);
    const list = execFileSync('unzip', ['-t', zip]).toString();
    expect(list).toContain('No errors detected');
    const part = (path: string): Buffer =>
      execFileSync('unzip', ['-p', zip, path], { maxBuffer: 1e9 });
    const manifest = part('manifest.json');
    expect(createHash('sha256').update(manifest).digest('hex')).toBe(packaged.manifestSha256);
    for (const file of JSON.parse(manifest.toString()).files) {
      const bytes = part(file.path);
      expect([file.path, createHash('sha256').update(bytes).digest('hex'), bytes.length]).toEqual([
        file.path,
        file.sha256,
        file.bytes,
      ]);
    }
    const tickets = part('data/record/tickets.csv').toString();
    expect(tickets.split('\r\n')).toHaveLength(1203 + 2);
    expect(tickets).toContain("'=cmd()");
    expect((await ask()).statusCode).toBe(200);
    const third = await ask();
    expect([third.statusCode, third.json().code]).toEqual([410, 'LINK_USED_UP']);
    const row = await world.record.table(EXPORT).get(exportId);
    expect(row).toMatchObject({ downloads: [{ address: '127.0.0.1' }, { address: '127.0.0.1' }] });
    await world.run('export.close', { customerId, exportId, state: 'confirmed' });
    expect((await ask()).json().code).toBe('LINK_REVOKED');
    expect(world.lying()).toEqual([]);
  });
});
