/** How side effects post: in one transaction with their row of the effects, and without an amount in that row. */
import type { ApplicationFailure } from '@temporalio/common';
import * as z from 'zod';
import { dayIn } from '../../contracts/days.js';
import type { JobInput } from '../../contracts/job.js';
import type { Json } from '../../engine/model/index.js';
import { type Book, debtorOf, type Statement } from '../../store/ledger/index.js';
import { final } from '../failures.js';
import { newId } from '../identifiers.js';
import { once, type SideEffectDeps } from '../side-effect.js';

/** A currency as money is posted in it: `eur` would be an account of its own. */
export const CURRENCY = z.string().regex(/^[A-Z]{3}$/, 'a currency, ISO 4217');

/** An account: a customer in a currency. */
export const ACCOUNT = z.object({ customerId: z.string().min(1), currency: CURRENCY });

/** A LocalDate. */
export const DAY = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-03-02');

/** Posts once. What `change` returns stands in the open: ids, states, counts, and no amounts. */
export function post<T extends Json>(
  deps: SideEffectDeps,
  job: JobInput,
  kind: string,
  request: Json,
  change: (book: Book) => Promise<T>,
): Promise<T> {
  return once(deps, job, kind, request, (tx) =>
    change({
      tx,
      record: deps.record.within(tx),
      newId: () => newId(deps.now()),
      at: new Date(deps.now()).toISOString(),
    }),
  );
}

/** The day that it is for a customer. Errors: `CUSTOMER_UNKNOWN`, for good. */
export async function todayOf(deps: SideEffectDeps, customerId: string): Promise<string> {
  const debtor = await debtorOf(deps, customerId);
  if (!debtor) throw unknownCustomer(customerId);
  return dayIn(deps.now(), debtor.tz);
}

/** A customer that is not in the record, or was erased. */
export function unknownCustomer(customer: string): ApplicationFailure {
  return final('CUSTOMER_UNKNOWN', { customer });
}

/** Lines that a process is given; more make no mail and no form better. */
const MOST_LINES = 20;

/** A statement as a process holds it. */
export function plainStatement(statement: Statement): Readonly<Record<string, Json>> {
  const { invoices, oldest, ...rest } = statement;
  const shown = invoices.slice(0, MOST_LINES).map((line) => ({ ...line }));
  return { ...rest, oldest: oldest && { ...oldest }, invoices: shown, count: invoices.length };
}
