/**
 * `journeys.suppress`: no more mail to the people of a customer but what they are owed. Of their addresses only keyed
 * hashes are kept.
 */

import { suppress } from '../store/erasure/index.js';
import { CONTACT } from '../store/index.js';
import { changeRequest, SUBJECT, subjectOf } from './erasure/subject.js';
import { addressHash } from './mail/suppression.js';
import { once, sideEffect } from './side-effect.js';

/** → `{suppressed}`: how many addresses are new on the list. */
export const journeysSuppress = sideEffect({
  type: 'journeys.suppress',
  describes: {
    title: 'Suppress mails',
    says: 'No more mail to the people of a customer but what they are owed.',
    output: { suppressed: 'addresses that are new on the list' },
  },
  input: SUBJECT,
  run: async (input, job, deps) => {
    const { customerId, requestId } = await subjectOf(deps.record, deps.erasure.keys, input);
    const contacts = await deps.record.table(CONTACT).of([customerId]);
    const mails = contacts.flatMap((one) => (one.isErased ? [] : [one.mail]));
    const hashes = await Promise.all(mails.map((mail) => addressHash(deps, mail)));
    return once(deps, job, 'journeys.suppress', { requestId }, async (tx) => {
      const at = new Date(deps.now()).toISOString();
      const why = { list: 'erasure', reason: 'erased', at };
      const suppressed = await suppress(tx, customerId, hashes, why);
      await changeRequest(deps.record.within(tx), requestId, { suppressedAt: at });
      return { suppressed };
    });
  },
});
