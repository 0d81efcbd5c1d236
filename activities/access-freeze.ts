/** `access.freeze`: from here on nothing new lets the customer, or one contact of it, in; `access.restore` lifts it. */
import { freeze } from '../store/registry/index.js';
import { OWNER, ownerOf } from './access/inputs.js';
import { once, sideEffect } from './side-effect.js';

/** `access.freeze`: `{customerId, scope, contactId?}` → `{frozenAt}`. */
export const accessFreeze = sideEffect({
  type: 'access.freeze',
  describes: {
    title: 'Freeze new access',
    says: 'From here on nothing new lets the customer in.',
    output: { frozenAt: 'since when' },
  },
  input: OWNER,
  run: (input, job, deps) => {
    const owner = ownerOf(input);
    return once(deps, job, 'access.freeze', { ...owner }, async (tx) => ({
      frozenAt: await freeze(tx, owner, job.effectKey),
    }));
  },
});
