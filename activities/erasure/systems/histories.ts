/**
 * Histories of the customer's instances in Temporal, and their journals: both are encrypted under the customer's key and
 * go with it, in backups too. Until then none of them may run. One that ended without telling its journal, because it was
 * terminated or Temporal has lost it, is told of here: the ledger counts them.
 */
import { openInstances } from '../../../store/erasure/index.js';
import type { ErasedSystem } from './system.js';

/** Histories and journals. */
export const historiesSystem: ErasedSystem = {
  id: 'histories',
  store: 'histories',
  count: async ({ deps, subject }) => ({
    instances: (await deps.erasure.reading((db) => openInstances(db, subject.keyIds))).length,
  }),
  erase: async ({ deps, subject }) => {
    const { reading, instances } = deps.erasure;
    for (const instanceId of await reading((db) => openInstances(db, subject.keyIds))) {
      await instances.noteEnded(instanceId, subject.requestId);
    }
    return null;
  },
  residue: async ({ deps, subject }) => {
    const open = await deps.erasure.reading((db) => openInstances(db, subject.keyIds));
    return open.length > 0 ? [{ place: 'running instances', count: open.length }] : [];
  },
};
