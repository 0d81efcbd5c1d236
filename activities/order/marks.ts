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

/** @param fingerprint - a keyed hash */
export async function marksOf(
  { orderId, taxId, billingContact, adminContact }: Order,
  fingerprint: (text: string) => Promise<string>,
): Promise<readonly Mark[]> {
  const bare = taxId.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const domains = [billingContact, adminContact]
    .map(({ mail }) => mail.slice(mail.lastIndexOf('@') + 1).toLowerCase())
    .filter((domain) => domain !== '' && !PUBLIC_DOMAINS.has(domain));
  const texts: readonly (readonly [Mark['kind'], string])[] = [
    ['order', orderId],
    ...(bare === '' ? [] : [['tax-id', bare] as const]),
    ...[...new Set(domains)].map((domain) => ['mail-domain', domain] as const),
  ];
  return Promise.all(
    texts.map(async ([kind, text]) => ({ kind, mark: await fingerprint(`${kind} ${text}`) })),
  );
}
