import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Row } from '../../activities/export/source.js';
import { createSources } from '../../activities/export/sources/index.js';
import { buildApp } from '../../api/app.js';
import { createOpenExport, createUseAccess } from '../../api/index.js';
import { verifyPackage } from '../../cli/export-file/verify.js';
import type { PublishInput } from '../../contracts/correlation.js';
import { CUSTOMER, EXPORT, type ExportDisk } from '../../store/index.js';
import { replaceLink } from '../../store/registry/index.js';
import {
  type ExportWorld,
  lastMail,
  mailedToken,
  makePackage,
  openExportWorld,
} from '../support/export.js';
import { anInstance, numbered } from '../support/store.js';

const SETTINGS = { linkLifetime: 'P7D', mostDownloads: 2 };

let room: { readonly name: string; readonly bytes: number } | null = null;
let world: ExportWorld;
beforeAll(async () => {
  world = await openExportWorld({ tickets: 1203, disk: limitedDisk() });
});
afterAll(() => world.close());

const appOf = ({ store, record, files }: ExportWorld, now: () => number = Date.now) =>
  buildApp({
    state: {
      deps: {
        useAccess: async () => false,
        openExport: createOpenExport({ store, record, files, now }),
        readiness: async () => [],
        // Links ask nobody who they are.
        identities: null as never,
        camunda: null as never,
        designer: null as never,
        webhooks: null as never,
        records: null as never,
      },
      origin: 'http://localhost:3000',
    },
    isHttps: false,
    proxies: null,
    trouble: (error) => {
      throw error;
    },
  });

/** A task of the customer with a file of two pieces. @returns the file */
async function attachTo({ store, customerId }: ExportWorld, content: Buffer) {
  const { keyId = '' } = (await store.customerKeys.of(customerId)) ?? {};
  const instance = anInstance({ customerKeyId: keyId });
  const task = { elementId: 'ask', elementInstanceId: 'ask:2' };
  await store.journal.append(
    instance,
    numbered([
      { kind: 'instanceStarted' },
      { kind: 'elementEntered', ...task, data: { kind: 'userTask', name: 'Ask' } },
      { kind: 'taskOpened', ...task, data: { name: 'Ask', candidateGroups: [], priority: 50 } },
    ]),
  );
  const one = { attachmentId: randomUUID(), name: 'letter.txt', mediaType: 'text/plain' };
  const of = { instanceId: instance.instanceId, taskId: task.elementInstanceId };
  const at = '2026-03-02T12:00:00.000Z';
  return store.inbox.attachments.add(
    { ...one, ...of },
    (async function* () {
      yield content;
    })(),
    { actor: 'cora', requestId: 'r', reason: null, at },
  );
}

