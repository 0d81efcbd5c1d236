/**
 * What stays of a customer that is erased says where it stands: nothing of a customer who is gone is open or goes on.
 * Class: side effect (transaction).
 */
import { and, eq, ne } from 'drizzle-orm';
import { tableOf } from '../customers/columns.js';
import { SUBSCRIPTION, TICKET } from '../customers/entities/index.js';
import type { Queryable } from '../database.js';

/** Closes tickets and ends subscriptions; again it changes nothing. */
export async function settleStates(tx: Queryable, customerId: string): Promise<void> {
  const tickets = tableOf(TICKET);
  await tx
    .update(tickets)
    .set({ status: 'closed' } as never)
    .where(and(eq(tickets.customerId, customerId), ne(tickets.status, 'closed' as never)));
  const subscriptions = tableOf(SUBSCRIPTION);
  await tx
    .update(subscriptions)
    .set({ state: 'ended' } as never)
    .where(
      and(eq(subscriptions.customerId, customerId), eq(subscriptions.state, 'active' as never)),
    );
}
