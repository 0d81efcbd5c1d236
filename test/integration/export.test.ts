/** A customer asks for its data on a real engine: code, package, link, downloads, confirmation. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, openCommandLine } from '../support/command-line.js';

const SAMPLE = readFileSync(resolve('worker/start/samples/customers.csv'), 'utf8');

let commands: CommandLine;

beforeAll(async () => {
  commands = openCommandLine();
  const to = join(commands.root, 'definitions', 'data-export');
  cpSync(resolve('definitions/data-export'), to, { recursive: true });
  await commands.start();
});
afterAll(() => commands.discard());

async function ask<T>(...args: string[]): Promise<T> {
  const { code, json } = await commands.ask(...args);
  expect([args.join(' '), code]).toEqual([args.join(' '), 0]);
  return json as T;
}

/** What a mail says once it is there. */
async function mailed(pattern: RegExp): Promise<readonly string[]> {
  const folder = join(commands.data, 'mail');
  for (;;) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((one) => one.endsWith('.eml'))) {
      const { text = '' } = await simpleParser(readFileSync(join(folder, name)));
      const found = pattern.exec(text);
      if (found) return found;
    }
    await new Promise((done) => setTimeout(done, 200));
  }
}

const publish = (name: string, key: string, variables: object) =>
  ask('publish', 'msg', name, '--key', key, '--variables', JSON.stringify(variables));

async function outcomeOf(instanceId: string): Promise<string | null> {
  for (;;) {
    const { instance } = await ask<{ instance: { state: string; outcome: string | null } }>(
      ...['get', 'pi', instanceId],
    );
    if (instance.state !== 'ACTIVE') return instance.outcome;
    await new Promise((done) => setTimeout(done, 300));
  }
}

test('a customer gets all of its data, and the record knows who fetched it', async () => {
  writeFileSync(join(commands.root, 'customers.csv'), SAMPLE);
  await ask('import', 'customers', 'customers.csv');
  const { items } = await ask<{ items: { customerId: string; legalName: string }[] }>(
    ...['search', 'customers', '--mail', 'beatriz@aurora.example.com'],
  );
  const customerId = items[0]?.customerId ?? '';
  const { contacts } = await ask<{ contacts: { contactId: string }[] }>(
    ...['get', 'customers', customerId],
  );
  const requester = contacts[0]?.contactId ?? '';
  const variables = JSON.stringify({ customerId, requestId: 'R-1', requester });
  const { instanceId } = await ask<{ instanceId: string }>(
    ...['run', 'data-export', '--variables', variables],
  );

  const [, code = '', exportId = ''] = await mailed(/Código: (\d{8})\s+Referência: (\S+)/);
  // Whoever asks meanwhile is told that one is open.
  const second = await ask<{ instanceId: string }>('run', 'data-export', '--variables', variables);
  expect(await outcomeOf(second.instanceId)).toBe('duplicate');
  await publish('identity.answered', exportId, { code: '00000000' });
  await publish('identity.answered', exportId, { code });
  const [, url = '', rows = '', sha256 = ''] = await mailed(
    /(http:\S+)[\s\S]* com (\d+) linhas[\s\S]*manifesto: ([0-9a-f]{64})/,
  );
  const [page, token = ''] = url.split('#');

  expect((await fetch(page ?? '')).status).toBe(200);
  const download = () =>
    fetch(page ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `token=${token}`,
    });
  const hashes = new Set<string>();
  const zip = join(commands.root, 'export.zip');
  for (let downloads = 0; downloads < 5; downloads++) {
    const answer = await download();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    hashes.add(createHash('sha256').update(bytes).digest('hex'));
    writeFileSync(zip, bytes);
  }
  expect(hashes.size).toBe(1);
  const refused = await download();
  expect([refused.status, await refused.json()]).toMatchObject([410, { code: 'LINK_USED_UP' }]);

  const verdict = await ask<object>('verify', 'exports', zip);
  expect(verdict).toMatchObject({
    ...{ isWhole: true, exportId, customerId, manifestSha256: sha256, partial: [], faults: [] },
    rows: Number(rows),
  });
  const found = await ask<{ export: object }>('get', 'exports', exportId.slice(-8));
  expect(found.export).toMatchObject({
    ...{ exportId, customerId, manifestSha256: sha256, state: 'in-progress', instanceId },
    downloads: Array.from({ length: 5 }, () => ({ address: '127.0.0.1' })),
  });

  await publish('export.confirmed', exportId, { rowCount: Number(rows) });
  expect(await outcomeOf(instanceId)).toBe('confirmed');
  expect(await (await download()).json()).toMatchObject({ code: 'LINK_REVOKED' });
  expect(existsSync(join(commands.data, 'exports', exportId))).toBe(false);
});
