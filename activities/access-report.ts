/** `access.report`: how the accesses of a customer stand in the record, and which of them could be given back. */
import { OWNER, ownerOf } from './access/inputs.js';
import { contactsOf, grantsOf } from './access/record.js';
import { isRestorable } from './access/restorable.js';
import { sideEffect } from './side-effect.js';

/** `access.report`: `{customerId, scope, contactId?}` → `{open, restoreList, recipient}`; the lists hold ids of accesses. */
export const accessReport = sideEffect({
  type: 'access.report',
  input: OWNER,
  run: async (input, _job, deps) => {
    const owner = ownerOf(input);
    const grants = await grantsOf(deps.record, owner);
    const ids = (rows: typeof grants) => rows.map(({ grantId }) => grantId);
    const revoked = grants.filter(({ revokedAt }) => revokedAt !== null);
    const contacts = await contactsOf(deps.record, { ...owner, contactId: null });
    const primary = contacts.find(({ isPrimary }) => isPrimary) ?? contacts[0];
    return {
      open: ids(grants.filter(({ revokedAt }) => revokedAt === null)),
      restoreList: ids(revoked.filter(({ method }) => isRestorable(method))),
      recipient: primary
        ? { name: primary.name, mail: primary.mail, locale: primary.locale ?? 'en' }
        : null,
    };
  },
});
