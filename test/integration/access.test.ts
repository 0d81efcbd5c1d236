/** The side effects of accesses against a real SCIM server that misbehaves, with a real record and ledger. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ScimSystem } from '../../activities/systems/declaration.js';
import { isContext, type Json, type Variables } from '../../engine/model/index.js';
import type { NewCustomer, Store } from '../../store/index.js';
import {
  type AccessWorld,
  accessesOf,
  accessWorld,
  putCustomer,
  scimSystem,
} from '../support/access.js';
import { type ScimServerForTests, startScimServer } from '../support/scim-server.js';
import { openTestStore } from '../support/store.js';

let scim: ScimServerForTests;
let store: Store;
let world: AccessWorld;
let customer: NewCustomer;
let owner: { customerId: string; scope: string };

beforeAll(async () => {
  scim = await startScimServer();
  store = await openTestStore();
  world = accessWorld(store, [scimSystem(scim)]);
});
afterAll(async () => {
  await scim.close();
  await store.close();
});
beforeEach(async () => {
  scim.clear();
  customer = await putCustomer(world.record);
  owner = { customerId: customer.customer.customerId, scope: 'customer' };
});

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** An account of the customer that nobody told the record about. */
const stranger = (userName: string): string =>
  scim.put({ userName, [ENTERPRISE]: { organization: owner.customerId } });

const grant = () => {
  const { contactId, name, mail } = customer.contact;
  const adminContact = { contactId, name, mail };
  return world.job('access.grant', { ...owner, attempt: owner.customerId, adminContact });
};

type Item = { readonly [key: string]: Json };

const discover = async (system: string, systems?: readonly ScimSystem[]): Promise<Item[]> => {
  const { items } = await world.job('access.discover', { ...owner, system }, systems)();
  return items as Item[];
};

const failure = async (run: () => Promise<unknown>): Promise<string> =>
  run().then(
    () => 'it was answered',
    (error: {
      readonly type: string;
      readonly nonRetryable: boolean;
      readonly message: string;
      readonly nextRetryDelay?: number;
    }) => {
      const wait = error.nextRetryDelay === undefined ? '' : ` in ${error.nextRetryDelay} ms`;
      const code = error.type === 'BPMN_ERROR' ? (error.message.split(':')[0] ?? '') : error.type;
      return `${code}${error.nonRetryable ? ' for good' : ''}${wait}`;
    },
  );

const revoke = (item: Item | undefined, systems?: readonly ScimSystem[]) =>
  world.job('access.revoke', { ...owner, item: item ?? null } as Variables, systems);
const verify = (item: Item | undefined, more: Variables = {}) =>
  world.job('access.verify', { ...owner, item: item ?? null, ...more } as Variables);

const resultOf = (output: Record<string, Json>) => (isContext(output.result) ? output.result : {});

/** A worker that dies each time between what it did and noting it; its leases are over by then. */
const dying = (times: number) => {
  const deaths = { left: times };
  const confirm: Store['effects']['confirm'] = async (lease, response) => {
    deaths.left -= 1;
    if (deaths.left >= 0) throw new Error('killed');
    return store.effects.confirm(lease, response);
  };
  const lease: Store['effects']['lease'] = (key) => store.effects.lease(key, 0);
  return { effects: { ...store.effects, confirm, lease } };
};

/** A machine under load is slow; who never answers is waited for a second. */
const patienceFor = (fault: unknown) => [
  scimSystem(scim, fault === 'hang' ? { withinSeconds: 1 } : {}),
];

