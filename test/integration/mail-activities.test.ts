import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSideEffects } from '../../activities/side-effects.js';
import type { JobInput, ServiceTask } from '../../contracts/job.js';
import { isContext, type Json, type Variables } from '../../engine/model/index.js';
import type { Store } from '../../store/index.js';
import { activeResources, useLink } from '../../store/registry/index.js';
import { type MailCatcher, startMailCatcher } from '../../worker/mail-catcher/index.js';
import { ORDER } from '../support/order.js';
import { sideEffectDeps } from '../support/side-effects.js';
import { openTestStore } from '../support/store.js';

const MAILS = 'definitions/signup/mail';
const FILES = Object.fromEntries(
  readdirSync(MAILS).map((name) => [`mail/${name}`, readFileSync(join(MAILS, name), 'utf8')]),
);

const JOB = {
  ...ORDER,
  orderId: 'O-1',
  adminContact: { name: 'Rui Sá', mail: 'rui@aurora.example' },
  route: { legal: false, signers: 1 },
  settings: { linkLifetime: 'PT72H' },
  contractVersion: 0,
  customerId: 'C-1',
};

let folder: string;
let catcher: MailCatcher;
let store: Store;
let services: Readonly<Record<string, ServiceTask>>;
let jobs = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-test-activities-'));
  catcher = await startMailCatcher({ folder });
  store = await openTestStore();
  services = createSideEffects(
    sideEffectDeps(store, { packageFiles: async () => FILES, smtp: { url: catcher.url } }),
  );
});

