/** Side effects of money on a real store: what is posted, once, and what bad input comes to. */
import { describe, expect, test } from 'vitest';
import { createSideEffects } from '../../activities/side-effects.js';
import type { Json, Variables } from '../../engine/model/index.js';
import { PAYMENT_ALLOCATION, type Store, WRITE_OFF } from '../../store/index.js';
import { activeResources } from '../../store/registry/index.js';
import type { KeyProvider } from '../../worker/encryption/index.js';
import { aCustomer, anImport } from '../support/customer-record.js';
import { sideEffectDeps } from '../support/side-effects.js';
import { describeStore, inMemory } from '../support/store.js';

let jobs = 0;

describeStore('side effects of money', inMemory, [
  (store: () => Store, keys: () => KeyProvider) => {
    const deps = () => sideEffectDeps(store(), { keyProvider: keys() });

    /** A job of its own; called again, it is attempted again. */
    const job = (type: string, variables: Variables) => {
      jobs += 1;
      const id = `job-${jobs}`;
      const input = {
        ...{
          variables,
          headers: { 'jornada:mail': 'firm' },
          effectKey: id,
          customerKeyId: 'system',
        },
        ...{ instanceId: `i-${jobs}`, processId: 'p', elementId: 'e', elementInstanceId: id },
        jobId: id,
      };
      return async (): Promise<Record<string, Json>> => ({
        ...(await createSideEffects(deps())[type]?.(input)),
      });
    };
    const run = (type: string, variables: Variables) => job(type, variables)();

    const putCustomer = async (): Promise<string> => {
      const customer = aCustomer();
      await deps().record.take([customer], anImport(), 0);
      return customer.customer.customerId;
    };
    const issue = (customerId: string, minor: number, dueDate = '2026-03-02') =>
      run('invoice.issue', { customerId, amount: { minor, currency: 'EUR' }, dueDate });
    const pay = (customerId: string, paymentId: string, minor: number, more: Variables = {}) =>
      run('payment.record', { customerId, paymentId, amount: { minor, currency: 'EUR' }, ...more });
    const balance = async (customerId: string, asOf = '2026-03-12'): Promise<unknown> => {
      const { ledger } = await run('ledger.read', { customerId, currency: 'EUR', asOf });
      const { balanceMinor, unallocatedMinor, ageDays } = ledger as Record<string, Json>;
      return [balanceMinor, unallocatedMinor, ageDays];
    };

    describe('invoices', () => {
      test('are numbered without gaps, also side by side and attempted again', async () => {
        const customerId = await putCustomer();
        const amount = { minor: 100, currency: 'EUR' };
        const job1 = job('invoice.issue', { customerId, amount, dueDate: '2026-03-02' });
        const [first] = await Promise.all([job1(), issue(customerId, 200), issue(customerId, 300)]);
        expect(await job1()).toEqual(first);
        const fourth = await issue(customerId, 400);
        const numberOf = (one: Record<string, Json>) => Number(String(one.invoiceNumber).slice(4));
        expect(numberOf(fourth) % 4).toBe(0);
        expect(await balance(customerId)).toEqual([1_000, 0, 10]);
      });

      test('of nobody are refused for good', async () => {
        await expect(issue('nobody', 100)).rejects.toMatchObject({
          ...{ type: 'CUSTOMER_UNKNOWN', nonRetryable: true },
        });
        await expect(run('ledger.read', { customerId: 'nobody', currency: 'EUR' })).rejects.toThrow(
          /customer/i,
        );
        await expect(
          run('ledger.read', { customerId: 'x', currency: 'euro' }),
        ).rejects.toMatchObject({ type: 'JOB_INPUT_INVALID' });
      });
    });

    describe('a payment', () => {
      test('told twice, by two jobs at once and by one attempted again, counts once', async () => {
        const customerId = await putCustomer();
        await issue(customerId, 1_000);
        const told = { customerId, paymentId: 'PAY-1', amount: { minor: 400, currency: 'EUR' } };
        const [one, other] = [job('payment.record', told), job('payment.record', told)];
        const postings = await Promise.all([one(), other()]);
        const results = postings.map(({ posting }) => (posting as { result: string }).result);
        expect(results.sort()).toEqual(['known', 'posted']);
        expect(await one()).toEqual(postings[0]);
        expect(await balance(customerId)).toEqual([600, 0, 10]);
      });

      test('of nobody known is told so, and can be posted once the customer is found', async () => {
        const { posting } = await run('payment.record', {
          ...{ paymentId: 'PAY-2', amount: { minor: 400, currency: 'EUR' } },
        });
        expect(posting).toMatchObject({ result: 'customer-unknown', ledgerPaymentId: null });
        const customerId = await putCustomer();
        await issue(customerId, 1_000);
        expect(await pay(customerId, 'PAY-2', 400)).toMatchObject({
          posting: { result: 'posted' },
        });
        expect(await balance(customerId)).toEqual([600, 0, 10]);
      });

      test('for an unknown invoice stays without one, and lowers what is demanded', async () => {
        const customerId = await putCustomer();
        const { invoiceNumber } = await issue(customerId, 1_000);
        const { posting } = await pay(customerId, 'PAY-3', 1_000, { invoiceId: 'INV-9' });
        expect(posting).toMatchObject({ result: 'posted', restMinor: 1_000 });
        expect(await balance(customerId)).toEqual([0, 1_000, null]);
        const { ledgerPaymentId } = posting as { ledgerPaymentId: string };
        const give = { customerId, ledgerPaymentId };
        expect(await run('payment.allocate', { ...give, invoiceId: 'INV-8' })).toMatchObject({
          posting: { result: 'invoice-unknown', restMinor: 1_000 },
        });
        expect(
          await run('payment.allocate', { ...give, invoiceId: invoiceNumber ?? '' }),
        ).toMatchObject({ posting: { result: 'posted', restMinor: 0 } });
        expect(await balance(customerId)).toEqual([0, 0, null]);
      });

      test('that is more than is owed leaves a rest', async () => {
        const customerId = await putCustomer();
        await issue(customerId, 1_000);
        expect(await pay(customerId, 'PAY-4', 1_500)).toMatchObject({
          posting: { restMinor: 500 },
        });
        expect(await balance(customerId)).toEqual([0, 500, null]);
      });

      test('that is taken back, twice, is owed again once', async () => {
        const customerId = await putCustomer();
        await issue(customerId, 1_000);
        await issue(customerId, 500, '2026-03-05');
        await pay(customerId, 'PAY-5', 1_200);
        expect(await balance(customerId)).toEqual([300, 0, 7]);
        const reverse = () => run('payment.reverse', { paymentId: 'PAY-5' });
        expect(await reverse()).toMatchObject({ posting: { result: 'posted', currency: 'EUR' } });
        expect(await reverse()).toMatchObject({ posting: { result: 'known' } });
        expect(await balance(customerId)).toEqual([1_500, 0, 10]);
        const rows = await deps().record.table(PAYMENT_ALLOCATION).of([customerId]);
        const total = rows.reduce((sum, row) => sum + (row.isErased ? 0 : row.amountMinor), 0);
        expect([rows.length, total]).toEqual([4, 0]);
        expect(await run('payment.reverse', { paymentId: 'PAY-99' })).toMatchObject({
          posting: { result: 'payment-unknown' },
        });
      });

      test('beside others of one customer loses nothing', async () => {
        const customerId = await putCustomer();
        await issue(customerId, 1_000);
        const ids = ['a', 'b', 'c', 'd', 'e'];
        await Promise.all(ids.map((id) => pay(customerId, `PAY-6${id}`, 100)));
        expect(await balance(customerId)).toEqual([500, 0, 10]);
      });
    });

    describe('a case', () => {
      const open = async (customerId: string) => run('case.open', { customerId, currency: 'EUR' });

      test('a mail that waited while the debt was paid does not go', async () => {
        const customerId = await putCustomer();
        await issue(customerId, 1_000);
        const { caseId = '' } = await open(customerId);
        await pay(customerId, 'PAY-7', 1_000);
        const recipient = { name: 'Ana', mail: 'ana@aurora.example' };
        const demand = { customerId, currency: 'EUR', caseId, asOf: '2026-03-12', recipient };
        expect(await run('demand.send', demand)).toEqual({ demandSent: false, sentAt: null });
      });

      test('that was stopped sends no mail, whatever is owed', async () => {
        const customerId = await putCustomer();
        await issue(customerId, 1_000);
        const { caseId = '' } = await open(customerId);
        await run('case.close', { caseId, end: 'stopped' });
        const recipient = { name: 'Ana', mail: 'ana@aurora.example' };
        const demand = { customerId, currency: 'EUR', caseId, asOf: '2026-03-12', recipient };
        expect(await run('demand.send', demand)).toEqual({ demandSent: false, sentAt: null });
      });

      test('is opened once by an instance, and found by the sweep only while there is none', async () => {
        const customerId = await putCustomer();
        await issue(customerId, 1_000);
        const sweep = async () => {
          const { overdue } = await run('ledger.sweep', { asOf: '2026-03-12', most: 1_000 });
          return (overdue as { customerId: string }[]).filter(
            (one) => one.customerId === customerId,
          );
        };
        expect(await sweep()).toEqual([{ customerId, currency: 'EUR' }]);
        const { caseId = '' } = await open(customerId);
        expect(await sweep()).toEqual([]);
        await run('case.note', { caseId, stage: 2, mails: 1, calls: 0, nextActAt: null });
        const nextActAt = '2026-03-20T09:00:00-03:00[America/Sao_Paulo]';
        await run('case.note', { caseId, stage: 2, mails: 1, calls: 0, nextActAt });
        await expect(run('case.note', { caseId, nextActAt: 'soon' })).rejects.toMatchObject({
          ...{ type: 'JOB_INPUT_INVALID', nonRetryable: true },
        });
        await pay(customerId, 'PAY-8', 1_000, { at: '2099-01-01T00:00:00Z' });
        const { recovered } = await run('case.close', { caseId, end: 'paid', stage: 2 });
        expect(recovered).toEqual({ minor: 1_000, currency: 'EUR' });
        expect(await sweep()).toEqual([]);
      });

      test.each(['stopped', 'handed-over'])(
        'that was %s is not begun again by itself until what was owed then is settled',
        async (end) => {
          const customerId = await putCustomer();
          const { invoiceId = '' } = await issue(customerId, 1_000);
          const account = { customerId, currency: 'EUR' };
          const sweep = async () => {
            const { overdue } = await run('ledger.sweep', { asOf: '2026-03-12', most: 1_000 });
            return (overdue as { customerId: string }[]).filter(
              (one) => one.customerId === customerId,
            );
          };
          const { caseId = '' } = await open(customerId);
          await run('case.close', { caseId, end, stage: 2 });
          expect(await sweep()).toEqual([]);
          const itself = { ...account, isUnlessHeld: true };
          expect(await run('case.open', itself)).toMatchObject({ caseId: null, hold: end });
          await issue(customerId, 700, '2026-03-05');
          expect(await sweep()).toEqual([]);
          await pay(customerId, `PAY-${end}`, 1_000, { invoiceId });
          expect(await sweep()).toEqual([account]);
          const again = await run('case.open', itself);
          expect(again).toMatchObject({ hold: null });
          expect(again.caseId).not.toBeNull();
        },
      );

      test('that was stopped while nothing was owed is not begun by the next invoice', async () => {
        const customerId = await putCustomer();
        const { caseId = '' } = await open(customerId);
        await run('case.close', { caseId, end: 'stopped' });
        await issue(customerId, 1_000);
        const { overdue } = await run('ledger.sweep', { asOf: '2026-03-12', most: 1_000 });
        expect(overdue).not.toContainEqual({ customerId, currency: 'EUR' });
      });

      test('that was stopped is begun again by a person', async () => {
        const customerId = await putCustomer();
        await issue(customerId, 1_000);
        const { caseId = '' } = await open(customerId);
        await run('case.close', { caseId, end: 'stopped', stage: 2 });
        const { caseId: second = '', hold } = await open(customerId);
        expect([second === caseId, hold]).toEqual([false, 'stopped']);
        await run('case.close', { caseId: second, end: 'paid', stage: 2 });
        const { overdue } = await run('ledger.sweep', { asOf: '2026-03-12', most: 1_000 });
        expect(overdue).toContainEqual({ customerId, currency: 'EUR' });
      });

      test('a write-off takes what is left, never more than was approved, and stays payable', async () => {
        const customerId = await putCustomer();
        const { invoiceId } = await issue(customerId, 1_000);
        await issue(customerId, 700, '2026-03-05');
        const { caseId = '' } = await open(customerId);
        const off = { customerId, currency: 'EUR', caseId, asOf: '2026-03-12', reason: 'gone' };
        const post = (mostMinor: number) =>
          run('writeoff.post', { ...off, mostMinor, approvers: ['fia', 'cho'] });
        expect(await post(1_200)).toEqual({ writtenOff: { minor: 1_000, currency: 'EUR' } });
        expect(await balance(customerId)).toEqual([700, 0, 7]);
        const named = { invoiceId: invoiceId ?? '' };
        expect(await pay(customerId, 'PAY-9', 400, named)).toMatchObject({
          posting: { restMinor: 0 },
        });
        expect(await balance(customerId)).toEqual([700, 0, 7]);
        const [row] = await deps().record.table(WRITE_OFF).of([customerId]);
        expect(row).toMatchObject({
          approvers: ['fia', 'cho'],
          amountMinor: 1_000,
          reason: 'gone',
        });
      });

      test('promises and disputes pause, and end', async () => {
        const customerId = await putCustomer();
        const { invoiceId = '' } = await issue(customerId, 1_000);
        const account = { customerId, currency: 'EUR' };
        const { caseId = '' } = await open(customerId);
        const collectable = async () => {
          const { ledger } = await run('ledger.read', { ...account, asOf: '2026-03-12' });
          return (ledger as { collectableMinor: number }).collectableMinor;
        };
        const promise = { ...account, caseId, amountMinor: 1_000, date: '2026-03-13' };
        const { promiseId = '' } = await run('promise.make', promise);
        expect(await collectable()).toBe(0);
        expect(await run('promise.settle', { promiseId })).toEqual({ promiseResult: 'broken' });
        expect(await collectable()).toBe(1_000);
        expect(await run('dispute.open', { customerId, invoiceId: 'none' })).toEqual({
          disputeId: null,
        });
        const { disputeId = '' } = await run('dispute.open', { customerId, invoiceId });
        expect(await collectable()).toBe(0);
        const credit = { ...account, invoiceId, reasonCode: 'dispute', approver: 'leo' };
        expect(await run('credit-note.create', { ...credit, mostMinor: 0 })).toEqual({
          credited: { minor: 0, currency: 'EUR' },
        });
        expect(await run('credit-note.create', credit)).toEqual({
          credited: { minor: 1_000, currency: 'EUR' },
        });
        await run('dispute.close', { disputeId, result: 'accepted', creditedMinor: 1_000 });
        expect(await balance(customerId)).toEqual([0, 0, null]);
      });

      test('interest is reckoned by its terms', async () => {
        const customerId = await putCustomer();
        await issue(customerId, 100_000, '2026-01-01');
        const terms = { form: 'monthly', feePct: 2, monthPct: 1 };
        const of = { customerId, currency: 'EUR', asOf: '2026-02-15', terms };
        expect(await run('interest.compute', of)).toMatchObject({ interest: { minor: 3_500 } });
      });
    });

    describe('a suspension', () => {
      const active = (customerId: string) =>
        store().effects.runOnce(
          `look ${Math.random()}`,
          'look',
          'look',
          async (tx) => (await activeResources(tx, 'suspension', { customerId })).length,
        );

      test('ends, and does not come late once it was ended', async () => {
        const customerId = await putCustomer();
        await run('access.suspend', { customerId, suspensionId: 'S-1' });
        expect(await active(customerId)).toBe(1);
        await run('access.resume', { customerId, suspensionId: 'S-1' });
        expect(await active(customerId)).toBe(0);
        await expect(
          run('access.suspend', { customerId, suspensionId: 'S-1' }),
        ).rejects.toMatchObject({ type: 'PROVISIONING_BARRED' });
        expect(await active(customerId)).toBe(0);
      });
    });
  },
]);
