/** The customer record: contact data and texts go, financial records are kept under a key of their own as the law says. */

import { dayOf } from '../../../contracts/days.js';
import {
  countRecord,
  erasableTables,
  eraseTable,
  type RecordErasing,
  recordResidue,
} from '../../../store/erasure/index.js';
import { keyIdOf } from '../subject.js';
import type { ErasedSystem, Erasing } from './system.js';

/** Tables of the record. */
export const recordSystem: ErasedSystem = {
  id: 'record',
  store: 'tables',
  count: async ({ deps, subject }) => {
    const today = dayOf(deps.now());
    const { reading } = deps.erasure;
    const counts = await reading((db) => countRecord(db, subject.customerId, today));
    return Object.fromEntries(counts.map(({ recordClass, count }) => [recordClass, count]));
  },
  erase: async (erasing) => {
    const { reading, sealer } = erasing.deps.erasure;
    const told = await recordErasing(erasing);
    const counts = [];
    for (const declaration of erasableTables()) {
      counts.push(
        await reading((db) => db.transaction((tx) => eraseTable(tx, sealer, declaration, told))),
      );
    }
    return counts;
  },
  residue: ({ deps, subject }) =>
    deps.erasure.reading((db) => recordResidue(db, subject.customerId)),
};

/** Makes the keys under which something is kept before anything is sealed under them. */
async function recordErasing({ deps, subject, retained }: Erasing): Promise<RecordErasing> {
  const { requestId, customerId } = subject;
  const retentionKeyId = keyIdOf('retention', requestId);
  const holdKeyId = keyIdOf('hold', requestId);
  for (const keyId of [retentionKeyId, holdKeyId]) await deps.erasure.keys.make(keyId);
  const found = retained.find((one) => one.class === 'ledger');
  const ledger = found ? { until: found.until, law: found.law } : null;
  const today = dayOf(deps.now());
  return { requestId, customerId, today, ledger, retentionKeyId, holdKeyId };
}
