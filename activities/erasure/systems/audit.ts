/** Personal parts of the audit log: what was said and why. The entries stay, and the log stays sound. */
import { auditNumbers, eraseAuditParts, openAuditNumbers } from '../../../store/erasure/index.js';
import type { ErasedSystem, Erasing } from './system.js';

const numbersOf = ({ deps, subject }: Erasing): Promise<readonly number[]> =>
  deps.erasure.reading((db) => auditNumbers(db, subject));

/** Parts of entries about the customer or its instances. */
export const auditSystem: ErasedSystem = {
  id: 'audit',
  store: 'log',
  count: async (erasing) => ({ audit_personal: (await numbersOf(erasing)).length }),
  erase: async (erasing) => {
    const numbers = await numbersOf(erasing);
    await erasing.deps.erasure.reading((db) => eraseAuditParts(db, numbers));
    return null;
  },
  residue: async ({ deps, subject }) => {
    const { length } = await deps.erasure.reading((db) => openAuditNumbers(db, subject));
    return length > 0 ? [{ place: 'audit_personal', count: length }] : [];
  },
};