test('files of tasks are among the history, piece by piece, without names of our people', async () => {
  const content = Buffer.from('What they wrote to us. '.repeat(10_000));
  const { attachmentId, instanceId } = await attachTo(world, content);
  const { store, record, customerId } = world;
  const { keyId = '' } = (await store.customerKeys.of(customerId)) ?? {};
  const history = createSources(store, record).find(({ id }) => id === 'history');
  const rowsOf = async (name: string) => {
    const set = history?.datasets.find((one) => one.name === name);
    const of = { customerId, keyId, cutOff: new Date().toISOString(), hidesStaff: true };
    const rows: Row[] = [];
    for await (const page of set?.pages(of) ?? []) rows.push(...page);
    return rows;
  };
  expect(await rowsOf('attachments')).toMatchObject([
    {
      ...{ attachmentId, instanceId, name: 'letter.txt', bytes: content.length },
      attachedBy: 'staff-1',
    },
  ]);
  const pieces = await rowsOf('attachment-contents');
  expect(pieces.map(({ number }) => number)).toEqual([0, 1]);
  const whole = pieces.map((piece) => piece.content).join('');
  expect(Buffer.from(whole, 'base64').equals(content)).toBe(true);
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
    expect(await verifyPackage(zip)).toMatchObject({
      isWhole: true,
      exportId,
      rows: packaged.rows,
    });
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

  test('of two requests at the same time one is the duplicate of the other', async () => {
    const { customerId, run } = world;
    const ask = (requestId: string) => run('export.open', { customerId, requestId });
    const [one, two] = await Promise.all([ask('a'), ask('b')]);
    expect([one.isDuplicate, two.isDuplicate].toSorted()).toEqual([false, true]);
    expect(one.exportId).toBe(two.exportId);
    const { exportId } = one as { exportId: string };
    await run('export.close', { customerId, exportId, state: 'denied' });
    const three = await ask('c');
    expect(three.isDuplicate).toBe(false);
    await run('export.close', { customerId, exportId: three.exportId ?? '', state: 'denied' });
  });

  test('names systems that there are not, and who asks if it is a contact', async () => {
    const { customerId, contactId, run } = world;
    const asked = { customerId, requestId: 'r', requester: contactId, scope: ['record', 'crm'] };
    const opened = await run('export.open', asked);
    expect(opened).toMatchObject({
      systems: ['record'],
      unknownSystems: ['crm'],
      requesterContact: { contactId },
      recipients: [{ contactId, mail: 'ines@example.org', locale: 'pt-PT' }],
    });
    await run('export.close', { customerId, exportId: opened.exportId ?? '', state: 'denied' });
    await expect(run('export.open', { ...asked, customerId: 'nobody' })).rejects.toMatchObject({
      type: 'CUSTOMER_UNKNOWN',
      nonRetryable: true,
    });
  });

  test('an attempt that comes again finds what the one before it did', async () => {
    const { customerId, run } = world;
    const { exportId, of, extracts, packaged } = await makePackage(world);
    const job = { effectKey: 'again' };
    const first = await run('export.package', { ...of, extracts }, job).catch((error) => error);
    // What was extracted is in the package, and gone.
    expect(first).toMatchObject({ type: 'BPMN_ERROR' });
    const [file] = world.lying().filter((name) => name.endsWith('.zip'));
    await run('export.begin', { customerId, exportId, round: 1 });
    expect(world.lying()).toEqual([]);
    const again = { ...of, round: 2, customerId, exportId };
    const fresh = [(await run('export.extract', { ...again, system: 'record' })).extract ?? null];
    const made = await run('export.package', { ...again, extracts: fresh }, job);
    const repeated = await run('export.package', { ...again, extracts: fresh }, job);
    expect(repeated).toEqual(made);
    expect(made.manifestSha256).not.toBe(packaged.manifestSha256);
    const lying = world.lying().filter((name) => name.endsWith('.zip'));
    expect([lying.length, lying.includes(file ?? '')]).toEqual([1, false]);
    await run('export.close', { customerId, exportId, state: 'delivered' });
  });

  test('a system that is missing is named, with its reason, and its files are empty', async () => {
    const { customerId, run } = world;
    const { exportId, of, extracts } = await makePackage(world);
    const again = { ...of, round: 2 };
    await run('export.begin', { customerId, exportId, round: 1 });
    const gone = { id: 'history', status: 'partial', reason: 'under repair', rows: 0, files: [] };
    const record = (await run('export.extract', { ...again, system: 'record' })).extract ?? null;
    const packaged = await run('export.package', {
      ...again,
      extracts: [record, gone],
      formats: ['jsonl'],
    });
    expect(packaged).toMatchObject({
      isPartial: true,
      rows: (extracts[0] as { rows: number }).rows,
      systems: [
        { id: 'record', status: 'complete' },
        { id: 'history', reason: 'under repair' },
      ],
    });
    const zip = await fetched(world, exportId);
    expect(await verifyPackage(zip)).toMatchObject({
      isWhole: true,
      partial: [{ system: 'history', reason: 'under repair' }],
    });
    expect(execFileSync('unzip', ['-p', zip, 'README.txt']).toString()).toMatch(
      /PARCIAL[\s\S]*history: under repair/,
    );
    await run('export.close', { customerId, exportId, state: 'delivered' });
  });

  test('a link ends with its time, and with the link after it', async () => {
    const { customerId, run } = world;
    const { exportId, recipients } = await makePackage(world);
    const link = {
      ...{ customerId, exportId, legalName: 'Ria', recipient: recipients[0] ?? {} },
      settings: SETTINGS,
    };
    await run('export.link', link);
    const first = await mailedToken(world);
    await run('export.link', link);
    const second = await mailedToken(world);
    const ask = async (token: string, now: number) =>
      (
        await (
          await appOf(world, () => now)
        ).inject({ method: 'POST', url: '/export', payload: { token } })
      ).statusCode === 200
        ? 'opens'
        : 'refused';
    const code = async (token: string, now: number) => {
      const app = await appOf(world, () => now);
      return (await app.inject({ method: 'POST', url: '/export', payload: { token } })).json().code;
    };
    const week = Date.now() + 7 * 86_400_000 + 60_000;
    expect(await code(first, Date.now())).toBe('LINK_REPLACED');
    expect(await code(second, week)).toBe('LINK_EXPIRED');
    expect(await ask(second, Date.now())).toBe('opens');
    expect(await code('x'.repeat(43), Date.now())).toBe('LINK_UNKNOWN');
    await run('export.close', { customerId, exportId, state: 'delivered' });
  });

  test('a code proves who asks: this one, for this export, in time', async () => {
    const { run } = world;
    const recipient = { name: 'Inês', mail: 'ines@example.org' };
    const given = {
      subject: 'e1',
      recipient,
      legalName: 'Ria',
      settings: { codeLifetime: 'PT30M' },
    };
    const job = { headers: { 'jornada:mail': 'code' } };
    const { challenge } = await run('identity.challenge', given, job);
    const code = /code (\d{8})/.exec(await lastMail(world))?.[1] ?? '';
    const check = async (more: object) =>
      (await run('identity.verify', { subject: 'e1', challenge: challenge ?? null, code, ...more }))
        .isProven;
    expect(await check({})).toBe(true);
    expect(await check({ code: `${code.slice(0, 4)} ${code.slice(4)}` })).toBe(true);
    expect(await check({ code: '00000000' })).toBe(false);
    expect(await check({ subject: 'e2' })).toBe(false);
    const late = { ...(challenge as object), expiresAt: '2020-01-01T00:00:00.000Z' };
    expect(await check({ challenge: late })).toBe(false);
    expect(JSON.stringify(challenge)).not.toContain(code);
  });
});

