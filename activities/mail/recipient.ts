/** Who gets a mail: given as such, or by an id and read at the moment of sending. Class: side effect. */
import type { JobInput } from '../../contracts/job.js';
import { keptAddress } from '../../store/erasure/index.js';
import { CONTACT } from '../../store/index.js';
import { final } from '../failures.js';
import { type Contact, invalidJob, type SideEffectDeps } from '../side-effect.js';

/** The ways to name somebody; one of them is given. */
interface Named {
  readonly recipient?: Contact | null | undefined;
  readonly recipientContactId?: string | null | undefined;
  readonly recipientAddressId?: string | null | undefined;
}

/** Finds the person; a kept address comes first, for the record may be erased. Errors: `RECIPIENT_UNKNOWN`, `JOB_INPUT_INVALID`. */
export async function recipientOf(
  { record, erasure }: SideEffectDeps,
  job: JobInput,
  { recipient, recipientContactId, recipientAddressId }: Named,
): Promise<Contact> {
  if (recipientAddressId) {
    const kept = await erasure.reading((db) => keptAddress(db, erasure.sealer, recipientAddressId));
    if (!kept) throw final('RECIPIENT_UNKNOWN', { recipient: recipientAddressId });
    const { locale, ...person } = kept;
    return locale === null ? person : { ...person, locale };
  }
  if (recipientContactId) {
    const found = await record.table(CONTACT).get(recipientContactId);
    if (!found || found.isErased)
      throw final('RECIPIENT_UNKNOWN', { recipient: recipientContactId });
    const { contactId, name, mail, locale } = found;
    return { contactId, name, mail, ...(locale !== null && { locale }) };
  }
  if (recipient) return recipient;
  const faults = 'recipient: one of recipient, recipientContactId, recipientAddressId is needed';
  throw invalidJob(job.elementId, faults);
}
