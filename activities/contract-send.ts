/**
 * `contract.send`: registers the next version of a contract under its hash and mails it to the signer. A version that
 * was out before is superseded: nothing waits for its id any more, so its link is dead.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { createResources, noteMarks, supersede } from '../store/registry/index.js';
import { newId } from './identifiers.js';
import { sendJobMail } from './mail-send.js';
import { marksOf } from './order/marks.js';
import { CONTACT, MONEY, once, partOf, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  orderId: z.string().min(1),
  attempt: z.string().min(1),
  legalName: z.string().min(1),
  taxId: z.string(),
  planId: z.string(),
  seats: z.number().int(),
  value: MONEY,
  terms: z.enum(['standard', 'custom']),
  termsNote: z.string().nullish(),
  dpaVersion: z.string(),
  route: z.object({ signers: z.number().int().min(1) }),
  contractVersion: z.number().int().min(0),
  billingContact: CONTACT,
  adminContact: CONTACT,
  locale: z.string().default('en'),
});

/** `contract.send`: → `{contract: {contractId, version, sha256, signerContactId, sentAt}}`. */
export const contractSend = sideEffect({
  type: 'contract.send',
  describes: {
    title: 'Send contract',
    says: 'Registers the next version of a contract and mails it to the signer.',
    output: { contract: 'the version that is out' },
    sendsMail: true,
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const { customerId, attempt, billingContact, contractVersion } = input;
    const version = contractVersion + 1;
    const marks = await marksOf(input, deps.fingerprint);
    const sha256 = createHash('sha256').update(documentOf(input, version)).digest('hex');
    const contract = await once(deps, job, 'contract.send', { attempt, version }, async (tx) => {
      const contractId = newId(deps.now());
      await supersede(tx, attempt, 'contract');
      await noteMarks(tx, customerId, marks);
      const detail = { version, sha256, signers: input.route.signers, dpa: input.dpaVersion };
      const { effectKey } = job;
      const kind = 'contract' as const;
      const row = { resourceId: contractId, kind, customerId, attempt, detail, effectKey };
      await createResources(tx, [row]);
      const signerContactId = billingContact.contactId ?? newId(deps.now());
      return { contractId, version, sha256, signerContactId };
    });
    const { legalName } = input;
    const data = { legalName, contractId: contract.contractId, contractVersion: version };
    const mail = { recipient: billingContact, locale: input.locale, data };
    const mailJob = partOf(job, 'mail');
    const { sentAt } = await sendJobMail(deps, mailJob, { ...mail, whenUnknown: 'ask' });
    return { contract: { ...contract, sentAt } };
  },
});

/** What is agreed on, as text that is the same wherever it is made. */
function documentOf(input: z.infer<typeof INPUT>, version: number): string {
  const { orderId, customerId, legalName, taxId, planId, seats, value, terms, dpaVersion } = input;
  return JSON.stringify([
    ['order', orderId],
    ['customer', customerId, legalName, taxId],
    ['version', version],
    ['plan', planId, seats],
    ['value', value.minor, value.currency],
    ['terms', terms, input.termsNote ?? ''],
    ['dpa', dpaVersion],
    ['signers', input.route.signers],
  ]);
}
