/** Which instance ends the relation with a customer: one at a time. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { endedAmong } from '../projections/ended.js';
import { leavings } from './tables.js';

/** Claims a customer for an instance; a claim of one that has ended counts no more. @returns whose it is */
export async function claimLeaving(
  tx: Queryable,
  customerId: string,
  instanceId: string,
): Promise<string> {
  await tx
    .delete(leavings)
    .where(and(eq(leavings.customerId, customerId), inArray(leavings.instanceId, endedAmong(tx))));
  const [row] = await tx
    .insert(leavings)
    .values({ customerId, instanceId })
    // updating the row locks and returns the winner, whoever it is
    .onConflictDoUpdate({
      target: leavings.customerId,
      set: { instanceId: sql`${leavings.instanceId}` },
    })
    .returning({ instanceId: leavings.instanceId });
  return row?.instanceId ?? instanceId;
}

/** Gives a customer free, if this instance has it. */
export async function releaseLeaving(
  tx: Queryable,
  customerId: string,
  instanceId: string,
): Promise<void> {
  await tx
    .delete(leavings)
    .where(and(eq(leavings.customerId, customerId), eq(leavings.instanceId, instanceId)));
}
