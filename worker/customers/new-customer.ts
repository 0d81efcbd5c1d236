/** A customer of the record made of a line, with the marks by which it is known again. */
import { customerMarkTexts, mailText, nationalText } from '../../activities/customer/marks.js';
import { newId } from '../../activities/identifiers.js';
import { type Fingerprint, fingerprints } from '../../activities/order/marks.js';
import { nationalNumber } from '../../activities/tax-id/index.js';
import type { NewCustomer } from '../../store/index.js';
import type { Mark } from '../../store/registry/index.js';
import type { CustomerValues } from './line.js';

/** Makes it; ids are new. Class: side effect (chance). */
export async function newCustomer(
  values: CustomerValues,
  fingerprint: Fingerprint,
  nowMs: number,
): Promise<NewCustomer> {
  const customerId = newId(nowMs);
  const { legalName, taxId, country, tz, locale, since } = values;
  return {
    customer: {
      ...{ customerId, legalName, taxId, country, tz, locale, since },
      ...{ stage: null, touch: null, maturity: null, isStrategic: false, healthScore: null },
      state: 'active',
    },
    contact: {
      ...{ contactId: newId(nowMs), customerId, name: values.contactName },
      ...{ mail: values.contactMail, phone: null, tz: null, locale: null },
      ...{ role: 'admin', state: 'active', isPrimary: true, orderInChain: 1 },
    },
    subscription: {
      ...{ subscriptionId: newId(nowMs), customerId, planId: values.planId, seats: null },
      ...{ priceMinor: values.mrrMinor, currency: values.currency, discountPct: 0 },
      ...{ period: 'month', startsAt: since, endsAt: null, state: 'active' },
    },
    marks: await fingerprints(
      customerMarkTexts({ ...values, mails: [values.contactMail] }),
      fingerprint,
    ),
  };
}

/** The mark of a tax id within its country. */
export function taxIdMarks(
  taxId: string,
  countries: Iterable<string>,
  fingerprint: Fingerprint,
): Promise<readonly Mark[]> {
  const texts = [...countries].map((country) =>
    nationalText(country, nationalNumber(country, taxId)),
  );
  return fingerprints(texts, fingerprint);
}

/** The mark of an address. */
export function mailMarks(mail: string, fingerprint: Fingerprint): Promise<readonly Mark[]> {
  return fingerprints([['mail', mailText(mail)]], fingerprint);
}
