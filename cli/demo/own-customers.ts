/** Whether a store has customers that are none of the demonstration. Class: side effect (reads). */
import type { ControlClient } from '../../worker/control/client.js';

/** How many there are that have none of these tax ids. */
export async function ownCustomers(
  client: ControlClient,
  taxIds: readonly string[],
): Promise<number> {
  const { total } = await client.call('searchCustomers', { limit: 1 });
  if (total.count === 0) return 0;
  const found = await Promise.all(
    taxIds.map((taxId) => client.call('searchCustomers', { taxId, limit: 10 })),
  );
  const known = new Set(found.flatMap(({ items }) => items.map(({ customerId }) => customerId)));
  return Math.max(0, total.count - known.size);
}
