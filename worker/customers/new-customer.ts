/** A customer of the record made of a line, with the marks by which it is known again. */
import { newId } from '../../activities/identifiers.js';
import {
  companyDomain,
  type Fingerprint,
  fingerprints,
  type MarkText,
  taxIdText,
} from '../../activities/order/marks.js';
import { nationalNumber, vatPrefix } from '../../activities/tax-id/index.js';
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
    marks: await fingerprints(markTexts(values), fingerprint),
  };
}

/** Orders name tax ids with the country before them or without: each of both is a mark. */
function markTexts({ country, taxId, contactMail }: CustomerValues): readonly MarkText[] {
  const prefix = vatPrefix(country);
  const domain = companyDomain(contactMail);
  return [
    nationalText(country, taxId),
    ['tax-id', taxIdText(taxId)],
    ...(prefix === null ? [] : [['tax-id', taxIdText(prefix + taxId)] as const]),
    ...(domain === null ? [] : [['mail-domain', domain] as const]),
    mailText(contactMail),
  ];
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
  return fingerprints([mailText(mail)], fingerprint);
}

const nationalText = (country: string, number: string): MarkText => [
  'national-tax-id',
  `${country} ${taxIdText(number)}`,
];

const mailText = (mail: string): MarkText => ['mail', mail.trim().toLowerCase()];
