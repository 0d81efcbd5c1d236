/** The marks by which a customer of the record is known again, however it came there. Class: pure. */
import { companyDomain, type MarkText, taxIdText } from '../order/marks.js';
import { nationalNumber, vatPrefix } from '../tax-id/index.js';

/** What the marks of a customer are made of. */
export interface Marked {
  readonly country: string;
  /** As its country writes it, or with the country before it. */
  readonly taxId: string;
  readonly mails: readonly string[];
}

/** Orders name tax ids with the country before them or without: each of both is a mark. */
export function customerMarkTexts({ country, taxId, mails }: Marked): readonly MarkText[] {
  const number = nationalNumber(country, taxId);
  const prefix = vatPrefix(country);
  const domains = new Set(mails.flatMap((mail) => companyDomain(mail) ?? []));
  return [
    nationalText(country, number),
    ['tax-id', taxIdText(number)],
    ...(prefix === null ? [] : [['tax-id', taxIdText(prefix + number)] as const]),
    ...[...domains].map((domain) => ['mail-domain', domain] as const),
    ...[...new Set(mails.map(mailText))].map((mail) => ['mail', mail] as const),
  ];
}

/** The text of a tax id within its country. */
export function nationalText(country: string, number: string): MarkText {
  return ['national-tax-id', `${country} ${taxIdText(number)}`];
}

/** An address as its mark takes it. */
export function mailText(mail: string): string {
  return mail.trim().toLowerCase();
}