describe('an access link', () => {
  const link = (token: string) => ({
    ...{ tokenHash: createHash('sha256').update(token).digest('hex'), customerId: 'c' },
    ...{ contactId: `p-${token}`, attempt: 'a', expiresAt: '2100-01-01T00:00:00.000Z' },
  });

  test('lets in once, and tells the process before it is used up', async () => {
    const { store } = world;
    await store.transaction((tx) => replaceLink(tx, link('one')));
    const told: PublishInput[] = [];
    let isDown = true;
    const publish = async (message: PublishInput) => {
      if (isDown) throw new Error('Temporal is down');
      told.push(message);
    };
    const use = createUseAccess({ store, publish, now: Date.now });
    await expect(use('one')).rejects.toThrow('down');
    isDown = false;
    expect(await use('one')).toBe(true);
    expect(await use('one')).toBe(false);
    expect(told).toMatchObject([{ name: 'user.first-login', key: 'p-one' }]);
  });

  test('whose time is over, or that nobody knows, tells nothing', async () => {
    const { store } = world;
    await store.transaction((tx) => replaceLink(tx, link('late')));
    const publish = () => Promise.reject(new Error('told'));
    const now = () => Date.parse('2101-01-01');
    expect(await createUseAccess({ store, publish, now })('late')).toBe(false);
    expect(await createUseAccess({ store, publish, now: Date.now })('none')).toBe(false);
  });
});

describe('a disk that is full', () => {
  test.each([
    ['while a system is extracted', 'tickets', 'EXTRACT_FAILED'],
    ['while the package is made', 'package', 'PACKAGE_FAILED'],
  ])('%s is a task for a person, and leaves nothing half done', async (_when, name, errorCode) => {
    room = { name, bytes: 70_000 };
    const failed: unknown = await makePackage(world).catch((error: unknown) => error);
    room = null;
    expect(failed).toMatchObject({
      type: 'BPMN_ERROR',
      details: [{ errorCode, message: expect.stringContaining('EXPORT_DISK_FULL') }],
    });
    expect(world.lying().filter((one) => /unfinished|\.zip$|tickets.*zip/.test(one))).toEqual([]);
    const rows = await world.record.table(EXPORT).of([world.customerId]);
    const { exportId, state, packageFile, manifestSha256 } = rows.at(-1) ?? {};
    expect({ state, packageFile, manifestSha256 }).toEqual({
      ...{ state: 'in-progress', packageFile: null, manifestSha256: null },
    });
    const { customerId, run } = world;
    await run('export.close', { customerId, exportId: exportId ?? '', state: 'expired' });
  });
});

test('a package dies with the key of its customer', async () => {
  const { exportId, recipients } = await makePackage(world);
  const { customerId, keyProvider, record, run } = world;
  await run('export.link', {
    ...{
      customerId,
      exportId,
      legalName: 'Ria',
      recipient: recipients[0] ?? {},
      settings: SETTINGS,
    },
  });
  const token = await mailedToken(world);
  const customer = await record.table(CUSTOMER).get(customerId);
  await keyProvider.destroy(customer?.keyId ?? '');
  const app = await appOf(world);
  const answer = await app.inject({ method: 'POST', url: '/export', payload: { token } });
  expect([answer.statusCode, answer.json().code]).toEqual([410, 'LINK_REVOKED']);
  const name =
    world
      .lying()
      .find((one) => one.endsWith('.zip'))
      ?.split('/')
      .at(-1) ?? '';
  await expect(
    world.files.read({ exportId, name, keyId: customer?.keyId ?? '' }),
  ).rejects.toMatchObject({ code: 'KEY_SHREDDED' });
});

/** A disk that takes so many bytes of files with this name; all there is while `room` is null. */
function limitedDisk(): ExportDisk {
  return {
    create: async (path) => {
      const handle = await open(path, 'wx');
      let written = 0;
      return {
        appendFile: async (data) => {
          written += (data as Buffer).length;
          if (room && path.includes(room.name) && written > room.bytes) {
            throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
          }
          await handle.appendFile(data as Buffer);
        },
        sync: () => handle.sync(),
        close: () => handle.close(),
      };
    },
    free: async () => Number.MAX_SAFE_INTEGER,
  };
}

/** The package as a file, by a link. */
async function fetched(from: ExportWorld, exportId: string): Promise<string> {
  const { customerId, run } = from;
  const recipient = { name: 'Inês', mail: 'ines@example.org' };
  await run('export.link', {
    customerId,
    exportId,
    legalName: 'Ria',
    recipient,
    settings: SETTINGS,
  });
  const payload = { token: await mailedToken(from) };
  const got = await (await appOf(from)).inject({ method: 'POST', url: '/export', payload });
  const path = join(from.folder, `${exportId}.zip`);
  writeFileSync(path, got.rawPayload);
  return path;
}