afterAll(async () => {
  await catcher.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A job of its own; run it again to attempt it again. */
function job(type: string, variables: Variables, headers: Record<string, string> = {}) {
  jobs += 1;
  const input: JobInput = {
    variables: { ...JOB, ...variables } as Variables,
    headers,
    effectKey: `job${jobs}`,
    customerKeyId: 'system',
    instanceId: 'i',
    processId: 'signup',
    elementId: 'e',
    elementInstanceId: `e:${jobs}`,
    jobId: `j:${jobs}`,
  };
  return async (): Promise<Record<string, Json>> => ({ ...(await services[type]?.(input)) });
}

const contextOf = (value: Json | undefined) => (isContext(value) ? value : {});

/** Looks into the tables through a transaction of the ledger. */
const active = (kind: Parameters<typeof activeResources>[1], attempt: string): Promise<number> => {
  jobs += 1;
  return store.effects.runOnce(
    `look${jobs}`,
    'look',
    'look',
    async (tx) => (await activeResources(tx, kind, { attempt })).length,
  );
};

const MAKERS: readonly (readonly [
  string,
  Parameters<typeof activeResources>[1],
  string,
  number,
])[] = [
  ['tenant.create', 'tenant', 'tenant.delete', 1],
  ['billing.open-account', 'billing-account', 'billing.close-account', 1],
  ['licence.issue', 'licence', 'licence.revoke', 3],
  ['entitlement.create', 'entitlement', 'entitlement.end', 1],
  ['access.grant', 'access', 'access.revoke', 1],
];

describe.each(MAKERS)('%s', (type, kind, undo, count) => {
  const customer = { customerId: `C of ${type}` };

  test('makes once, however often and how closely it is attempted', async () => {
    const attempt = `${type} once`;
    const run = job(type, { ...customer, attempt });
    const results = await Promise.all([run(), run(), run()]);
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(await active(kind, attempt)).toBe(count);
    await job(undo, { attempt })();
  });

  test('is undone, once, and stays undone when it comes late', async () => {
    const attempt = `${type} undone`;
    await job(type, { ...customer, attempt })();
    const undoing = job(undo, { attempt });
    const [first, second] = [await undoing(), await undoing()];
    expect(second).toEqual(first);
    expect(first.ended).toHaveLength(count);
    expect(await active(kind, attempt)).toBe(0);
    await expect(job(type, { ...customer, attempt })()).rejects.toMatchObject({
      type: 'PROVISIONING_BARRED',
      nonRetryable: true,
    });
  });

  test('has nothing to undo before it is made, and then bars it', async () => {
    const attempt = `${type} early`;
    expect(await job(undo, { attempt })()).toEqual({ ended: [] });
    await expect(job(type, { ...customer, attempt })()).rejects.toMatchObject({
      type: 'PROVISIONING_BARRED',
    });
  });
});

describe('provisioning', () => {
  const failing: readonly (readonly [string, string, Variables])[] = [
    ['an unknown plan', 'licence.issue', { planId: 'gold' }],
    ['more seats than the plan has', 'licence.issue', { planId: 'starter', seats: 6 }],
    ['an unknown currency', 'billing.open-account', { value: { minor: 1, currency: 'XXZ' } }],
    ['an unknown zone', 'tenant.create', { tz: 'Mars/Olympus' }],
  ];
  test.each(failing)(
    'throws a BPMN error at %s, and works once it is mended',
    async (_what, type, bad) => {
      const attempt = `fails ${jobs}`;
      const customerId = `C fails ${jobs}`;
      await expect(job(type, { attempt, customerId, ...bad })()).rejects.toMatchObject({
        type: 'BPMN_ERROR',
        nonRetryable: true,
        details: [{ errorCode: 'PROVISIONING_FAILED', message: expect.stringMatching(/./) }],
      });
      await expect(job(type, { attempt, customerId })()).resolves.toBeTruthy();
    },
  );

  test('of an expansion takes the tenant that the customer has, and its undo leaves it', async () => {
    const first = await job('tenant.create', { attempt: 'sale', customerId: 'C-exp' })();
    const second = await job('tenant.create', { attempt: 'expansion', customerId: 'C-exp' })();
    expect(second).toEqual(first);
    expect(await job('tenant.delete', { attempt: 'expansion' })()).toEqual({ ended: [] });
    expect(await active('tenant', 'sale')).toBe(1);
  });

  test('names what is wrong with its variables, and no values', async () => {
    const failure = await job('licence.issue', { attempt: 'x', seats: 'SECRET' })().catch((e) => e);
    expect(failure).toMatchObject({ type: 'JOB_INPUT_INVALID', nonRetryable: true });
    expect(failure.message).toContain('seats');
    expect(failure.message).not.toContain('SECRET');
  });
});

describe('orders', () => {
  test('a customer is known again by order, tax id and mail domain once a contract went out', async () => {
    const order = { ...JOB, orderId: 'O-dup', taxId: '11.444.777/0001-61' };
    const people = {
      billingContact: { name: 'A', mail: 'a@dup.example' },
      adminContact: { name: 'B', mail: 'b@gmail.com' },
    };
    const first = await job('order.dedupe', { ...order, ...people, customerId: null })();
    expect(first.knownCustomers).toEqual([]);
    const { customerId = null } = first;
    const headers = { 'jornada:mail': 'contract' };
    await job('contract.send', { ...order, ...people, customerId, attempt: 'dup' }, headers)();
    const again = await job('order.dedupe', {
      ...order,
      orderId: 'O-other',
      billingContact: { name: 'C', mail: 'c@DUP.example' },
      adminContact: { name: 'D', mail: 'd@gmail.com' },
      customerId: null,
    })();
    expect(again.customerId).not.toBe(customerId);
    expect(again.knownCustomers).toEqual([
      { value: customerId, label: `${customerId} (mail-domain, tax-id)` },
    ]);
    const own = await job('order.dedupe', { ...order, ...people, customerId })();
    expect(own).toEqual({ customerId, knownCustomers: [] });
  });

  const faults: readonly (readonly [string, Variables, readonly string[]])[] = [
    ['nothing', {}, []],
    ['a tax id with a wrong digit', { taxId: '11.222.333/0001-82' }, ['TAX_ID_CHECK_DIGIT']],
    ['a zone that is none', { tz: 'Brasilia' }, ['ZONE_UNKNOWN']],
    ['an offset for a zone', { tz: '+03:00' }, ['ZONE_UNKNOWN']],
    ['a language that is none', { locale: 'xx-klingon!' }, ['LOCALE_UNKNOWN']],
    ['no agreement on data', { dpaVersion: '' }, ['DPA_MISSING']],
    ['a contact without address', { adminContact: { name: 'B', mail: 'x' } }, ['MAIL_INVALID']],
    ['a user without name', { users: [{ name: ' ', mail: 'u@x.example' }] }, ['REQUIRED']],
    ['half a seat', { seats: 0.5 }, ['SEATS_INVALID']],
  ];
  test.each(faults)('order.validate finds %s', async (_what, change, codes) => {
    const { orderProblems } = await job('order.validate', change)();
    expect(Array.isArray(orderProblems) && orderProblems.map((one) => contextOf(one).code)).toEqual(
      codes,
    );
  });
});

describe('contracts and links', () => {
  test('a contract is registered under its hash, mailed once, and superseded by the next', async () => {
    await catcher.mailbox.clear();
    const headers = { 'jornada:mail': 'contract' };
    const place = { attempt: 'contracts', customerId: 'C-k' };
    const send = job('contract.send', place, headers);
    const first = contextOf((await send()).contract);
    expect(contextOf((await send()).contract)).toEqual(first);
    expect(first).toMatchObject({ version: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const changed = { ...place, contractVersion: 1, termsNote: '60 days' };
    const second = contextOf((await job('contract.send', changed, headers)()).contract);
    expect(second).toMatchObject({ version: 2 });
    expect(second.sha256).not.toBe(first.sha256);
    expect(await active('contract', 'contracts')).toBe(1);
    const mails = await catcher.mailbox.list();
    expect(mails.map(({ to }) => to)).toEqual([['ana@aurora.example'], ['ana@aurora.example']]);
    expect(mails[1]?.text).toContain(`https://jornada.example/contracts/${first.contractId}`);
  });

  test('a link lets in once, within its time; the next one kills it; its token is in the mail alone', async () => {
    await catcher.mailbox.clear();
    const place = { attempt: 'links', customerId: 'C-l' };
    const { adminContact = null } = await job('access.grant', place)();
    const headers = { 'jornada:mail': 'access-link' };
    const deliver = async () => {
      const result = await job('access.deliver-link', { ...place, adminContact }, headers)();
      const [mail] = await catcher.mailbox.list(1);
      const token = /access#([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
      expect(JSON.stringify(result)).not.toContain(token);
      return { token, result };
    };
    const use = (token: string, at: string) => {
      jobs += 1;
      const hash = createHash('sha256').update(token).digest('hex');
      return store.effects.runOnce(`use${jobs}`, 'use', 'use', async (tx) => {
        const link = await useLink(tx, hash, at);
        return link && { ...link };
      });
    };
    const soon = new Date(Date.now() + 60_000).toISOString();
    const late = new Date(Date.now() + 73 * 3_600_000).toISOString();
    const first = await deliver();
    const second = await deliver();
    expect(await use(first.token, soon)).toBeNull();
    expect(await use(second.token, late)).toBeNull();
    expect(await use(second.token, soon)).toMatchObject({ customerId: 'C-l' });
    expect(await use(second.token, soon)).toBeNull();
    const third = await deliver();
    await job('access.revoke', { attempt: 'links' })();
    expect(await use(third.token, soon)).toBeNull();
  });

  test('notify reminds in the language of its recipient', async () => {
    await catcher.mailbox.clear();
    const data = { legalName: 'Aurora', contractId: 'K', contractVersion: 1 };
    const headers = { 'jornada:mail': 'contract-reminder' };
    await job('notify', { recipient: JOB.billingContact, data }, headers)();
    const [mail] = await catcher.mailbox.list();
    expect(mail?.subject).toMatch(/contrato/i);
  });
});
