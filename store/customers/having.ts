/** What customers may be looked for by that stands in rows of other tables. Class: pure. */
import { and, type Column, type SQL, sql } from 'drizzle-orm';

/** All that is given has to hold. */
export interface Having {
  /** They have an active subscription of this plan. */
  readonly planId?: string;
  /** `open`: they owe something; `overdue`: something that was due before `today`. */
  readonly debt?: 'open' | 'overdue';
  /** The day of whoever asks, `2026-03-02`. */
  readonly today?: string;
}

/** States of invoices of which something is owed. */
const OWED = sql`('open', 'partly-paid', 'disputed')`;

/** The condition on the id of a customer; undefined: nothing is asked for. */
export function havingCondition(
  customerId: Column,
  { planId, debt, today = '' }: Having,
): SQL | undefined {
  return and(
    planId === undefined
      ? undefined
      : sql`exists (select 1 from customer_subscriptions s where s.customer_id = ${customerId}
          and s.plan_id = ${planId} and s.state = 'active')`,
    // Each change of an invoice is a row of its own: the last one stands.
    debt === undefined
      ? undefined
      : sql`exists (select 1 from invoices i where i.customer_id = ${customerId} and i.state in ${OWED}
          and not exists (select 1 from invoices l where l.invoice_id = i.invoice_id and l.revision > i.revision)
          ${debt === 'overdue' ? sql`and i.due_date < ${today}` : sql``})`,
  );
}
