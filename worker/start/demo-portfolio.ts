/** Who looks after the customers of the demonstration: its csm the south, a group that nobody is in yet the rest. */
import type { CustomerRecord, LookedAfterBy, Store } from '../../store/index.js';
import { byOfEngine } from './identities.js';

const SOUTH: readonly string[] = ['BR', 'ES', 'PT'];
const NORTHERN: LookedAfterBy = { people: [], groups: ['csm-north'] };

/** Customers of the samples, and some whom a newcomer adds. */
const MOST = 200;

/** Gives each customer whom nobody looks after to somebody. Class: side effect. */
export async function shareCustomers(
  { store, record }: { readonly store: Store; readonly record: CustomerRecord },
  csm: string,
): Promise<void> {
  const { items } = await record.search({ limit: MOST }, []);
  const members = await store.portfolios.of(items.map(({ customerId }) => customerId));
  for (const [index, { customerId, country }] of items.entries()) {
    const { people = [], groups = [] } = members[index] ?? {};
    if (people.length + groups.length > 0) continue;
    const wanted = SOUTH.includes(country) ? { people: [csm], groups: [] } : NORTHERN;
    await store.portfolios.set(customerId, wanted, byOfEngine());
  }
}
