/** Collections and the payment intake on a real Temporal server, with a real record and real mail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, Variables } from '../../engine/model/index.js';
import { COLLECTION_CASE, type CustomerRecord, PAYMENT, type Store } from '../../store/index.js';
import { createCustomers } from '../../worker/customers/index.js';
import type { MailCatcher } from '../../worker/mail-catcher/index.js';
import { accessWorld, putCustomer } from '../support/access.js';
import type { TestEngine } from '../support/durable.js';
import { type MailedEngine, startMailedEngine } from '../support/mailed-engine.js';

let engine: MailedEngine;
let catcher: MailCatcher;
let store: Store;
let record: CustomerRecord;
let durable: TestEngine;
let run: (type: string, variables: Variables) => Promise<Record<string, Json>>;

beforeAll(async () => {
  engine = await startMailedEngine(['collections', 'payment-intake']);
  ({ catcher, store, durable } = engine);
  const world = accessWorld(store, []);
  record = world.record;
  run = (type, variables) => world.job(type, variables)();
});

afterAll(() => engine?.close());

const dayBefore = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** A customer who owes 10.00, due so many days ago, and the mails that it was sent. */
async function debtor(days: number) {
  const { customer, contact } = await putCustomer(record);
  const { customerId } = customer;
  const amount = { minor: 100_000, currency: 'EUR' };
  const issued = await run('invoice.issue', { customerId, amount, dueDate: dayBefore(days) });
  const mails = async (): Promise<readonly string[]> =>
    [...(await catcher.mailbox.list())]
      .filter(({ to }) => to.includes(contact.mail))
      .map(({ subject }) => subject)
      .reverse();
  return { customerId, amount, mails, number: String(issued.invoiceNumber) };
}

const publish = (name: string, key: string, variables: Variables, messageId: string) =>
  durable.engine.publish({ name, key, variables, timeToLive: 'P7D', messageId });

const beginCollecting = (customerId: string) => {
  const variables = { customerId, currency: 'EUR', pace: 'demo' };
  return publish('collections.start', `${customerId}:EUR`, variables, `begin ${customerId}`);
};

async function until<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let attempts = 0; attempts < 900; attempts += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { items } = await store.incidents.search({ filter: { state: 'ACTIVE' } });
  throw new Error(`it did not come; incidents: ${JSON.stringify(items)}`);
}

const task = (elementId: string, customerId: string) =>
  until(async () => {
    const filter = { elementId, state: 'CREATED' as const };
    for (const one of (await store.userTasks.search({ filter })).items) {
      const { state } = await durable.engine.view(one.instanceId);
      const root = state?.variables[state.rootId ?? ''];
      if (root?.customerId === customerId || root?.paymentId === customerId) return one;
    }
    return null;
  });

async function complete(elementId: string, of: string, actor: string, variables: Variables) {
  const { instanceId, taskId } = await task(elementId, of);
  const command = { instanceId, requestId: null, actor, action: null, taskId, variables };
  return durable.engine.completeTask(command);
}

const caseOf = async (customerId: string) =>
  (await record.table(COLLECTION_CASE).of([customerId]))[0];

