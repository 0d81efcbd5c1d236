/** Marks by which a customer is known again, links that let in, and what was set up. */
import {
  countRegistry,
  detailResidue,
  eraseRegistry,
  namedResidue,
} from '../../../store/erasure/index.js';
import type { ErasedSystem } from './system.js';

/** Tables of which no row of the customer stays. */
const DELETED = ['customer_marks', 'access_links', 'export_links'];

/** The registry. */
export const registrySystem: ErasedSystem = {
  id: 'registry',
  store: 'tables',
  count: ({ deps, subject }) => deps.erasure.reading((db) => countRegistry(db, subject.customerId)),
  erase: async ({ deps, subject }) => {
    await deps.erasure.reading((db) =>
      db.transaction((tx) => eraseRegistry(tx, subject.customerId)),
    );
    return null;
  },
  residue: ({ deps, subject }) =>
    deps.erasure.reading(async (db) => [
      ...(await namedResidue(db, subject.customerId, DELETED)),
      ...(await detailResidue(db, subject.customerId)),
    ]),
};
