/** What the provider says of somebody, as we keep it. Class: pure. */
import { createHash } from 'node:crypto';
import { LOCALES, ROLES, type Role } from '../../../contracts/identities.js';
import type { ProviderSettings } from './settings.js';

/** Claims of an ID token. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** What of a person follows from their claims. */
export interface Person {
  readonly displayName: string;
  readonly mail: string | null;
  readonly locale: (typeof LOCALES)[number];
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
}

/** By which somebody, or a session of theirs, is known here. Source: OpenID Connect Core 1.0 §5.7. */
export const identityHash = (kind: 'person' | 'session', issuer: string, id: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, issuer, id]))
    .digest('hex');

/** The person of claims: roles and groups by the mapping alone, name and mail only to be shown. */
export function personOf(claims: Claims, settings: ProviderSettings): Person {
  const named = claims[settings.groupsClaim];
  const names = Array.isArray(named) ? named.filter((one) => typeof one === 'string') : [];
  const found = names.flatMap((name) =>
    Object.hasOwn(settings.groups, name) ? [settings.groups[name]] : [],
  );
  const roles = new Set(found.flatMap((one) => one?.roles ?? []));
  const groups = new Set(found.flatMap((one) => one?.groups ?? []));
  return {
    displayName: lineOf(claims.name, 200) ?? lineOf(claims.preferred_username, 200) ?? 'Somebody',
    mail: mailOf(claims.email),
    locale: LOCALES.find((one) => one === claims.locale) ?? 'en',
    roles: ROLES.filter((role) => roles.has(role)),
    groups: [...groups].sort().slice(0, 50),
  };
}

/** Login names to try for somebody new, the nicest first. @param chance - makes the last one nobody's */
export function loginNamesFor(
  claims: Claims,
  settings: ProviderSettings,
  chance: string,
): readonly string[] {
  return loginNamesFrom(String(claims[settings.loginNameClaim] ?? ''), chance);
}

/** Login names to try for a name that may be a mail address. */
export function loginNamesFrom(name: string, chance: string): readonly string[] {
  const [said = ''] = name.split('@');
  const plain = said
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 50);
  const nice = plain.length < 2 ? [] : [plain, ...[2, 3, 4, 5].map((count) => `${plain}-${count}`)];
  return [...nice, `p-${chance}`];
}

const lineOf = (value: unknown, longest: number): string | null =>
  typeof value === 'string' && /^\P{Cc}+$/u.test(value) ? value.slice(0, longest) : null;

const mailOf = (value: unknown): string | null => {
  const mail = lineOf(value, 254);
  return mail !== null && /^[^\s@]+@[^\s@]+$/.test(mail) ? mail : null;
};
