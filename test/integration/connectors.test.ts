/** Outside systems by what jobs did to them, and their tests: against a real mail server, SCIM server and HTTP server. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Egress } from '../../activities/http/egress.js';
import { type Sending, sendOnce } from '../../activities/mail/send-once.js';
import { createSideEffects } from '../../activities/side-effects.js';
import type { Operate } from '../../contracts/operate.js';
import type { Variables } from '../../engine/model/index.js';
import type { Store } from '../../store/index.js';
import { type Connectors, createConnectors } from '../../worker/connectors/index.js';
import { createOperate } from '../../worker/control/operations.js';
import { type MailCatcher, startMailCatcher } from '../../worker/mail-catcher/index.js';
import { accessWorld, putCustomer, scimSystem } from '../support/access.js';
import { type ScimServerForTests, startScimServer } from '../support/scim-server.js';
import { sideEffectDeps } from '../support/side-effects.js';
import { aLife, anInstance, openTestStore } from '../support/store.js';

let store: Store;
let mails: MailCatcher;
let scim: ScimServerForTests;
let egress: Egress;
let origin: string;
/** Milliseconds that have passed. */
let later: number;
const asked: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'jornada-test-connectors-'));

const crm = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.statusCode = request.url === '/refuse' ? 422 : 204;
  response.end();
});
/** Takes a connection and says nothing. */
const silent = createSocketServer(() => {});
const portOf = (server: { readonly address: () => unknown }): number =>
  (server.address() as AddressInfo).port;

beforeAll(async () => {
  [store, mails, scim] = await Promise.all([
    openTestStore(),
    startMailCatcher({ folder }),
    startScimServer(),
  ]);
  for (const server of [crm, silent]) {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  }
  const host = `crm.test:${portOf(crm)}`;
  origin = `http://${host}`;
  egress = { allowed: [host], resolve: async () => ['127.0.0.1'] };
});
afterAll(async () => {
  crm.close();
  silent.close();
  await Promise.all([store.close(), mails.close(), scim.close()]);
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  scim.clear();
  asked.length = 0;
  later = 0;
});

const connectorsWith = (smtpUrl: string = mails.url): Connectors =>
  createConnectors({
    ...{ store, systems: [scimSystem(scim)], egress, smtp: { url: smtpUrl } },
    ...{ isMailCaught: false, now: () => Date.now() + later },
  });

const operateWith = (connectors: Connectors): Operate =>
  createOperate({ store, connectors } as never);
const ASKER = { actor: 'ada', requestId: 'request', reason: null };

/** An instance that people see. */
const running = async (): Promise<string> => {
  const instance = anInstance();
  await store.journal.append(instance, aLife().slice(0, 5));
  return instance.instanceId;
};

const mail = (instanceId: string, smtpUrl: string, more: Partial<Sending> = {}) =>
  sendOnce(
    { ...sideEffectDeps(store), smtp: { url: smtpUrl, timeoutMs: 500 } },
    {
      ...{ effectKey: randomUUID(), customerKeyId: 'system', instanceId, kind: 'mail' },
      ...{ to: 'ana@aurora.example', request: {}, whenUnknown: 'ask' },
      compose: async () => ({
        from: 'a@b.example',
        to: 'ana@aurora.example',
        raw: Buffer.from('x'),
      }),
      ...more,
    },
  );

const http = (instanceId: string, url: string) => {
  const services = createSideEffects(sideEffectDeps(store, { egress }));
  const variables: Variables = { url, method: 'POST' };
  const place = { processId: 'p', elementId: 'e', elementInstanceId: 'e:1', jobId: 'e:1' };
  return services['http-request']?.({
    ...{ ...place, instanceId, variables, headers: {}, customerKeyId: 'system' },
    effectKey: randomUUID(),
  });
};

const code = (work: Promise<unknown> | undefined): Promise<string> =>
  Promise.resolve(work).then(
    () => 'done',
    (error: { readonly type: string }) => error.type,
  );

