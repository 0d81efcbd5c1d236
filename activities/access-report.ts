/** `access.report`: how the accesses of a customer stand in the record, and which of them could be given back. */
import { OWNER, ownerOf } from './access/inputs.js';
import { contactsOf, grantsOf } from './access/record.js';
import { isRestorable } from './access/restorable.js';
import { sideEffect } from './side-effect.js';

/** Ids that fit into a variable with ease. */
const MOST_IDS = 500;

/**
 * `access.report`: `{customerId, scope, contactId?}` → `{open, restorable, restoreList, recipient}`: two counts, ids of
 * the first 500 that can be restored, and whom to tell of the customer. `access.restore` needs no list.
 */
export const accessReport = sideEffect({
  type: 'access.report',
  describes: {
    title: 'Read accesses',
    says: 'Tells how the accesses of a customer stand in the record.',
    output: {
      open: 'accesses that stand',
      restoreList: 'accesses that can be given back',
      recipient: 'whom to tell',
    },
  },
  input: OWNER,
  run: async (input, _job, deps) => {
    const owner = ownerOf(input);
    const grants = await grantsOf(deps.record, owner);
    const revoked = grants.filter(({ revokedAt }) => revokedAt !== null);
    const restorable = revoked.filter(({ method }) => isRestorable(method));
    const contacts = await contactsOf(deps.record, { ...owner, contactId: null });
    const primary = contacts.find(({ isPrimary }) => isPrimary) ?? contacts[0];
    return {
      open: grants.length - revoked.length,
      restorable: restorable.length,
      restoreList: restorable.slice(0, MOST_IDS).map(({ grantId }) => grantId),
      recipient: primary
        ? { name: primary.name, mail: primary.mail, locale: primary.locale ?? 'en' }
        : null,
    };
  },
});
