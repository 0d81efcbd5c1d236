/** What people read of instances: variables, tasks, incidents, timers, subscriptions, and keys of their starts. */
import { countProjections, eraseProjections } from '../../../store/erasure/index.js';
import type { ErasedSystem } from './system.js';

/** Projections of the instances under the customer's key. */
export const projectionsSystem: ErasedSystem = {
  id: 'projections',
  store: 'tables',
  count: ({ deps, subject }) => deps.erasure.reading((db) => countProjections(db, subject.keyIds)),
  erase: async ({ deps, subject }) => {
    await deps.erasure.reading((db) =>
      db.transaction((tx) => eraseProjections(tx, subject.keyIds)),
    );
    return null;
  },
  residue: async ({ deps, subject }) => {
    const counts = await deps.erasure.reading((db) => countProjections(db, subject.keyIds));
    const left = Object.entries(counts).filter(([, count]) => count > 0);
    return left.map(([place, count]) => ({ place, count }));
  },
};
