/**
 * `address.keep`: keeps the address of the customer's sponsor under a key of its own, for the letter that closes the
 * relation: the customer's key may be destroyed before that goes out.
 */
import * as z from 'zod';
import { keepAddress } from '../store/erasure/index.js';
import { CONTACT } from '../store/index.js';
import { chainOf } from './contact/chain.js';
import { keyIdOf } from './erasure/subject.js';
import { once, sideEffect } from './side-effect.js';

/**
 * → `{addressId, ownAddressId}`: both null where the customer has no contact whose address can be read. With an `addressId`
 * that somebody keeps already nothing is kept, and `ownAddressId` is null: who keeps an address forgets it.
 */
export const addressKeep = sideEffect({
  type: 'address.keep',
  describes: {
    title: 'Keep an address',
    says: 'Keeps the address for the closing letter under a key of its own.',
    output: {
      addressId: 'the address; null when there is none',
      ownAddressId: 'the address, where it was kept just now',
    },
  },
  input: z.object({ customerId: z.string().min(1), addressId: z.string().min(1).nullish() }),
  run: async ({ customerId, addressId: given }, job, deps) => {
    if (given) return { addressId: given, ownAddressId: null };
    const { keys, sealer } = deps.erasure;
    const contact = chainOf(await deps.record.table(CONTACT).of([customerId]))[0] ?? null;
    const keyId = keyIdOf('address', job.effectKey);
    const addressId = keyIdOf('address', keyId);
    const canSeal = contact !== null && (await keys.make(keyId));
    return once(deps, job, 'address.keep', { customerId }, async (tx) => {
      if (!contact || !canSeal) return { addressId: null, ownAddressId: null };
      const { name, mail, locale } = contact;
      await keepAddress(tx, sealer, { addressId, customerId, keyId }, { name, mail, locale });
      return { addressId, ownAddressId: addressId };
    });
  },
});
