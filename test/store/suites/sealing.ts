import { createHmac, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../../engine/model/index.js';
import type { Act, JournalInstance, Store } from '../../../store/index.js';
import { createSealer, type KeyProvider } from '../../../worker/encryption/index.js';
import { aCustomer, anImport } from '../../support/customer-record.js';
import { anInstance, numbered } from '../../support/store.js';

const NAME = 'Zephyrine Quandary-7731';
const KEY = 'zephyrine.q7731@canary.example';
const MESSAGE = 'Expected a card of Zephyrine-7731, but it is lost';
const job = { elementId: 'Task_Mail', elementInstanceId: 'Task_Mail:3', scopeId: 'P:1' };

/** A life with something personal in everything that may hold it. */
function aPersonalLife(): readonly JournalEntry[] {
  const subscription = { subscriptionId: 's:4', of: 'message', name: 'paid', key: KEY };
  const incident = { incidentId: 'incident:6', code: 'JOB_FAILED', class: 'X', message: MESSAGE };
  return numbered([
    { kind: 'instanceStarted' },
    {
      kind: 'elementEntered',
      elementId: 'P',
      elementInstanceId: 'P:1',
      data: { kind: 'process', name: 'P' },
    },
    {
      kind: 'variablesWritten',
      scopeId: 'P:1',
      data: { values: { name: NAME, seats: 80, note: null, odd: 'a\ud800', list: [NAME] } },
    },
    { kind: 'subscriptionOpened', ...job, data: subscription },
    { kind: 'incidentOpened', ...job, data: incident },
  ]);
}

/** What is of a customer: sealed under the customer's key, found by it, and gone with it. */
export function sealingSuite(store: () => Store, keys: () => KeyProvider): void {
  /** An instance of a customer of its own, with a whole life. */
  async function aCustomersInstance(): Promise<JournalInstance> {
    const instance = anInstance({ customerKeyId: await keys().create(randomUUID()) });
    await store().journal.append(instance, aPersonalLife(), { after: 0, fence: 1 });
    return instance;
  }

  const raw = async (statement: string) => {
    const key = `raw ${randomUUID()}`;
    return store().effects.runOnce(key, 'test', 'r', async (tx) => {
      const { rows } = await tx.execute<{ text: string }>(sql.raw(statement));
      return rows.map(({ text }) => text);
    });
  };

  async function readAll({ instanceId }: Pick<JournalInstance, 'instanceId'>) {
    const filter = { instanceId };
    return {
      journal: (await store().journal.search({ filter })).items,
      variables: (await store().variables.search({ filter })).items,
      incidents: (await store().incidents.search({ filter })).items,
      subscriptions: (await store().subscriptions.search({ filter })).items,
    };
  }

  describe('a draft of a customer’s task', () => {
    const aTask = (): JournalEntry[] => [
      ...aPersonalLife(),
      ...numbered([
        { kind: 'taskOpened', ...job, data: { name: 'Ask', candidateGroups: [], priority: 50 } },
      ]).map((entry) => ({ ...entry, sequence: 6 })),
    ];
    const asDraft = async ({ instanceId }: JournalInstance) => {
      const bare = { mail: null, locale: 'en', roles: ['csm'], groups: [], isDemo: false } as const;
      const loginName = `drafter-${randomUUID().slice(0, 8)}`;
      const user = { ...bare, userId: randomUUID(), loginName, displayName: 'D' };
      const by = { actor: null, requestId: null, reason: null, at: '2026-03-02T12:00:00.000Z' };
      await store().identities.add(user, null, by);
      return { instanceId, taskId: job.elementInstanceId, userId: user.userId };
    };

    test('is sealed, is saved over what was seen alone, and dies with the key', async () => {
      const instance = anInstance({ customerKeyId: await keys().create(randomUUID()) });
      await store().journal.append(instance, aTask(), { after: 0, fence: 1 });
      const of = await asDraft(instance);
      const { drafts } = store().inbox;
      const at = '2026-03-02T12:00:00.000Z';
      expect(await drafts.get(of)).toBeNull();
      expect(await drafts.save(of, { who: NAME }, 0, at)).toEqual({ version: 1, savedAt: at });
      expect(await drafts.get(of)).toEqual({ data: { who: NAME }, version: 1, savedAt: at });
      const rows = await raw(`select row_to_json(t)::text as text from task_drafts t
        where instance_id = '${instance.instanceId}'`);
      expect(rows).toHaveLength(1);
      expect(rows.join()).not.toMatch(/zephyrine|hash-7731/i);
      for (const seen of [0, 2]) {
        await expect(drafts.save(of, {}, seen, at)).rejects.toMatchObject({
          code: 'TASK_DRAFT_CHANGED',
        });
      }
      const elsewhere = { ...of, userId: randomUUID() };
      expect(await drafts.get(elsewhere)).toBeNull();
      expect(await drafts.among(of.userId, [of])).toEqual(
        new Set([`${of.instanceId}/${of.taskId}`]),
      );
      await keys().destroy(instance.customerKeyId);
      expect(await drafts.get(of)).toBeNull();
    });

    test('is not saved once its task is over, and forgotten some time after', async () => {
      const instance = anInstance({ customerKeyId: await keys().create(randomUUID()) });
      await store().journal.append(instance, aTask(), { after: 0, fence: 1 });
      const of = await asDraft(instance);
      const { drafts } = store().inbox;
      const at = '2026-03-02T12:00:00.000Z';
      await drafts.save(of, { a: 1 }, 0, at);
      const end = numbered([{ kind: 'taskCancelled', ...job, data: { reason: 'late' } }]);
      const ended = end.map((entry) => ({ ...entry, sequence: 7 }));
      await store().journal.append(instance, ended, { after: 6, fence: 1 });
      await expect(drafts.save(of, { a: 2 }, 1, at)).rejects.toMatchObject({ code: 'TASK_OVER' });
      await drafts.prune('2000-01-01T00:00:00.000Z');
      expect(await drafts.get(of)).toMatchObject({ data: { a: 1 } });
      await drafts.prune('2100-01-01T00:00:00.000Z');
      expect(await drafts.get(of)).toBeNull();
    });
  });

  describe('a file of a customer’s task', () => {
    const BY = {
      ...{ actor: 'cora', requestId: 'r', reason: null, at: '2026-03-02T12:00:00.000Z' },
    };
    const withTask = async () => {
      const instance = anInstance({ customerKeyId: await keys().create(randomUUID()) });
      const opened = numbered([
        { kind: 'taskOpened', ...job, data: { name: 'Ask', candidateGroups: [], priority: 50 } },
      ]).map((entry) => ({ ...entry, sequence: 6 }));
      await store().journal.append(instance, [...aPersonalLife(), ...opened], {
        ...{ after: 0, fence: 1 },
      });
      return { instance, of: { instanceId: instance.instanceId, taskId: job.elementInstanceId } };
    };
    const aFile = (of: { readonly instanceId: string; readonly taskId: string }) => ({
      ...{ ...of, attachmentId: randomUUID(), name: `${NAME}.txt`, mediaType: 'text/plain' },
    });
    async function* bytes(text: string, times = 1) {
      for (let n = 0; n < times; n += 1) yield Buffer.from(text);
    }
    const contentOf = async (one: Parameters<Store['inbox']['attachments']['pieces']>[0]) => {
      const parts: Buffer[] = [];
      for await (const { content } of store().inbox.attachments.pieces(one)) parts.push(content);
      return Buffer.concat(parts).toString();
    };

    test('is sealed with its name, comes back as it was, and dies with the key', async () => {
      const { instance, of } = await withTask();
      const { attachments } = store().inbox;
      const line = `${NAME} was here. `.padEnd(1000, '.');
      const one = await attachments.add(aFile(of), bytes(line, 500), BY);
      expect(one).toMatchObject({ name: `${NAME}.txt`, bytes: 500_000, attachedBy: 'cora' });
      expect(await attachments.list(of)).toEqual([one]);
      expect(await contentOf(one)).toBe(line.repeat(500));
      const rows = await raw(`select row_to_json(t)::text as text from task_attachments t
        where attachment_id = '${one.attachmentId}' union all
        select convert_from(coalesce(content, ''::bytea), 'UTF8') || encode(sealed, 'escape')
        from task_attachment_pieces where attachment_id = '${one.attachmentId}'`);
      expect(rows).toHaveLength(4);
      expect(rows.join()).not.toMatch(/zephyrine/i);
      expect(await attachments.get({ ...of, taskId: 'another' }, one.attachmentId)).toBeNull();
      const { items } = await store().audit.query({ filter: { action: 'attachToTask' } });
      expect(items[0]).toMatchObject({ actor: 'cora', data: { name: `${NAME}.txt` } });
      await keys().destroy(instance.customerKeyId);
      expect(await attachments.list(of)).toEqual([]);
      await expect(contentOf(one)).rejects.toThrow('is gone');
    });

    test('that is too large, one too many, or breaks off leaves nothing', async () => {
      const { of } = await withTask();
      const { attachments } = store().inbox;
      const piece = 'x'.repeat(1024 * 1024);
      await attachments.add(aFile(of), bytes(piece, 9), BY);
      await expect(attachments.add(aFile(of), bytes(piece, 10), BY)).rejects.toMatchObject({
        code: 'ATTACHMENT_TOO_LARGE',
      });
      async function* broken() {
        yield Buffer.from(piece);
        throw new Error('the line broke');
      }
      await expect(attachments.add(aFile(of), broken(), BY)).rejects.toThrow('the line broke');
      expect(await attachments.list(of)).toHaveLength(1);
      for (let n = 1; n < 20; n += 1) await attachments.add(aFile(of), bytes('x'), BY);
      await expect(attachments.add(aFile(of), bytes('x'), BY)).rejects.toMatchObject({
        code: 'ATTACHMENTS_TOO_MANY',
      });
      const held = await raw(`select attachment_id as text from task_attachments
        where instance_id = '${of.instanceId}'`);
      expect(held).toHaveLength(20);
      const [first] = await attachments.list(of);
      if (!first) throw new Error('there is one');
      expect(await attachments.remove(first, { ...BY, reason: 'Wrong one' })).toBe(true);
      expect(await attachments.remove(first, BY)).toBe(false);
      expect(
        await raw(`select 'x' as text from task_attachment_pieces
        where attachment_id = '${first.attachmentId}'`),
      ).toEqual([]);
    });

    test('is attached once under one key, also by two at once, and no other one is', async () => {
      const { of } = await withTask();
      const { inbox, requestKeys } = store();
      const { attachments } = inbox;
      const key = randomUUID();
      await requestKeys.claim({ userId: 'cora', key, digest: 'd' });
      const send = (text: string) =>
        attachments.add(aFile(of), bytes(text), BY, {
          ...{ userId: 'cora', key, hash: createHmac('sha256', 'secret') },
        });
      const [one, two] = await Promise.all([send('as agreed'), send('as agreed')]);
      expect(two).toEqual(one);
      expect(await send('as agreed')).toEqual(one);
      await expect(send('not agreed')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_USED' });
      expect(await attachments.list(of)).toEqual([one]);
      expect(await contentOf(one)).toBe('as agreed');
      const held = await raw(`select attachment_id as text from task_attachments
        where instance_id = '${of.instanceId}'`);
      expect(held).toHaveLength(1);
      await attachments.remove(one, BY);
      await expect(send('as agreed')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_USED' });
    });

    test('is not taken once its task is over, and not seen before it is whole', async () => {
      const { instance, of } = await withTask();
      const { attachments } = store().inbox;
      async function* ending() {
        yield Buffer.from('x');
        expect(await attachments.list(of)).toEqual([]);
        const end = numbered([{ kind: 'taskCancelled', ...job, data: { reason: 'late' } }]);
        const ended = end.map((entry) => ({ ...entry, sequence: 7 }));
        await store().journal.append(instance, ended, { after: 6, fence: 1 });
      }
      const late = attachments.add(aFile(of), ending(), BY);
      await expect(late).rejects.toMatchObject({ code: 'TASK_OVER' });
      await expect(attachments.add(aFile(of), bytes('x'), BY)).rejects.toMatchObject({
        code: 'TASK_OVER',
      });
      expect(await attachments.list(of)).toEqual([]);
    });
  });

  describe('what is of a customer', () => {
    test('stands nowhere in the open, and is read as it was written', async () => {
      const instance = await aCustomersInstance();
      const { instanceId } = instance;
      for (const table of ['journal', 'variables', 'incidents', 'subscriptions']) {
        const rows = await raw(`select row_to_json(t)::text as text from ${table} t
          where instance_id = '${instanceId}'`);
        expect(rows.length).toBeGreaterThan(0);
        expect(rows.join('\n')).not.toMatch(/hash-7731|zephyrine/i);
      }
      const { journal, variables, incidents, subscriptions } = await readAll(instance);
      expect(journal[4]?.data).toMatchObject({ message: MESSAGE });
      expect(variables.map(({ name, value, isErased }) => [name, value, isErased])).toEqual([
        ['list', [NAME], false],
        ['name', NAME, false],
        ['note', null, false],
        ['odd', 'a\ufffd', false],
        ['seats', 80, false],
      ]);
      expect(incidents).toMatchObject([{ message: MESSAGE, code: 'JOB_FAILED', isErased: false }]);
      expect(subscriptions).toMatchObject([{ key: KEY, name: 'paid', isErased: false }]);
    });

    test('is found by the values of variables, each by its own name', async () => {
      const { instanceId } = await aCustomersInstance();
      const finds = async (name: string, value: never) =>
        (
          await store().processInstances.search({
            filter: { instanceId },
            variables: [{ name, value }],
          })
        ).items.length;
      const values: readonly (readonly [string, unknown, number])[] = [
        ['name', NAME, 1],
        ['seats', 80, 1],
        ['note', null, 1],
        ['odd', 'a\ud800', 1],
        ['list', [NAME], 1],
        ['seats', '80', 0],
        ['list', NAME, 0],
        ['other', NAME, 0],
      ];
      for (const [name, value, found] of values) {
        expect([name, await finds(name, value as never)]).toEqual([name, found]);
      }
    });

    test('does not open in another place', async () => {
      const [one, other] = [await aCustomersInstance(), await aCustomersInstance()];
      await raw(`update variables set sealed = (select sealed from variables
          where instance_id = '${one.instanceId}' and name = 'seats')
        where instance_id = '${one.instanceId}' and name = 'name' returning '' as text`);
      await expect(readAll(one)).rejects.toMatchObject({ code: 'SEALED_VALUE_REFUSED' });
      await raw(`update journal set sealed = (select sealed from journal
          where instance_id = '${one.instanceId}' and sequence = 3)
        where instance_id = '${other.instanceId}' and sequence = 3 returning '' as text`);
      const filter = { instanceId: other.instanceId };
      await expect(store().journal.search({ filter })).rejects.toMatchObject({
        code: 'SEALED_VALUE_REFUSED',
      });
      for (const { instanceId } of [one, other]) {
        for (const table of ['journal', 'variables']) {
          await raw(
            `delete from ${table} where instance_id = '${instanceId}' returning '' as text`,
          );
        }
      }
    });

    test('reads as erased once its key is destroyed, also after a rebuild', async () => {
      const [instance, other] = [await aCustomersInstance(), await aCustomersInstance()];
      const before = await readAll(other);
      await keys().destroy(instance.customerKeyId);
      const erased = await readAll(instance);
      expect(erased.journal.map(({ data, isErased }) => [data, isErased])).toEqual([
        [null, false],
        [null, true],
        [null, true],
        [null, true],
        [null, true],
      ]);
      expect(erased.variables).toHaveLength(5);
      for (const { value, isErased } of erased.variables) {
        expect([value, isErased]).toEqual([null, true]);
      }
      expect(erased.incidents).toMatchObject([{ message: null, isErased: true }]);
      expect(erased.subscriptions).toMatchObject([{ key: null, isErased: true }]);
      await store().journal.rebuild();
      expect(await readAll(other)).toEqual(before);
      const rebuilt = await readAll(instance);
      expect(rebuilt).toEqual({
        journal: erased.journal,
        variables: [],
        incidents: [],
        subscriptions: [],
      });
      const filter = { instanceId: instance.instanceId };
      expect((await store().elementInstances.search({ filter })).items).toMatchObject([
        { elementId: 'P', kind: null, name: null, state: 'ACTIVE' },
      ]);
      const found = await store().processInstances.get(instance.instanceId);
      expect(found).toMatchObject({ state: 'ACTIVE', lastSequence: 5 });
    });

    test('is not written any more once its key is destroyed, and hinders nobody else', async () => {
      const [instance, other] = [await aCustomersInstance(), await aCustomersInstance()];
      await keys().destroy(instance.customerKeyId);
      const more = numbered([{ kind: 'jobStarted', data: { jobId: 'j', type: NAME } }], 6);
      const appends = await Promise.allSettled([
        store().journal.append(instance, more),
        store().journal.append(other, more),
      ]);
      expect(appends).toMatchObject([
        { status: 'rejected', reason: { code: 'KEY_SHREDDED' } },
        { status: 'fulfilled', value: { lastSequence: 6 } },
      ]);
    });

    test('of a parked instance is sealed too', async () => {
      const instance = await aCustomersInstance();
      const at = '2026-03-02T13:00:00.000Z';
      const parked = { incidentId: 'parked:1', code: 'STATE_TOO_LARGE', message: NAME, at };
      await store().journal.park(instance, { ...parked, fence: 5 });
      const { instanceId } = instance;
      const rows = await raw(`select row_to_json(t)::text as text from incidents t
        where instance_id = '${instanceId}' and not of_journal`);
      expect(rows.join()).not.toContain(NAME);
      const filter = { instanceId, incidentId: 'parked:1' };
      const { items } = await store().incidents.search({ filter });
      expect(items).toMatchObject([{ message: NAME }]);
    });

    test('is deleted from what people read, some rows at a time; its heads and its journal stay', async () => {
      const [instance, other] = [await aCustomersInstance(), await aCustomersInstance()];
      const { customerKeyId } = instance;
      const sibling = anInstance({ customerKeyId });
      await store().journal.append(sibling, aPersonalLife());
      const before = await readAll(other);
      await keys().destroy(customerKeyId);
      const sums = { variables: 0, incidents: 0, subscriptions: 0 };
      for (let turn = 1; ; turn += 1) {
        const { deleted, isDone } = await store().erasure.deleteProjected(customerKeyId, 4);
        for (const table of ['variables', 'incidents', 'subscriptions'] as const)
          sums[table] += deleted[table];
        if (isDone) break;
        expect(turn).toBeLessThan(10);
      }
      expect(sums).toEqual({ variables: 10, incidents: 2, subscriptions: 2 });
      const none = await store().erasure.deleteProjected(customerKeyId, 4);
      expect(none).toEqual({
        isDone: true,
        deleted: { variables: 0, incidents: 0, subscriptions: 0 },
      });
      const left = await readAll(instance);
      expect(left).toMatchObject({ variables: [], incidents: [], subscriptions: [] });
      expect(left.journal).toHaveLength(5);
      expect(await store().processInstances.get(instance.instanceId)).not.toBeNull();
      expect(await readAll(other)).toEqual(before);
      await expect(store().erasure.deleteProjected('system', 4)).rejects.toMatchObject({
        code: 'KEY_SYSTEM_KEPT',
      });
    });
  });

  describe('an effect of a customer', () => {
    const answers = (key: string) =>
      raw(`select row_to_json(t)::text as text from effects t where key = '${key}'`);

    test('keeps its answer sealed, and what was asked as a keyed hash', async () => {
      const [key, keyId] = [randomUUID(), await keys().create(randomUUID())];
      const { effects } = store();
      const planned = await effects.plan(key, 'http', 'hash-7731', keyId);
      expect(planned).toMatchObject({ state: 'planned', keyId, response: null, isErased: false });
      const lease = await effects.lease(key, 1000);
      await effects.sent(lease);
      await effects.confirm(lease, { body: NAME });
      expect((await answers(key)).join()).not.toMatch(/hash-7731|zephyrine/i);
      const again = await effects.plan(key, 'http', 'hash-7731', keyId);
      expect(again).toMatchObject({ state: 'confirmed', response: { body: NAME } });
      await expect(effects.plan(key, 'http', 'other', keyId)).rejects.toMatchObject({
        code: 'EFFECT_CONFLICT',
      });
      await keys().destroy(keyId);
      expect(await effects.get(key)).toMatchObject({ response: null, isErased: true });
    });

    test('happens once; when its answer is erased it says so, and does not happen again', async () => {
      const [key, keyId] = [randomUUID(), await keys().create(randomUUID())];
      let times = 0;
      const run = () =>
        store().effects.runOnce(
          key,
          'row',
          'r',
          async () => {
            times += 1;
            return { name: NAME };
          },
          keyId,
        );
      expect([await run(), await run()]).toEqual([{ name: NAME }, { name: NAME }]);
      expect((await answers(key)).join()).not.toContain(NAME);
      await keys().destroy(keyId);
      await expect(run()).rejects.toMatchObject({ code: 'EFFECT_ERASED' });
      expect(times).toBe(1);
    });

    test('counts as done by a person with a sealed answer', async () => {
      const [key, keyId] = [randomUUID(), await keys().create(randomUUID())];
      const { effects } = store();
      await effects.plan(key, 'http', 'r', keyId);
      const lease = await effects.lease(key, 1000);
      await effects.sent(lease);
      await effects.unknown(lease);
      await effects.decide(key, { how: 'done', response: NAME });
      expect((await answers(key)).join()).not.toContain(NAME);
      expect((await effects.get(key))?.response).toBe(NAME);
    });
  });

  describe('an act upon what is of a customer', () => {
    test.each([
      'instance:ID',
      'task:ID/T:1',
      'incident:ID/i:1',
      'message:paid instance:none instance:ID',
    ])('keeps why it was done sealed: %s', async (form) => {
      const instance = await aCustomersInstance();
      const object = form.replace('ID', instance.instanceId);
      const act: Act = {
        ...{ at: '2026-03-02T12:00:00.000Z', actor: 'ana', action: 'x', object, outcome: 'done' },
        ...{ code: null, requestId: 'r', reason: NAME, data: { names: [NAME] } },
      };
      const { number } = await store().audit.append(act);
      const rows = await raw(`select row_to_json(t)::text as text from audit_personal t
          where number = ${number}`);
      expect(rows.join()).not.toContain(NAME);
      const read = async () => (await store().audit.query({ filter: { number } })).items[0];
      expect(await read()).toEqual({ ...act, number, facts: null, isErased: false });
      await keys().destroy(instance.customerKeyId);
      expect(await read()).toMatchObject({ reason: null, data: null, isErased: true });
      // What is done to it later is of later, and is not lost.
      const later = await store().audit.append({ ...act, reason: 'asked for', data: null });
      const found = await store().audit.query({ filter: { number: later.number } });
      expect(found.items).toMatchObject([{ reason: 'asked for', isErased: false }]);
    });

    const aKnownCustomer = async () => {
      const sealer = createSealer({ keyProvider: keys() });
      const record = store().customerRecord(sealer, { ensure: keys().createAll });
      const customer = aCustomer();
      await record.take([customer], anImport(), 0);
      const { customerId } = customer.customer;
      return { customerId, keyId: (await record.get(customerId))?.customer.keyId ?? '' };
    };

    /** An instance under the deployment's key that names customers. */
    const anOperators = async (...customerIds: readonly string[]): Promise<string> => {
      const instance = anInstance();
      const written = customerIds.map((customerId, index) => ({
        ...({ kind: 'variablesWritten', scopeId: `P:${index + 1}` } as const),
        data: { values: { customerId } },
      }));
      await store().journal.append(instance, numbered([{ kind: 'instanceStarted' }, ...written]));
      return `task:${instance.instanceId}/T:1`;
    };

    const append = async (object: string) => {
      const { number } = await store().audit.append({
        ...{ at: '2026-03-02T12:00:00.000Z', actor: 'ana', action: 'x', outcome: 'done' },
        ...{ object, code: null, requestId: 'r', reason: NAME, data: null },
      });
      return async () => (await store().audit.query({ filter: { number } })).items[0];
    };

    test.each(['customer', "operator's instance"])(
      'keeps it sealed under the key of a customer that is named: %s',
      async (how) => {
        const { customerId, keyId } = await aKnownCustomer();
        const object =
          how === 'customer' ? `customer:${customerId}` : await anOperators(customerId);
        const read = await append(object);
        expect(await read()).toMatchObject({ reason: NAME, isErased: false });
        await keys().destroy(keyId);
        expect(await read()).toMatchObject({ reason: null, isErased: true });
      },
    );

    test('leaves it in the open where an instance is about several customers', async () => {
      const [one, other] = [await aKnownCustomer(), await aKnownCustomer()];
      const read = await append(await anOperators(one.customerId, other.customerId));
      for (const { keyId } of [one, other]) await keys().destroy(keyId);
      expect(await read()).toMatchObject({ reason: NAME, isErased: false });
    });
  });
}
