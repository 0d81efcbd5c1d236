/** A debtor for tests of collections: a ledger of real arithmetic, and answers of its jobs. */

import type { Variables } from '../../../engine/model/index.js';
import type { JobAnswer, JobCall } from '../../../engine/play/index.js';
import { type LedgerRows, owedBy, statementOf } from '../../../store/ledger/index.js';

/** What happened to the debtor. */
export interface Debtor {
  /** Answers jobs; each takes `afterMs` of virtual time. */
  readonly answer: (call: JobCall) => JobAnswer;
  /** Pays everything. */
  readonly pay: () => void;
  /** Takes the payment back. */
  readonly takeBack: () => void;
  /** Instants at which demands went out. */
  readonly demands: readonly { readonly mail: string; readonly at: string }[];
  /** Task types of the jobs so far. */
  readonly jobs: readonly string[];
  readonly isSuspended: () => boolean;
}

const AMOUNT = 149_000;
const OPEN = {
  ...{ invoiceId: 'I-1', revision: 1, customerId: 'C-1', number: 'INV-000001', slipRef: null },
  ...{ amountMinor: AMOUNT, taxMinor: 0, balanceMinor: AMOUNT, feeMinor: 0, interestMinor: 0 },
  ...{ currency: 'BRL', issuedAt: '2026-02-01T12:00:00.000Z', dueDate: '2026-03-02' },
  ...{ createdAt: '2026-02-01T12:00:00.000Z', isErased: false as const, state: 'open' as const },
};

/** Makes a debtor who owes one invoice. */
export function createDebtor(afterMs = 0): Debtor {
  let revision = 1;
  let isPaid = false;
  let suspension: string | null = null;
  const demands: { mail: string; at: string }[] = [];
  const jobs: string[] = [];
  const rows = (): LedgerRows => {
    const state = isPaid ? ('paid' as const) : OPEN.state;
    const balanceMinor = isPaid ? 0 : AMOUNT;
    const invoices = [{ ...OPEN, revision, state, balanceMinor }];
    return { invoices, payments: [], allocations: [], promises: [], disputes: [] };
  };
  const statement = (asOf: unknown) => statementOf(rows(), 'BRL', String(asOf));
  const answers: Readonly<Record<string, (call: JobCall) => Variables>> = {
    'case.open': () => ({
      caseId: 'K-1',
      debtor: {
        ...{ legalName: 'Padaria Aurora Ltda', tz: 'America/Sao_Paulo', locale: 'pt-BR' },
        ...{ hasLeft: false, contact: { name: 'Ana', mail: 'ana@aurora.example' } },
      },
    }),
    'ledger.read': ({ job }) => {
      const asOf = String(job.variables.asOf);
      const dueBy = String(job.variables.dueBy ?? asOf);
      const dueByMinor = owedBy(statement(asOf), dueBy);
      return { ledger: { ...statement(asOf), dueBy, dueByMinor } as never };
    },
    'demand.send': ({ job, at }) => {
      const demandSent = statement(job.variables.asOf).collectableMinor > 0;
      if (demandSent) demands.push({ mail: String(job.headers['jornada:mail']), at });
      return { demandSent, sentAt: demandSent ? at : null };
    },
    'payment.retry': () => ({ retry: 'none' }),
    'interest.compute': () => ({ interest: { minor: 5_215, currency: 'BRL' }, charges: [] }),
    'case.note': () => ({}),
    'case.close': () => ({ recovered: { minor: isPaid ? AMOUNT : 0, currency: 'BRL' } }),
    'access.suspend': ({ job }) => {
      suspension = String(job.variables.suspensionId);
      return {};
    },
    'access.resume': ({ job }) => {
      if (suspension === job.variables.suspensionId) suspension = null;
      return {};
    },
    'writeoff.post': () => ({ writtenOff: { minor: isPaid ? 0 : AMOUNT, currency: 'BRL' } }),
    notify: ({ at }) => ({ sentAt: at }),
  };
  return {
    demands,
    jobs,
    isSuspended: () => suspension !== null,
    pay: () => {
      [isPaid, revision] = [true, revision + 1];
    },
    takeBack: () => {
      [isPaid, revision] = [false, revision + 1];
    },
    answer: (call) => {
      jobs.push(call.job.type);
      const of = answers[call.job.type];
      if (!of) throw new Error(`no answer for ${call.job.type}`);
      return { kind: 'complete', variables: of(call), afterMs };
    },
  };
}
