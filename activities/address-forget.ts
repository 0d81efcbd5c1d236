/** `address.forget`: removes a kept address and destroys its key. One that is gone already is fine. */
import * as z from 'zod';
import { forgetAddress } from '../store/erasure/index.js';
import { once, sideEffect } from './side-effect.js';

/** → `{forgotten: true}`. */
export const addressForget = sideEffect({
  type: 'address.forget',
  describes: {
    title: 'Forget an address',
    says: 'Removes an address that was kept, and destroys its key.',
    output: { forgotten: 'that it is gone' },
  },
  input: z.object({ addressId: z.string().min(1).nullish() }),
  run: async ({ addressId }, job, deps) => {
    if (!addressId) return { forgotten: true };
    const { keyId } = await once(deps, job, 'address.forget', { addressId }, async (tx) => ({
      keyId: await forgetAddress(tx, addressId),
    }));
    if (keyId !== null) await deps.erasure.keys.destroy(keyId);
    return { forgotten: true };
  },
});