describe('what jobs did', () => {
  test('is told by system, with codes and the instances behind', async () => {
    const [one, other] = [await running(), await running()];
    await mail(one, mails.url);
    expect(await code(mail(other, 'smtp://127.0.0.1:1?tls=none'))).toBe('EMAIL_UNAVAILABLE');
    expect(await code(http(one, `${origin}/take`))).toBe('done');
    expect(await code(http(other, `${origin}/refuse`))).toBe('HTTP_REFUSED');
    const world = accessWorld(store, [scimSystem(scim)]);
    const { customer, contact } = await putCustomer(world.record);
    const { contactId, name, mail: address } = contact;
    await world.job('access.grant', {
      ...{ customerId: customer.customerId, scope: 'customer', attempt: 'x' },
      adminContact: { contactId, name, mail: address },
    })();

    const items = await connectorsWith().list();
    expect(items.map(({ connectorId }) => connectorId)).toEqual([
      ...['mail', 'scim:directory', 'http', origin],
    ]);
    const [ofMail, ofScim, requests, ofCrm] = items;
    expect(ofMail).toMatchObject({
      effects: { done: 1, underway: 0, failed: 1, unknown: 0 },
      ...{ isConfigured: true, lastFailure: { code: 'EMAIL_UNAVAILABLE' } },
    });
    expect(ofMail?.lastDoneAt).not.toBeNull();
    expect(ofScim).toMatchObject({
      ...{ title: 'Directory', isConfigured: true, canTest: true, lastFailure: null },
      effects: { done: 1, failed: 0 },
    });
    expect(requests).toMatchObject({ canTest: false, places: egress.allowed });
    expect(ofCrm).toMatchObject({
      ...{ kind: 'http', effects: { done: 1, failed: 1 }, lastFailure: { code: 'HTTP_REFUSED' } },
    });
    // Whoever reads it learns no secret.
    expect(JSON.stringify(items)).not.toMatch(/secret/);

    const operate = operateWith(connectorsWith());
    const whole = await operate('getConnector', { key: origin }, ASKER);
    expect(whole).toMatchObject({
      ok: true,
      output: {
        troubles: [
          {
            state: 'failed',
            code: 'HTTP_REFUSED',
            instance: { instanceId: other, state: 'ACTIVE' },
          },
        ],
      },
    });
  });

  test('tells an effect that nobody knows of, until a person decides', async () => {
    const instanceId = await running();
    const gone = await listening((socket) => {
      socket.write('220 here\r\n');
      socket.on('data', (data) => {
        const said = String(data);
        if (/^(EHLO|MAIL|RCPT)/m.test(said)) socket.write('250 fine\r\n');
        if (/^DATA/m.test(said)) socket.write('354 go\r\n');
        if (said.includes('\r\n.\r\n')) socket.destroy();
      });
    });
    const key = randomUUID();
    const url = `smtp://127.0.0.1:${gone.port}?tls=none`;
    expect(await code(mail(instanceId, url, { effectKey: key }))).toBe('EMAIL_OUTCOME_UNKNOWN');
    const counts = async () => (await connectorsWith().get('mail'))?.effects;
    expect(await counts()).toMatchObject({ unknown: 1 });
    const since = connectorsWith().since();
    expect(await store.connectorEffects.troubles('mail', since, 10)).toContainEqual(
      expect.objectContaining({
        ...{ state: 'unknown', code: 'EMAIL_OUTCOME_UNKNOWN' },
        instance: expect.objectContaining({ instanceId }),
      }),
    );
    await store.effects.countAsDone(key);
    expect(await counts()).toMatchObject({ unknown: 0 });
    gone.close();
  });
});

describe('a test', () => {
  test('greets each system, changes nothing there, and stands in the audit', async () => {
    const before = (await mails.mailbox.list()).length;
    const operate = operateWith(connectorsWith());
    for (const [key, detail] of [
      ['mail', 'EHLO'],
      ['scim:directory', 'ServiceProviderConfig'],
      [origin, 'HEAD 204'],
    ] as const) {
      const told = await operate('testConnector', { key }, ASKER);
      expect(told).toMatchObject({ ok: true, output: { isWell: true, code: null, detail } });
      const filter = { action: 'testConnector', object: `connector:${key}` };
      const { items } = await store.audit.query({ filter, limit: 5 });
      expect(items[0]).toMatchObject({ actor: 'ada', outcome: 'done', data: { isWell: true } });
    }
    expect(await mails.mailbox.list()).toHaveLength(before);
    expect(asked).toEqual(['HEAD /']);
    expect(scim.asked.every((line) => line.startsWith('GET '))).toBe(true);
    // Each of the two credentials.
    expect(scim.asked).toHaveLength(2);
    expect(scim.applied).toEqual([]);
  });

  test('says by its code what is in the way', async () => {
    const nobody = connectorsWith('smtp://127.0.0.1:1?tls=none');
    expect(await nobody.test('mail')).toMatchObject({ isWell: false, code: 'EMAIL_UNAVAILABLE' });
    scim.failAll({ status: 401 });
    expect(await nobody.test('scim:directory')).toMatchObject({ code: 'SCIM_UNAUTHORIZED' });
    scim.failAll(null);
    const barred = createConnectors({
      ...{ store, systems: [], egress: { ...egress, allowed: [] }, smtp: { url: mails.url } },
      ...{ isMailCaught: true, now: Date.now },
    });
    expect(await barred.test(origin)).toMatchObject({ code: 'EGRESS_DENIED' });
  });

  test('of a server that says nothing ends in time', async () => {
    const mute = connectorsWith(`smtp://127.0.0.1:${portOf(silent)}?tls=none`);
    const began = performance.now();
    expect(await mute.test('mail')).toMatchObject({ isWell: false, code: 'EMAIL_UNAVAILABLE' });
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  test('is not made twice in a moment, nor of what there is not', async () => {
    const connectors = connectorsWith();
    const operate = operateWith(connectors);
    await connectors.test('mail');
    expect(await operate('testConnector', { key: 'mail' }, ASKER)).toMatchObject({
      ...{ ok: false, code: 'CONNECTOR_TESTED' },
    });
    later = 6_000;
    expect(await connectors.test('mail')).toMatchObject({ isWell: true });
    for (const key of ['http', 'scim:nobody', 'http://127.0.0.1:5432']) {
      expect(await operate('testConnector', { key }, ASKER)).toMatchObject({
        ...{ ok: false, code: 'CONNECTOR_UNKNOWN' },
      });
    }
  });
});

/** A server that speaks as it is told. */
async function listening(talk: (socket: import('node:net').Socket) => void) {
  const server = createSocketServer((socket) => {
    socket.on('error', () => {});
    talk(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return { port: portOf(server), close: () => server.close() };
}
