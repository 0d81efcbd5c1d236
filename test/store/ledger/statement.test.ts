import { describe, expect, test } from 'vitest';
import type { LedgerRows } from '../../../store/ledger/index.js';
import { chargesOf, lastDueDate, owedBy, statementOf } from '../../../store/ledger/index.js';

const AT = '2026-01-01T12:00:00.000Z';
const FREE = { createdAt: AT, isErased: false as const, customerId: 'C-1', currency: 'BRL' };
const invoice = (invoiceId: string, dueDate: string, balanceMinor: number, more: object = {}) => ({
  ...{ ...FREE, invoiceId, revision: 1, number: `N-${invoiceId}`, amountMinor: 1_000, taxMinor: 0 },
  ...{ balanceMinor, feeMinor: null, interestMinor: null, slipRef: null, issuedAt: AT, dueDate },
  ...{ state: 'open' as const, ...more },
});
const payment = (amountMinor: number, more: object = {}) => ({
  ...{ ...FREE, paymentId: 'P-1', revision: 1, providerPaymentId: 'x', amountMinor, method: 'pix' },
  ...{ receivedAt: '2026-01-20T12:00:00.000Z', state: 'received' as const, ...more },
});
const part = (amountMinor: number) => ({
  ...{ ...FREE, allocationId: `A${amountMinor}`, paymentId: 'P-1', invoiceId: 'I-1', amountMinor },
  principalMinor: amountMinor,
});
const promise = (state: 'open' | 'kept') => ({
  ...{ ...FREE, promiseId: 'V-1', caseId: 'K-1', date: '2026-03-05', madeAt: AT, state },
  ...{ amountMinor: 400, updatedAt: AT, version: 1 },
});
const dispute = (closedAt: string | null, result: 'accepted' | 'rejected' | null) => ({
  ...{ ...FREE, disputeId: 'D-1', invoiceId: 'I-1', ticketId: null, reason: null },
  ...{ openedAt: '2026-01-11T12:00:00.000Z', closedAt, result, creditedMinor: null },
  ...{ updatedAt: AT, version: 1 },
});

const rows = (given: Partial<LedgerRows>): LedgerRows =>
  ({ invoices: [], payments: [], allocations: [], promises: [], disputes: [], ...given }) as never;

const I1 = invoice('I-1', '2026-01-01', 1_000);
const I2 = invoice('I-2', '2026-03-01', 1_000);

/** On 2026-02-01: what stands open, what may be demanded, and how old it is. */
const runs: readonly [string, Partial<LedgerRows>, readonly [number, number, number | null]][] = [
  ['nothing', {}, [0, 0, null]],
  ['one that was due a month ago', { invoices: [I1] }, [1_000, 1_000, 31]],
  ['one that is due in a month does not belong to it', { invoices: [I1, I2] }, [1_000, 1_000, 31]],
  [
    'the last row of an invoice counts',
    { invoices: [I1, invoice('I-1', '2026-01-01', 0, { revision: 2, state: 'paid' })] },
    [0, 0, null],
  ],
  ['another currency', { invoices: [{ ...I1, currency: 'EUR' }] }, [0, 0, null]],
  ['written off', { invoices: [{ ...I1, state: 'written-off' as const }] }, [0, 0, null]],
  [
    'money without an invoice is taken off',
    { invoices: [I1], payments: [payment(300)] },
    [700, 700, 31],
  ],
  [
    'money that pays it all, though nobody allocated it',
    { invoices: [I1], payments: [payment(1_500)] },
    [0, 0, null],
  ],
  [
    'what was taken back pays nothing',
    { invoices: [I1], payments: [payment(300), payment(300, { revision: 2, state: 'reversed' })] },
    [1_000, 1_000, 31],
  ],
  [
    'what is allocated is in the balance already',
    {
      invoices: [invoice('I-1', '2026-01-01', 700)],
      payments: [payment(300)],
      allocations: [part(300)],
    },
    [700, 700, 31],
  ],
  [
    'promised: nothing may be demanded',
    { invoices: [I1], promises: [promise('open')] },
    [1_000, 0, null],
  ],
  ['a promise that was kept', { invoices: [I1], promises: [promise('kept')] }, [1_000, 1_000, 31]],
  ['disputed', { invoices: [I1], disputes: [dispute(null, null)] }, [1_000, 0, null]],
  [
    'rejected: as old as it was',
    { invoices: [I1], disputes: [dispute('2026-01-21T12:00:00.000Z', 'rejected')] },
    [1_000, 1_000, 21],
  ],
  [
    'a due date that is today is not late',
    { invoices: [invoice('I-1', '2026-02-01', 1_000)] },
    [1_000, 1_000, 0],
  ],
  ['due in five days', { invoices: [invoice('I-1', '2026-02-06', 1_000)] }, [1_000, 1_000, -5]],
  ['due in six', { invoices: [invoice('I-1', '2026-02-07', 1_000)] }, [0, 0, null]],
  ['erased', { invoices: [{ isErased: true } as never] }, [0, 0, null]],
];

describe('statement', () => {
  test.each(runs)('%s', (_name, given, wanted) => {
    const { balanceMinor, collectableMinor, ageDays } = statementOf(
      rows(given),
      'BRL',
      '2026-02-01',
    );
    expect([balanceMinor, collectableMinor, ageDays]).toEqual(wanted);
  });

  test('what is owed for what was due by a day does not hear of other invoices', () => {
    const old = invoice('I-1', '2026-01-01', 1_000);
    const next = invoice('I-2', '2026-02-03', 400);
    const of = (given: Partial<LedgerRows>) => statementOf(rows(given), 'BRL', '2026-02-01');
    const both = of({ invoices: [old, next] });
    expect([lastDueDate(both), owedBy(both, '2026-02-03'), owedBy(both, '2026-01-01')]).toEqual([
      ...['2026-02-03', 1_400, 1_000],
    ]);
    const disputed = of({ invoices: [old, next], disputes: [dispute(null, null)] });
    expect(owedBy(disputed, '2026-01-01')).toBe(1_000);
    const paid = of({ invoices: [old, next], payments: [payment(300)] });
    expect(owedBy(paid, '2026-01-01')).toBe(700);
    expect(lastDueDate(of({}))).toBe('2026-02-01');
  });

  test('charges are reckoned on the balance of each day', () => {
    const given = rows({
      invoices: [invoice('I-1', '2026-01-01', 50_000, { amountMinor: 100_000 })],
      payments: [payment(50_000, { receivedAt: '2026-01-31T12:00:00.000Z' })],
      allocations: [part(50_000)],
    });
    const yearly = chargesOf(given, 'BRL', '2026-03-02', { form: 'yearly', annualPct: 10 });
    const monthly = chargesOf(given, 'BRL', '2026-03-02', {
      form: 'monthly',
      feePct: 2,
      monthPct: 1,
    });
    expect([yearly[0]?.chargeMinor, monthly[0]?.chargeMinor]).toEqual([1_233, 2_000]);
  });
});
