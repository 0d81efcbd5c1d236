/** What the side effects of payments tell of a posting. */
import type { JobInput } from '../../contracts/job.js';
import type { Json, Variables } from '../../engine/model/index.js';
import {
  type Book,
  type LedgerRows,
  type Posting,
  paymentsOf,
  readLedger,
  restOf,
} from '../../store/ledger/index.js';
import type { SideEffectDeps } from '../side-effect.js';
import { post } from './posting.js';

/** A keyed hash of what a provider calls a payment. */
export const markOf = (deps: SideEffectDeps, providerPaymentId: string): Promise<string> =>
  deps.fingerprint(`payment ${providerPaymentId}`);

/**
 * Posts, and tells what came of it: `{result, ledgerPaymentId, customerId, currency, restMinor}`. Amounts are read
 * afterwards, for they are not kept in the open.
 */
export async function postMoney(
  deps: SideEffectDeps,
  job: JobInput,
  request: Json,
  change: (book: Book) => Promise<Posting>,
): Promise<Variables> {
  const { kind, ...of } = request as { readonly kind: string };
  const done = await post(deps, job, kind, of, async (book) => {
    const { restMinor: _, ...kept } = await change(book);
    return { ...kept };
  });
  const { paymentId, customerId } = done;
  const restMinor =
    paymentId && customerId ? rest(await readLedger(deps.record, customerId), paymentId) : 0;
  const { result, currency } = done;
  return { posting: { result, ledgerPaymentId: paymentId, customerId, currency, restMinor } };
}

function rest(rows: LedgerRows, paymentId: string): number {
  const payment = paymentsOf(rows).find((one) => one.paymentId === paymentId);
  return payment ? restOf(payment, rows) : 0;
}