describe('granting', () => {
  test('makes one account, however often it is attempted, and writes both down', async () => {
    const run = grant();
    const [first, second] = [await run(), await run()];
    expect(second).toEqual(first);
    expect(scim.applied).toHaveLength(1);
    const { grants } = await accessesOf(world.record, owner.customerId);
    expect(grants).toMatchObject([
      { system: 'jornada', kind: 'account', holder: 'contact', revokedAt: null },
      { system: 'directory', externalId: [...scim.users.keys()][0], revokedAt: null },
    ]);
    expect([...scim.users.values()][0]?.data).toMatchObject({
      externalId: customer.contact.contactId,
      userName: customer.contact.mail,
      active: true,
      [ENTERPRISE]: { organization: owner.customerId },
    });
  });

  test('finds what an attempt made whose answer was lost', async () => {
    scim.fail('POST', 'drop-after');
    const run = grant();
    expect(await failure(run)).toBe('SCIM_UNAVAILABLE');
    await run();
    expect(scim.applied).toHaveLength(1);
  });

  test('is finished after a worker died between making and noting', async () => {
    const { contactId, name, mail } = customer.contact;
    const variables = { ...owner, attempt: 'dying', adminContact: { contactId, name, mail } };
    const run = world.job('access.grant', variables, undefined, dying(2));
    await expect(run()).rejects.toThrow('killed');
    await expect(run()).rejects.toThrow('killed');
    await run();
    expect(scim.applied).toHaveLength(1);
  });

  test('asks a person where the name belongs to somebody else, and makes nothing', async () => {
    scim.put({ userName: customer.contact.mail });
    const run = grant();
    expect(await failure(run)).toBe('SCIM_CONFLICT for good');
    expect(scim.applied).toEqual([]);
    // the access that was begun is in the record: nothing is forgotten
    const { grants } = await accessesOf(world.record, owner.customerId);
    expect(grants.map(({ system }) => system)).toEqual(['jornada', 'directory']);
  });

  test('closes the account of an administrator who was replaced', async () => {
    await grant()();
    const other = { contactId: 'other', name: 'Noa', mail: 'noa@customer.example' };
    const replace = { ...owner, attempt: owner.customerId, adminContact: other };
    const run = world.job('access.grant', replace);
    await run();
    await run();
    const states = [...scim.users.values()].map(({ data }) => data.active);
    expect(states).toEqual([false, true]);
  });

  test('again of the same administrator leaves one account that lets in', async () => {
    await grant()();
    await grant()();
    expect([...scim.users.values()].map(({ data }) => data.active)).toEqual([true]);
    const { grants } = await accessesOf(world.record, owner.customerId);
    const open = grants.filter(({ revokedAt }) => revokedAt === null);
    expect(open).toMatchObject([
      { system: 'jornada' },
      { system: 'directory', externalId: [...scim.users.keys()][0] },
    ]);
  });

  test('is not gone on with once the customer is frozen', async () => {
    const { contactId, name, mail } = customer.contact;
    const variables = { ...owner, attempt: 'frozen', adminContact: { contactId, name, mail } };
    scim.fail('POST', 'drop');
    const run = world.job('access.grant', variables);
    expect(await failure(run)).toBe('SCIM_UNAVAILABLE');
    await world.job('access.freeze', owner)();
    expect(await failure(run)).toBe('ACCESS_FROZEN for good');
    expect(scim.applied).toEqual([]);
  });

  test('is refused once the customer is frozen, also for licences and links; and not before or after', async () => {
    await world.job('access.freeze', owner)();
    expect(await failure(grant())).toBe('ACCESS_FROZEN for good');
    const licences = { ...owner, attempt: 'late', planId: 'team', seats: 2 };
    expect(await failure(world.job('licence.issue', licences))).toBe('ACCESS_FROZEN for good');
    expect(scim.applied).toEqual([]);
    expect(await world.job('access.restore', owner)()).toMatchObject({ restored: [] });
    await grant()();
    expect(scim.applied).toHaveLength(1);
  });

  test('undone, takes the account back as well', async () => {
    await grant()();
    const undo = world.job('access.revoke', { ...owner, attempt: owner.customerId });
    const ended = await undo();
    expect(await undo()).toEqual(ended);
    expect([...scim.users.values()].map(({ data }) => data.active)).toEqual([false]);
    const { grants } = await accessesOf(world.record, owner.customerId);
    expect(grants.map(({ revokedAt }) => revokedAt === null)).toEqual([false, false]);
  });
});

