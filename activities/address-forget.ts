/**
 * `address.forget`: destroys the key of a kept address and removes it, with what the development catcher kept of the mails to it.
 * One that is gone already is fine.
 */
import * as z from 'zod';
import { keptAddress } from '../store/erasure/index.js';
import { forgetKept } from './erasure/kept-address.js';
import { type SideEffectDeps, sideEffect } from './side-effect.js';

/** → `{forgotten: true}`. */
export const addressForget = sideEffect({
  type: 'address.forget',
  describes: {
    title: 'Forget an address',
    says: 'Removes an address that was kept, and destroys its key.',
    output: { forgotten: 'that it is gone' },
  },
  input: z.object({ addressId: z.string().min(1).nullish() }),
  run: async ({ addressId }, _job, deps) => {
    if (!addressId) return { forgotten: true };
    await removeCaught(deps, addressId);
    await forgetKept(deps.erasure, addressId);
    return { forgotten: true };
  },
});

/** The last letter lies in the catcher as well; it was not sent to be kept there. */
async function removeCaught({ erasure }: SideEffectDeps, addressId: string): Promise<void> {
  const { reading, sealer, mails } = erasure;
  const kept = mails && (await reading((db) => keptAddress(db, sealer, addressId)));
  if (!mails || !kept) return;
  const address = kept.mail.toLowerCase();
  await mails.remove(
    await mails.find(async ({ to }) => to.some((one) => one.toLowerCase() === address)),
  );
}
