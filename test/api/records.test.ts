/** Customers, cases and the audit over HTTP: what each role sees, what is noted of it, and that a file that was taken is sound. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCase, verifyCaseFile } from '../../cli/case-file.js';
import type { Role } from '../../contracts/identities.js';
import { STRIPPED } from '../../store/customers/sealed-rows.js';
import { CUSTOMER, INVOICE, LEGAL_HOLD } from '../../store/index.js';
import { aCustomer, anImport, aRow } from '../support/customer-record.js';
import { openWorld, type World } from '../support/identities.js';
import { type Offboarded, offboardedCustomer } from '../support/offboarded.js';

let world: World;
let left: Offboarded;
const folder = mkdtempSync(join(tmpdir(), 'jornada-records-'));
beforeAll(async () => {
  world = await openWorld();
  left = await offboardedCustomer(world.records);
}, 120_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const as = async (role: Role) => {
  const user = await world.person([role], { groups: [] });
  const headers = await world.session(user);
  return {
    user,
    get: (url: string) => world.ask({ method: 'GET', url, headers }),
    post: (url: string, payload: object = {}, more: Readonly<Record<string, string>> = {}) =>
      world.ask({ method: 'POST', url, headers: { ...headers, ...more }, payload }),
  };
};
const verdictOf = async (bytes: Buffer) => {
  const path = join(folder, 'taken.zip');
  writeFileSync(path, bytes);
  const opened = await openCase(path);
  return opened && verifyCaseFile(opened, null);
};
const told = async (action: string) => {
  const { items } = await world.store.audit.query({ filter: { action }, limit: 100 });
  return items;
};

describe('customers', () => {
  test('are found by country, plan, debt, and any part of the name', async () => {
    const { post } = await as('csm');
    const found = async (payload: object): Promise<readonly string[]> => {
      const answer = await post('/api/v1/customers/search', payload);
      expect(answer.statusCode).toBe(200);
      return answer.json().items.map((one: { customerId: string }) => one.customerId);
    };
    const { customerId } = left;
    expect(await found({ filter: { country: 'PT' } })).toEqual([customerId]);
    expect(await found({ filter: { country: 'BR' } })).toEqual([]);
    expect(await found({ find: { planId: 'team' } })).toEqual([customerId]);
    expect(await found({ find: { planId: 'none' } })).toEqual([]);
    expect(await found({ find: { debt: 'overdue' } })).toEqual([customerId]);
    expect(await found({ find: { name: 'AURORA' } })).toEqual([customerId]);
    expect(await found({ find: { name: 'nobody' } })).toEqual([]);
    expect(await found({ find: { mail: 'nobody@example.org' } })).toEqual([]);
    const [one] = (await post('/api/v1/customers/search')).json().items;
    expect(one).toMatchObject({ legalName: left.legalName, plans: ['team'] });
    expect(one.debts).toEqual([
      { currency: expect.any(String), balanceMinor: 77_317_731, overdueMinor: 77_317_731 },
    ]);
  });

  test('may be filtered by the plans that there are, and the stages that they have', async () => {
    const { get } = await as('csm');
    const { customerId } = left;
    const table = world.records.record.table(CUSTOMER);
    const { version } = (await table.get(customerId)) ?? { version: 0 };
    await table.change([customerId], version, { stage: 'adoption' });
    const answer = await get('/api/v1/customers/filters');
    expect(answer.json()).toEqual({
      plans: ['Starter', 'Team', 'Business', 'Enterprise'].map((name) => ({
        ...{ planId: name.toLowerCase(), name },
      })),
      stages: ['adoption'],
    });
  });

  test('refuse what they cannot be searched by', async () => {
    const { post } = await as('csm');
    expect((await post('/api/v1/customers/search', { filter: { taxId: 'x' } })).statusCode).toBe(
      400,
    );
    expect((await post('/api/v1/customers/search', { find: { iban: 'x' } })).statusCode).toBe(422);
  });

  test('are not for designers', async () => {
    const { post, get } = await as('designer');
    expect((await post('/api/v1/customers/search')).json().title).toBe('FORBIDDEN');
    expect((await get(`/api/v1/customers/${left.customerId}`)).json().title).toBe('FORBIDDEN');
  });

  test('one has all of the record, its processes, and who looked stands in the audit', async () => {
    const { get, post, user } = await as('csm');
    const answer = await get(`/api/v1/customers/${left.customerId}`);
    expect(answer.json()).toMatchObject({
      customer: { legalName: left.legalName, isErased: false },
      contacts: [{ mail: 'ines@example.org' }],
      subscriptions: [{ planId: 'team', priceMinor: 14_900 }],
      invoices: [{ balanceMinor: 77_317_731 }],
      accesses: [{ system: 'directory', evidence: [{ step: 'revoked' }, { step: 'verified' }] }],
      exports: [{ exportId: left.exportId }],
      certificates: [{ certificateId: left.certificateId }],
      erasures: [{ state: 'certified' }],
    });
    const cases = await post(`/api/v1/customers/${left.customerId}/cases/search`);
    expect(cases.json().items).toMatchObject([{ caseId: left.caseId, outcome: 'completed' }]);
    const [seen] = await told('viewCustomer');
    expect(seen).toMatchObject({ actor: user.userId, object: `customer:${left.customerId}` });
  });
});

describe('cases', () => {
  test('an auditor finds the offboarding, looks at it, and takes a file that is sound', async () => {
    const { get, post, user } = await as('auditor');
    const found = await post('/api/v1/cases/search', {
      filter: { processId: 'offboarding', state: 'COMPLETED' },
    });
    expect(found.json().items).toMatchObject([{ caseId: left.caseId, outcome: 'completed' }]);
    const whole = await get(`/api/v1/cases/${left.caseId}`);
    expect(whole.json().forms).toHaveLength(7);
    const file = await get(`/api/v1/cases/${left.caseId}/file`);
    expect(file.headers['content-disposition']).toBe(
      `attachment; filename="offboarding-${left.caseId}.zip"`,
    );
    const path = join(folder, 'case.zip');
    writeFileSync(path, file.rawPayload);
    const opened = await openCase(path);
    expect(opened && (await verifyCaseFile(opened, null))).toMatchObject({
      ...{ isSound: true, caseId: left.caseId, checked: { definitions: 4, evidence: 2 } },
    });
    const [taken] = await told('exportCase');
    expect(taken).toMatchObject({
      ...{ actor: user.userId, object: `instance:${left.caseId}` },
      facts: { manifestSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(await told('viewCase')).toHaveLength(1);
  });

  test('show the diagram of an instance as it was, and of no other', async () => {
    const { get } = await as('admin');
    const url = `/api/v1/cases/${left.caseId}/diagram`;
    const own = await get(`${url}?instanceId=${left.caseId}`);
    expect(own.json().xml).toContain('id="offboarding"');
    expect((await get(`${url}?instanceId=elsewhere`)).statusCode).toBe(404);
  });

  test('are not for whoever works in them', async () => {
    const { get, post } = await as('csm');
    expect((await post('/api/v1/cases/search')).json().title).toBe('FORBIDDEN');
    expect((await get(`/api/v1/cases/${left.caseId}/file`)).json().title).toBe('FORBIDDEN');
  });
});

describe('the audit', () => {
  test('is filtered by who, what, outcome, and paged by cursors of the caller', async () => {
    const admin = await as('admin');
    const refused = await admin.post('/api/v1/acts/search', {
      filter: { outcome: 'refused', action: 'cancelInstance' },
    });
    expect(refused.json().items).toMatchObject([
      { actor: 'ada', code: 'TASK_UNKNOWN', sentence: expect.stringMatching(/^refused: cancel /) },
    ]);
    const first = (await admin.post('/api/v1/acts/search', { page: { limit: 1 } })).json();
    const after = first.page.endCursor;
    const second = await admin.post('/api/v1/acts/search', { page: { limit: 1, after } });
    expect(second.json().items[0].number).toBeLessThan(first.items[0].number);
    const other = await as('auditor');
    expect((await other.post('/api/v1/acts/search', { page: { after } })).statusCode).toBe(400);
  });

  test('tells acts in the language that is asked for, and people by their names', async () => {
    const { post, user } = await as('admin');
    const filter = { object: `user:${user.userId}` };
    const tell = async (language: string) => {
      const { items } = (
        await post('/api/v1/acts/search', { filter }, { 'accept-language': language })
      ).json();
      return items.map((one: { sentence: string }) => one.sentence);
    };
    expect(await tell('en')).toContain(`added ${user.displayName}`);
    expect(await tell('pt-BR')).toContain(`adicionou ${user.displayName}`);
  });

  test('shows a csm their own acts alone, under their id and their name', async () => {
    const csm = await as('csm');
    await csm.get(`/api/v1/customers/${left.customerId}`);
    const mine = (await csm.post('/api/v1/acts/search')).json().items;
    expect(mine.map((one: { actor: string }) => one.actor)).toEqual([
      csm.user.userId,
      csm.user.userId,
    ]);
    const theirs = await csm.post('/api/v1/acts/search', { filter: { actor: 'ada' } });
    expect(theirs.json().items).toEqual([]);
    const admin = await as('admin');
    const named = await admin.post('/api/v1/acts/search', {
      filter: { actor: csm.user.loginName, action: 'viewCustomer' },
    });
    expect(named.json().items).toMatchObject([{ actorName: csm.user.displayName }]);
  });
});

describe('holds and erasures', () => {
  test('are listed with whom they are about', async () => {
    const holdId = randomUUID();
    const placed = { holdId, scope: [{ records: 'all' }], reason: 'litigation, matter M-17' };
    const row = aRow(LEGAL_HOLD, { customerId: left.customerId, ...placed });
    await world.records.record
      .table(LEGAL_HOLD)
      .add([{ ...row, releasedBy: null, releasedAt: null } as never]);
    const { post } = await as('auditor');
    const erasures = await post('/api/v1/erasures/search', { filter: { state: 'certified' } });
    expect(erasures.json().items).toMatchObject([{ customerId: left.customerId }]);
    const holds = await post('/api/v1/holds/search', { filter: { releasedAt: null } });
    expect(holds.json().items).toMatchObject([
      { holdId, legalName: left.legalName, records: ['all'], reason: 'litigation, matter M-17' },
    ]);
  });

  test('are placed by an admin; where no process does it, that is told and nothing is', async () => {
    const { post } = await as('admin');
    const wanted = { customerId: left.customerId, ground: 'litigation', matterId: 'M-17' };
    const answer = await post('/api/v1/holds', wanted);
    expect([answer.statusCode, answer.json().title]).toEqual([409, 'HOLD_PROCESS_MISSING']);
    const auditor = await as('auditor');
    expect((await auditor.post('/api/v1/holds', wanted)).json().title).toBe('READ_ONLY');
  });
});

test('what is answered is what is told of it', () => {
  expect(world.troubles).toEqual([]);
});

test('who was erased owes nothing, though their invoices are kept', async () => {
  const { record } = world.records;
  const one = aCustomer();
  const { customerId } = one.customer;
  await record.take([one], anImport(), 0);
  const invoice = aRow(INVOICE, { customerId, currency: 'EUR', state: 'open' });
  await record.table(INVOICE).add([invoice as never]);
  const { get, post } = await as('auditor');
  const owing = async () => {
    const { items } = (await post('/api/v1/customers/search', { find: { debt: 'open' } })).json();
    return items.map((row: { customerId: string }) => row.customerId);
  };
  expect(await owing()).toContain(customerId);
  const read = async () => (await get(`/api/v1/customers/${customerId}`)).json().customer;
  expect(await read()).toMatchObject({ isErased: false, debts: [{ currency: 'EUR' }] });
  // As an erasure leaves it: the customer's own row is stripped, what the law keeps can still be read.
  await world.store.transaction((tx) =>
    tx.execute(
      sql`update customers set sealed_contact = ${STRIPPED} where customer_id = ${customerId}`,
    ),
  );
  expect(await read()).toMatchObject({ isErased: true, legalName: null, debts: [] });
  expect(await owing()).not.toContain(customerId);
});

test('of whom was erased it is told when, and where the certificate is', async () => {
  const { record } = world.records;
  const one = aCustomer();
  const { customerId } = one.customer;
  await record.take([one], anImport(), 0);
  await world.store.transaction(async (tx) => {
    await tx.execute(
      sql`update customers set sealed_contact = ${STRIPPED} where customer_id = ${customerId}`,
    );
    await tx.execute(sql`insert into erasure_requests
      (request_id, customer_id, basis, state, instance_id, country, requested_by, key_destroyed_at, due_taken)
      values ('r-told', ${customerId}, 'contract_end', 'certified', 'erasing-1', 'PT', 'cora', '2026-03-02T10:00:00Z', false)`);
  });
  const { get, post } = await as('auditor');
  const erasure = { at: '2026-03-02T10:00:00.000Z', instanceId: 'erasing-1' };
  expect((await get(`/api/v1/customers/${customerId}`)).json().customer).toMatchObject({ erasure });
  const listed = (await post('/api/v1/customers/search', { filter: { customerId } })).json();
  expect(listed.items).toMatchObject([{ erasure }]);
});

describe('a time of the audit log', () => {
  test('is taken by an auditor as a file that is sound, and stands in the log', async () => {
    const { get, user } = await as('auditor');
    const range = (await get('/api/v1/audit/range')).json();
    expect(range).toMatchObject({ from: 1, beganAt: null, isFiltered: false });
    const answer = await get('/api/v1/audit/range/file');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/zip');
    const verdict = await verdictOf(answer.rawPayload);
    expect(verdict).toMatchObject({ kind: 'range', isSound: true, isWhole: true });
    const [begun] = await told('exportLog');
    expect(begun).toMatchObject({ actor: user.userId, facts: { after: 0 } });
    const [taken] = await told('exportedLog');
    expect(taken).toMatchObject({
      ...{ actor: user.userId, object: begun?.object },
      facts: { leftOut: 0, manifestSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test('is narrowed to a customer, to a process, and to a person by their login name', async () => {
    const { get, user } = await as('auditor');
    await get(`/api/v1/customers/${left.customerId}`);
    const objectsOf = async (query: string): Promise<readonly string[]> => {
      const answer = await get(`/api/v1/audit/range/file?${query}`);
      const verdict = await verdictOf(answer.rawPayload);
      expect(verdict).toMatchObject({ isSound: true, isWhole: false });
      const lines = answer.rawPayload.toString('latin1').match(/\{"action":[^\n]+/g) ?? [];
      return lines.map((line) => JSON.parse(line)).map(({ object }) => object);
    };
    const ofCustomer = await objectsOf(`customerId=${left.customerId}`);
    expect(ofCustomer).toContain(`customer:${left.customerId}`);
    expect(ofCustomer).toContain(`certificate:${left.certificateId}`);
    expect(ofCustomer.some((object) => object.includes(left.caseId))).toBe(true);
    expect(ofCustomer.some((object) => object.startsWith('user:'))).toBe(false);
    const ofProcess = await objectsOf('processId=offboarding');
    expect(ofProcess.some((object) => object.includes(left.caseId))).toBe(true);
    expect(ofProcess).not.toContain(`customer:${left.customerId}`);
    const ofPerson = await objectsOf(`actor=${user.loginName}`);
    expect(ofPerson).toContain(`customer:${left.customerId}`);
    expect(ofPerson.some((object) => object.includes(left.caseId))).toBe(false);
  });

  test('is refused where it is no time, and to whoever does not take the log elsewhere', async () => {
    const { get } = await as('auditor');
    expect((await get('/api/v1/audit/range/file?since=yesterday')).statusCode).toBe(400);
    for (const role of ['admin', 'csm', 'designer'] as const) {
      const answer = await (await as(role)).get('/api/v1/audit/range/file');
      expect(answer.json().title).toBe('FORBIDDEN');
    }
  });
});