describe('collections on a real server', () => {
  test('a debt is asked for, paid by a payment that is told twice, thanked for, and closed', async () => {
    const { customerId, amount, mails, number } = await debtor(9);
    await beginCollecting(customerId);
    const { instanceId } = await task('call', customerId);
    expect(await mails()).toHaveLength(1);
    const paid = { paymentId: `bank-${customerId}`, customerId, amount, invoiceId: number };
    for (const id of ['first', 'second']) {
      await publish('payment.received', paid.paymentId, paid, `${id} ${customerId}`);
    }
    expect(await durable.ended(instanceId, 120_000)).toBe('COMPLETED');
    const [demand, thanks, ...more] = await mails();
    expect([demand, thanks, more]).toEqual([
      expect.stringMatching(/1000,00/),
      expect.stringMatching(/^Recebido|^Received/),
      [],
    ]);
    expect(await record.table(PAYMENT).of([customerId])).toHaveLength(1);
    expect(await caseOf(customerId)).toMatchObject({
      ...{ state: 'paid', mails: 1, recoveredMinor: 100_000 },
    });
    // People are shown the invoice as it stands now, once.
    const fingerprint = async (text: string): Promise<string> => text;
    expect(await createCustomers({ record, fingerprint }).invoices(customerId)).toMatchObject([
      { number, state: 'paid', amountMinor: 100_000, balanceMinor: 0 },
    ]);
  });

  test('a ladder at the pace of a demo suspends access by two people, and a payment restores it', async () => {
    const { customerId, amount, mails } = await debtor(31);
    await beginCollecting(customerId);
    expect(
      await complete('propose-suspension', customerId, 'leo', { decision: 'go' }),
    ).toMatchObject({ ok: true });
    expect(
      await complete('approve-suspension', customerId, 'leo', { decision: 'go' }),
    ).toMatchObject({ ok: false, code: 'TASK_FOUR_EYES' });
    const { instanceId } = await task('approve-suspension', customerId);
    await complete('approve-suspension', customerId, 'fia', { decision: 'go' });
    await until(async () => {
      const { state } = await durable.engine.view(instanceId);
      return state?.variables[state.rootId ?? '']?.suspended === true;
    });
    await until(async () => (await caseOf(customerId))?.mails === 1);
    // paid without naming an invoice, and more than is owed: a person says what the rest is for
    const more = { ...amount, minor: amount.minor + 500 };
    const paid = { paymentId: `bank-${customerId}`, customerId, amount: more };
    await publish('payment.received', paid.paymentId, paid, `paid ${customerId}`);
    const rest = { decision: 'credit', allocationNote: 'They will buy more.' };
    expect(await complete('allocate-rest', customerId, 'bia', rest)).toMatchObject({ ok: true });
    expect(await durable.ended(instanceId, 120_000)).toBe('COMPLETED');
    const subjects = await mails();
    expect(subjects.filter((one) => /^Recebido|^Received/.test(one))).toHaveLength(1);
    const entries = await durable.journal(instanceId);
    const done = entries.filter(({ kind }) => kind === 'elementCompleted');
    expect(done.map(({ elementId }) => elementId)).toEqual(
      expect.arrayContaining(['suspend', 'restore-access', 'paid']),
    );
  });

  test('a payment of nobody known waits for a person, and then stops the demands', async () => {
    const { customerId, amount } = await debtor(9);
    await beginCollecting(customerId);
    const { instanceId } = await task('call', customerId);
    const paymentId = `unknown-${customerId}`;
    await publish('payment.received', paymentId, { paymentId, amount }, `unknown ${customerId}`);
    const found = { decision: 'found', payerId: customerId };
    expect(await complete('find-payer', paymentId, 'bia', found)).toMatchObject({ ok: true });
    expect(await durable.ended(instanceId, 120_000)).toBe('COMPLETED');
    expect(await caseOf(customerId)).toMatchObject({ state: 'paid', calls: 0 });
  });

  test('payments and invoices of one customer beside each other lose nothing', async () => {
    const { customerId } = await debtor(9);
    const [amount, part] = [10_000, 1_000].map((minor) => ({ minor, currency: 'EUR' }));
    const issue = { customerId, amount: amount ?? null, dueDate: dayBefore(3) };
    const told = ['a', 'b', 'c', 'a', 'b', 'c'].map((id) => `${id} ${customerId}`);
    const [issued] = await Promise.all([
      Promise.all([1, 2, 3].map(() => run('invoice.issue', issue))),
      ...told.map((paymentId) =>
        run('payment.record', { paymentId, customerId, amount: part ?? null }),
      ),
    ]);
    const numbers = issued.map(({ invoiceNumber }) => Number(String(invoiceNumber).slice(4)));
    expect(Math.max(...numbers) - Math.min(...numbers)).toBe(2);
    const { ledger } = await run('ledger.read', { customerId, currency: 'EUR' });
    expect(ledger).toMatchObject({ balanceMinor: 127_000, unallocatedMinor: 0 });
    expect(await record.table(PAYMENT).of([customerId])).toHaveLength(3);
  });
});
