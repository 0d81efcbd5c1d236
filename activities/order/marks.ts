/** The marks of an order: keyed hashes of what two orders of one customer have in common. */
import type { Mark } from '../../store/registry/index.js';

interface Order {
  readonly orderId: string;
  readonly taxId: string;
  readonly billingContact: { readonly mail: string };
  readonly adminContact: { readonly mail: string };
}

/** Domains where anybody may have an address say nothing about a customer. */
const PUBLIC_DOMAINS: ReadonlySet<string> = new Set([
  'bol.com.br',
  'gmail.com',
  'gmx.de',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'outlook.com',
  'outlook.com.br',
  'proton.me',
  'terra.com.br',
  'uol.com.br',
  'web.de',
  'yahoo.com',
  'yahoo.com.br',
]);

/** Makes keyed hashes. */
export type Fingerprint = (text: string) => Promise<string>;

/** The marks of an order. */
export function marksOf(
  { orderId, taxId, billingContact, adminContact }: Order,
  fingerprint: Fingerprint,
): Promise<readonly Mark[]> {
  const bare = taxIdText(taxId);
  const domains = [billingContact, adminContact].flatMap(({ mail }) => companyDomain(mail) ?? []);
  const texts: readonly MarkText[] = [
    ['order', orderId],
    ...(bare === '' ? [] : [['tax-id', bare] as const]),
    ...[...new Set(domains)].map((domain) => ['mail-domain', domain] as const),
  ];
  return fingerprints(texts, fingerprint);
}

/** What a mark is made of. */
export type MarkText = readonly [kind: Mark['kind'], text: string];

/** Hashes texts, in their order. */
export function fingerprints(
  texts: readonly MarkText[],
  fingerprint: Fingerprint,
): Promise<readonly Mark[]> {
  return Promise.all(
    texts.map(async ([kind, text]) => ({ kind, mark: await fingerprint(`${kind} ${text}`) })),
  );
}

/** A tax id as its mark takes it: letters and digits alone. */
export function taxIdText(taxId: string): string {
  return taxId.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** The domain of an address; null where anybody may have one. */
export function companyDomain(mail: string): string | null {
  const domain = mail.slice(mail.lastIndexOf('@') + 1).toLowerCase();
  return domain === '' || PUBLIC_DOMAINS.has(domain) ? null : domain;
}
