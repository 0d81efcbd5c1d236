/** Whether a store has customers that are none of the demonstration. Class: side effect (reads). */
import type { ControlClient } from '../../worker/control/client.js';

/** As many are looked at for those who were erased: the demonstration has few of its own. */
const LOOKED_AT = 100;

/** How many there are that have none of these tax ids; `leave`: as many of the demonstration's are erased in the end. */
export async function ownCustomers(
  client: ControlClient,
  taxIds: readonly string[],
  leave: number,
): Promise<number> {
  const { items: first, total } = await client.call('searchCustomers', { limit: LOOKED_AT });
  if (total.count === 0) return 0;
  const found = await Promise.all(
    taxIds.map((taxId) => client.call('searchCustomers', { taxId, limit: 10 })),
  );
  const known = new Set(found.flatMap(({ items }) => items.map(({ customerId }) => customerId)));
  const erased = first.filter(({ isErased }) => isErased).length;
  return Math.max(0, total.count - known.size - Math.min(erased, leave));
}