describe('discovering', () => {
  test('tells what is known, what is a surprise, what is missing; and what it found stays found', async () => {
    await grant()();
    const gone = await discover('directory');
    scim.users.clear();
    const mine = stranger('shadow@customer.example');
    const staff = stranger('ana@jornada.example');
    const items = await discover('directory');
    expect(items.map(({ status, holder, label }) => [status, holder, label])).toEqual([
      ['surprise', 'contact', 'shadow@customer.example'],
      ['surprise', 'staff', 'ana@jornada.example'],
      ['missing', 'contact', customer.contact.name],
    ]);
    expect(items[2]?.grantId).toBe(gone[0]?.grantId);
    expect((await discover('directory')).map(({ grantId }) => grantId)).toEqual(
      items.map(({ grantId }) => grantId),
    );
    const { grants, evidence } = await accessesOf(world.record, owner.customerId);
    expect(grants.filter((row) => !row.isErased && row.externalId === mine)).toHaveLength(1);
    expect(grants.filter((row) => !row.isErased && row.externalId === staff)).toHaveLength(1);
    expect(evidence.find(({ evidenceId }) => evidenceId === items[0]?.evidenceId)).toMatchObject({
      step: 'discovered',
      result: 'surprise',
      content: { userName: 'shadow@customer.example' },
    });
  });

  test('tells of our own registry: the account, licences as one, links', async () => {
    await grant()();
    const attempt = 'sale';
    await world.job('licence.issue', { ...owner, attempt, planId: 'team', seats: 3 })();
    const items = await discover('jornada');
    expect(items.map(({ kind, status }) => [kind, status])).toEqual([
      ['account', 'known'],
      ['licence', 'known'],
    ]);
  });

  test('reads all pages, and tells many of one sort together; they end and come back together', async () => {
    for (let n = 0; n < 120; n++) stranger(`user${n}@customer.example`);
    const items = await discover('directory');
    expect(items.map(({ status, label }) => [status, label])).toEqual([
      ['surprise', '50 of them'],
      ['surprise', '50 of them'],
      ['surprise', '20 of them'],
    ]);
    const again = await discover('directory');
    expect(again.map(({ key, status }) => [key, status])).toEqual(
      items.map(({ key }) => [key, 'known']),
    );
    // one of them is lost, another one refused for good: the others end
    const [batch, ...others] = again;
    scim.fail('PATCH', 'lose', { status: 403 });
    const run = revoke(batch);
    expect(await failure(run)).toBe('SCIM_UNAUTHORIZED for good');
    expect(scim.applied).toHaveLength(48);
    expect(resultOf(await run())).toMatchObject({ count: 50 });
    expect(resultOf(await verify(batch)())).toMatchObject({ result: 'still-there', count: 50 });
    await revoke(batch)();
    for (const one of others) await revoke(one)();
    for (const one of again) {
      expect(resultOf(await verify(one)())).toMatchObject({ result: 'verified' });
    }
    expect(scim.applied).toHaveLength(120);
    expect(await discover('directory')).toEqual([]);
    const told = await world.job('access.restore', owner)();
    expect(told).toMatchObject({ restoredCount: 120, notRestoredCount: 0 });
  });

  test('and granting at once with freezing: a grant is there to be found, or refused', async () => {
    for (let n = 0; n < 5; n++) {
      const { customer: one, contact } = await putCustomer(world.record);
      const whose = { customerId: one.customerId, scope: 'customer' };
      const { contactId, name, mail } = contact;
      const adminContact = { contactId, name, mail };
      const granting = world.job('access.grant', { ...whose, attempt: 'x', adminContact });
      const [granted] = await Promise.all([failure(granting), world.job('access.freeze', whose)()]);
      const { items } = await world.job('access.discover', { ...whose, system: 'jornada' })();
      expect((items as Item[]).length > 0 || granted === 'ACCESS_FROZEN for good').toBe(true);
    }
  });

  test('finds the same where the server cannot filter', async () => {
    scim.unfilter();
    await grant()();
    stranger('shadow@customer.example');
    scim.put({ userName: 'else@other.example' });
    const statuses = (await discover('directory')).map(({ status }) => status);
    expect(statuses).toEqual(['known', 'surprise']);
  });

  test('waits for a server that asks to come again in a moment', async () => {
    stranger('shadow@customer.example');
    scim.fail('GET', { status: 429, headers: { 'retry-after': '1' } });
    expect((await discover('directory')).map(({ status }) => status)).toEqual(['surprise']);
  });

  test('of one contact tells and freezes that one alone', async () => {
    await grant()();
    stranger('shadow@customer.example');
    const { contactId } = customer.contact;
    const whose = { ...owner, scope: 'contact', contactId };
    const { items } = await world.job('access.discover', { ...whose, system: 'directory' })();
    expect((items as Item[]).map(({ label }) => label)).toEqual([customer.contact.name]);
    await world.job('access.freeze', whose)();
    expect(await failure(grant())).toBe('ACCESS_FROZEN for good');
    const other = { contactId: 'other', name: 'Noa', mail: 'noa@customer.example' };
    const granting = { ...owner, attempt: 'another', adminContact: other };
    expect(await failure(world.job('access.grant', granting))).toBe('it was answered');
    const nobody = world.job('access.discover', { ...owner, scope: 'contact', system: 'jornada' });
    expect(await failure(nobody)).toBe('JOB_INPUT_INVALID for good');
  });

  test('a system without a connector is one line for people, until two of them ticked it', async () => {
    const badges = { id: 'badges', title: 'Badges', kind: 'by-hand', access: 'physical' } as const;
    const look = () => world.job('access.discover', { ...owner, system: 'badges' }, [badges])();
    const [one] = (await look()).items as Item[];
    expect(one).toMatchObject({ status: 'known', connector: false, kind: 'physical' });
    expect((await look()).items).toMatchObject([{ key: one?.key }]);
    await verify(one, { byHand: { by: 'pat', checkedBy: 'sam', found: false } })();
    expect(await look()).toEqual({ items: [] });
  });

  test('believes the account, not a list that lags', async () => {
    const id = stranger('shadow@customer.example');
    scim.lag(true);
    scim.change(id, { active: false });
    expect(await discover('directory')).toEqual([]);
  });

  test.each([
    ['answers 500', { status: 500 }, 'SCIM_UNAVAILABLE'],
    ['says to come later', { status: 429, headers: { 'retry-after': '7' } }, 'SCIM_BUSY'],
    ['does not answer', 'hang', 'SCIM_UNAVAILABLE'],
    ['does not take the credential', { status: 401 }, 'SCIM_UNAUTHORIZED'],
    ['answers with a page', { status: 200, body: '<html>' }, 'SCIM_ANSWER_INVALID'],
    ['answers with other JSON', { status: 200, body: '{"users":[]}' }, 'SCIM_ANSWER_INVALID'],
    ['answers without end', { status: 200, body: 'x'.repeat(6_000_000) }, 'SCIM_UNAVAILABLE'],
    [
      'sends elsewhere',
      { status: 302, headers: { location: 'http://x.test/' } },
      'SCIM_REDIRECTED',
    ],
  ] as const)('tells "unknown" of a system that %s', async (_what, fault, code) => {
    scim.failAll(fault);
    const [item, ...rest] = await discover('directory', patienceFor(fault));
    expect(rest).toEqual([]);
    expect(item).toMatchObject({ status: 'unknown', grantId: null, kind: 'system', reason: code });
  });

  test('finds nothing out about who is not in the record', async () => {
    const nobody = { customerId: 'nobody', scope: 'customer', system: 'directory' };
    expect(await failure(world.job('access.discover', nobody))).toBe('CUSTOMER_UNKNOWN for good');
    const contact = { ...owner, scope: 'contact', contactId: 'nobody', system: 'directory' };
    expect(await failure(world.job('access.discover', contact))).toBe(
      'ACCESS_CONTACT_UNKNOWN for good',
    );
  });

  test('knows only the systems that are connected', async () => {
    const run = world.job('access.discover', { ...owner, system: 'nowhere' });
    expect(await failure(run)).toBe('ACCESS_SYSTEM_UNKNOWN for good');
  });
});

