/** What customers may be looked for by that stands in rows of other tables. Class: pure. */
import { and, type Column, type SQL, sql } from 'drizzle-orm';
import { seesCustomer } from '../portfolio/conditions.js';
import type { Viewer } from '../portfolio/viewer.js';
import { STRIPPED } from './sealed-rows.js';

/** All that is given has to hold. */
export interface Having {
  /** They have an active subscription of this plan. */
  readonly planId?: string;
  /** `open`: they owe something; `overdue`: something that was due before `today`. */
  readonly debt?: 'open' | 'overdue';
  /** The day of whoever asks, `2026-03-02`. */
  readonly today?: string;
  /** This person looks after them, by login name. */
  readonly lookedAfterBy?: string;
  /** This person sees them. */
  readonly seenBy?: Viewer;
}

/** States of invoices of which something is owed. */
const OWED = sql`('open', 'partly-paid', 'disputed')`;

/** The condition on the id of a customer; undefined: nothing is asked for. */
export function havingCondition(
  customerId: Column,
  { planId, debt, today = '', lookedAfterBy, seenBy }: Having,
): SQL | undefined {
  return and(
    seenBy && seesCustomer(sql`${customerId}`, seenBy),
    lookedAfterBy === undefined
      ? undefined
      : sql`${customerId} in (select p.customer_id from customer_portfolio p
          where p.kind = 'person' and p.member = ${lookedAfterBy})`,
    planId === undefined
      ? undefined
      : sql`exists (select 1 from customer_subscriptions s where s.customer_id = ${customerId}
          and s.plan_id = ${planId} and s.state = 'active')`,
    // Each change of an invoice is a row of its own: the last one stands. Invoices of whom was erased are kept, and owed by
    // nobody.
    debt === undefined
      ? undefined
      : sql`exists (select 1 from customers c where c.customer_id = ${customerId} and c.sealed_contact <> ${STRIPPED})
          and exists (select 1 from invoices i where i.customer_id = ${customerId} and i.state in ${OWED}
          and not exists (select 1 from invoices l where l.invoice_id = i.invoice_id and l.revision > i.revision)
          ${debt === 'overdue' ? sql`and i.due_date < ${today}` : sql``})`,
  );
}
