/**
 * Mails that the development catcher kept: those to an address of the customer's people, which are known by their hashes
 * alone, for the addresses themselves may be gone already; and those that the customer's instances sent.
 */
import { effectsAmong } from '../../../store/erasure/index.js';
import { SUPPRESSION } from '../../../store/index.js';
import { addressHash } from '../../mail/suppression.js';
import type { ErasedSystem, Erasing } from './system.js';

/** Caught mails; there are none where mail goes to a server. */
export const mailsSystem: ErasedSystem = {
  id: 'mails',
  store: 'objects',
  count: async (erasing) => ({ caught: (await idsOf(erasing)).length }),
  erase: async (erasing) => {
    await erasing.deps.erasure.mails?.remove(await idsOf(erasing));
    return null;
  },
  residue: async (erasing) => {
    const { length } = await idsOf(erasing);
    return length > 0 ? [{ place: 'caught mails', count: length }] : [];
  },
};

async function idsOf({ deps, subject }: Erasing): Promise<readonly string[]> {
  const { mails } = deps.erasure;
  if (mails === null) return [];
  const rows = await deps.record.table(SUPPRESSION).of([subject.customerId]);
  const hashes = new Set(rows.map(({ hash }) => hash));
  return mails.find(async ({ to, key }) => {
    for (const address of to) if (hashes.has(await addressHash(deps, address))) return true;
    if (key === null) return false;
    // A mail of one of the customer's instances, to whomever it went.
    const { reading } = deps.erasure;
    return (await reading((db) => effectsAmong(db, subject.keyIds, [key]))).size > 0;
  });
}
