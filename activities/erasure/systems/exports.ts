/** Packages of the customer's data in the folder of exports. What was downloaded is out of our hands. */
import { EXPORT } from '../../../store/index.js';
import type { ErasedSystem, Erasing } from './system.js';

/** Files of exports. */
export const exportsSystem: ErasedSystem = {
  id: 'exports',
  store: 'objects',
  count: async (erasing) => ({ files: (await pathsOf(erasing)).length }),
  erase: async (erasing) => {
    await erasing.deps.erasure.exports.remove(await pathsOf(erasing));
    return null;
  },
  residue: async (erasing) => {
    const { length } = await pathsOf(erasing);
    return length > 0 ? [{ place: 'files of exports', count: length }] : [];
  },
};

async function pathsOf({ deps, subject }: Erasing): Promise<readonly string[]> {
  const rows = await deps.record.table(EXPORT).of([subject.customerId]);
  return deps.erasure.exports.find(rows.map(({ exportId }) => exportId));
}
