/** Who of a customer is written to: the sponsor first, then the primary contact, then in the order of the chain. Class: pure. */
import type { CONTACT, ReadRow } from '../../store/index.js';

type Row = ReadRow<typeof CONTACT>;

/** A contact whose address can be read. */
export type Reached = Extract<Row, { readonly isErased: false }>;

/** Contacts that mail reaches, the first to try first. */
export function chainOf(contacts: readonly Row[]): readonly Reached[] {
  const rank = ({ role, isPrimary }: Row): number => (role === 'sponsor' ? 0 : isPrimary ? 1 : 2);
  return contacts
    .filter((one): one is Reached => !one.isErased && one.state === 'active')
    .toSorted((a, b) => rank(a) - rank(b) || a.orderInChain - b.orderInChain);
}