describe('revoking and verifying', () => {
  const item = async (): Promise<Item | undefined> => {
    await grant()();
    const items = await discover('directory');
    scim.asked.length = 0;
    scim.applied.length = 0;
    return items[0];
  };

  test('closes the account once, and another credential sees it', async () => {
    const one = await item();
    const run = revoke(one);
    const first = await run();
    expect(await run()).toEqual(first);
    expect(scim.applied).toEqual([`active ${[...scim.users.keys()][0]} false`]);
    expect(resultOf(first)).toMatchObject({ method: 'disable', state: 'closed' });
    const verified = resultOf(await verify(one)());
    expect(verified).toMatchObject({ result: 'verified', by: 'directory', method: 'disable' });
    const { grants, evidence } = await accessesOf(world.record, owner.customerId);
    expect(grants[1]).toMatchObject({ method: 'disable', evidenceId: verified.evidenceId });
    expect(grants[1]?.verifiedAt).not.toBeNull();
    expect(evidence.map(({ step }) => step)).toEqual(['discovered', 'revoked', 'verified']);
  });

  test.each([
    ['the connection ends before it is done', 'drop', 'SCIM_UNAVAILABLE'],
    ['the connection ends after it was done', 'drop-after', 'SCIM_UNAVAILABLE'],
    ['it does not answer', 'hang', 'SCIM_UNAVAILABLE'],
    ['it answers 503', { status: 503 }, 'SCIM_BUSY'],
    ['it says when', { status: 429, headers: { 'retry-after': '7' } }, 'SCIM_BUSY in 7000 ms'],
    ['somebody changed the account', { status: 412 }, 'SCIM_CHANGED'],
  ] as const)('is tried again where %s, and happens once', async (_what, fault, code) => {
    const run = revoke(await item(), patienceFor(fault));
    scim.fail('PATCH', fault);
    expect(await failure(run)).toBe(code);
    await run();
    expect(scim.applied).toHaveLength(1);
    expect([...scim.users.values()][0]?.data.active).toBe(false);
  });

  test('is finished after a worker died between closing and noting, and happens once', async () => {
    const variables = { ...owner, item: (await item()) ?? null } as Variables;
    const run = world.job('access.revoke', variables, undefined, dying(2));
    await expect(run()).rejects.toThrow('killed');
    const { grants } = await accessesOf(world.record, owner.customerId);
    expect(grants[1]?.revokedAt).toBeNull();
    await expect(run()).rejects.toThrow('killed');
    expect(resultOf(await run())).toMatchObject({ state: 'closed', method: 'disable' });
    expect(scim.applied).toHaveLength(1);
  });

  test.each([
    ['403', 'SCIM_UNAUTHORIZED'],
    ['413', 'SCIM_REFUSED'],
    ['307', 'SCIM_REDIRECTED'],
  ])('is for a person where the server answers %s for good', async (status, code) => {
    const run = revoke(await item());
    scim.fail('PATCH', { status: Number(status) });
    expect(await failure(run)).toBe(`${code} for good`);
    const { grants } = await accessesOf(world.record, owner.customerId);
    expect(grants[1]?.revokedAt).toBeNull();
  });

  test('falls back to other shapes, and to the whole account', async () => {
    const one = await item();
    scim.fail('PATCH', 'refuse-patch', { status: 400 });
    await revoke(one)();
    expect([...scim.users.values()][0]?.data.active).toBe(false);
    await world.job('access.restore', owner)();
    scim.fail('PATCH', 'refuse-patch', 'refuse-patch', 'refuse-patch');
    await revoke(one)();
    expect([...scim.users.values()][0]?.data).toMatchObject({
      active: false,
      userName: customer.contact.mail,
      [ENTERPRISE]: { organization: owner.customerId },
    });
  });

  test('a revocation that was answered and never happened is caught', async () => {
    const one = await item();
    scim.fail('PATCH', 'lose');
    expect(resultOf(await revoke(one)())).toMatchObject({ state: 'closed' });
    expect(resultOf(await verify(one)())).toMatchObject({ result: 'still-there' });
    const { grants } = await accessesOf(world.record, owner.customerId);
    expect(grants[1]).toMatchObject({ revokedAt: null, verifiedAt: null });
  });

  test('404 is gone, or for a person, as the operator says of that system', async () => {
    const one = await item();
    scim.users.clear();
    const strict = [scimSystem(scim, { notFoundMeansGone: false })];
    expect(await failure(revoke(one, strict))).toBe('SCIM_NOT_FOUND for good');
    expect(resultOf(await revoke(one)())).toMatchObject({ state: 'gone' });
    expect(resultOf(await verify(one)())).toMatchObject({ result: 'verified' });
  });

  test('the 404 page of a proxy proves nothing of an account, and nothing of what is there', async () => {
    const one = await item();
    const deletable = [scimSystem(scim, { mayDelete: true })];
    const deleting = { ...owner, item: one ?? null } as Variables;
    const runs = [revoke(one), verify(one), world.job('access.delete', deleting, deletable)];
    scim.failAll({ status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404</h1>' });
    for (const run of runs) expect(await failure(run)).toBe('SCIM_ANSWER_INVALID');
    expect(await discover('directory')).toMatchObject([{ status: 'unknown' }]);
    const { grants } = await accessesOf(world.record, owner.customerId);
    expect(grants[1]).toMatchObject({ revokedAt: null, verifiedAt: null });
    scim.failAll(null);
    expect(resultOf(await verify(one)())).toMatchObject({ result: 'still-there' });
  });

  test('a plain 404 counts where the server answers as SCIM to something else', async () => {
    const one = await item();
    scim.users.clear();
    scim.plainErrors();
    expect(resultOf(await revoke(one)())).toMatchObject({ state: 'gone' });
    expect(resultOf(await verify(one)())).toMatchObject({ result: 'verified' });
    expect(scim.asked).toContain('GET /scim/v2/ServiceProviderConfig 200');
  });

  test('is deleted only where the operator allows it, and is then not restored', async () => {
    const one = await item();
    const variables = { ...owner, item: one ?? null } as Variables;
    expect(await failure(world.job('access.delete', variables))).toBe(
      'SCIM_DELETE_REFUSED for good',
    );
    const run = world.job('access.delete', variables, [scimSystem(scim, { mayDelete: true })]);
    scim.fail('DELETE', 'drop-after');
    expect(await failure(run)).toBe('SCIM_UNAVAILABLE');
    expect(resultOf(await run())).toMatchObject({ method: 'delete', state: 'gone' });
    expect(scim.applied).toHaveLength(1);
    const { restored, notRestored } = await world.job('access.restore', owner)();
    expect([restored, notRestored]).toEqual([
      [],
      [{ grantId: one?.grantId, code: 'NOT_RESTORABLE' }],
    ]);
  });

  test('an access that came back is seen, and open in the record again', async () => {
    const one = await item();
    await revoke(one)();
    await verify(one)();
    expect(await discover('directory')).toEqual([]);
    scim.change([...scim.users.keys()][0] ?? '', { active: true });
    expect(await discover('directory')).toMatchObject([
      { status: 'resurrected', grantId: one?.grantId },
    ]);
    const { grants } = await accessesOf(world.record, owner.customerId);
    expect(grants[1]).toMatchObject({ revokedAt: null, verifiedAt: null, method: null });
  });

  test('the registry: account, licences and links end, and are given back', async () => {
    await grant()();
    const sale = { ...owner, attempt: 'sale 2', planId: 'team', seats: 3 };
    await world.job('licence.issue', sale)();
    const items = await discover('jornada');
    for (const one of items) {
      await revoke(one)();
      expect(resultOf(await verify(one)())).toMatchObject({ result: 'verified' });
    }
    expect(await discover('jornada')).toEqual([]);
    const { restored } = await world.job('access.restore', owner)();
    expect(restored).toEqual(items.map(({ grantId }) => grantId));
    expect((await discover('jornada')).map(({ status }) => status)).toEqual(['known', 'known']);
  });

  test('restoring opens accounts again, and tells what it cannot', async () => {
    const one = await item();
    await revoke(one)();
    const byHand = { by: 'pat', checkedBy: 'sam', found: true };
    const added = { grantId: null, system: 'vpn', kind: 'account', label: 'ana' };
    const ticked = resultOf(await verify(added, { byHand })());
    const run = world.job('access.restore', owner);
    const told = await run();
    expect(await run()).toEqual(told);
    expect(told).toMatchObject({
      restored: [one?.grantId],
      notRestored: [{ grantId: ticked.grantId, code: 'NOT_RESTORABLE' }],
    });
    expect([...scim.users.values()][0]?.data.active).toBe(true);
  });

  test('what a person ticks needs another one, and is kept', async () => {
    const added = { grantId: null, system: 'vpn', kind: 'account', label: 'ana' };
    const alone = verify(added, { byHand: { by: 'pat', checkedBy: 'pat', found: true } });
    expect(await failure(alone)).toBe('JOB_INPUT_INVALID for good');
    const run = verify(added, { byHand: { by: 'pat', checkedBy: 'sam', found: true, note: 'x' } });
    const first = resultOf(await run());
    expect(resultOf(await run())).toEqual(first);
    expect(first).toMatchObject({ by: 'pat', method: 'by-hand', result: 'verified' });
    const { evidence } = await accessesOf(world.record, owner.customerId);
    expect(evidence).toMatchObject([
      { step: 'checked', doneBy: 'sam', content: { by: 'pat', checkedBy: 'sam', note: 'x' } },
    ]);
  });
});
