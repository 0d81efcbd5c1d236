/** Links by which a person gets in once. Only the hash of a token is kept; one contact has one live link. */
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { refuseFrozen } from './freezes.js';
import { accessLinks } from './tables.js';

/** A new link; `tokenHash` is the SHA-256 of its token in hex. */
export interface NewAccessLink {
  readonly tokenHash: string;
  readonly customerId: string;
  readonly contactId: string;
  readonly attempt: string;
  readonly expiresAt: string;
}

/** Whom a link lets in. */
export interface AccessLink {
  readonly customerId: string;
  readonly contactId: string;
}

/** Makes a link; those that its contact had are dead from here on. Errors: `ACCESS_FROZEN`. */
export async function replaceLink(db: Queryable, link: NewAccessLink): Promise<void> {
  await db.transaction(async (tx) => {
    await refuseFrozen(tx, link.customerId, link.contactId);
    await killLinks(tx, { contactId: link.contactId });
    await tx.insert(accessLinks).values({ ...link, state: 'live' });
  });
}

/** Contacts of a customer that have a live link, in the order of their ids. */
export async function contactsWithLinks(
  db: Queryable,
  customerId: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectDistinct({ contactId: accessLinks.contactId })
    .from(accessLinks)
    .where(and(eq(accessLinks.customerId, customerId), eq(accessLinks.state, 'live')))
    .orderBy(accessLinks.contactId);
  return rows.map(({ contactId }) => contactId);
}

/** Kills the live links of a contact, or of an attempt. */
export async function killLinks(
  db: Queryable,
  of: { readonly contactId: string } | { readonly attempt: string },
): Promise<void> {
  const owner =
    'contactId' in of
      ? eq(accessLinks.contactId, of.contactId)
      : eq(accessLinks.attempt, of.attempt);
  await db
    .update(accessLinks)
    .set({ state: 'dead', settledAt: sql`clock_timestamp()` as never })
    .where(and(owner, eq(accessLinks.state, 'live')));
}

/** The link of a token, while it is live. */
export async function liveLink(
  db: Queryable,
  tokenHash: string,
  at: string,
): Promise<AccessLink | null> {
  const { customerId, contactId, expiresAt, state } = accessLinks;
  const [found] = await db
    .select({ customerId, contactId })
    .from(accessLinks)
    .where(and(eq(accessLinks.tokenHash, tokenHash), eq(state, 'live'), gt(expiresAt, at)));
  return found ?? null;
}

/** Uses a link up. Null: there is none, it was used, replaced, or its time is over. */
export async function useLink(
  db: Queryable,
  tokenHash: string,
  at: string,
): Promise<AccessLink | null> {
  const live = and(eq(accessLinks.tokenHash, tokenHash), eq(accessLinks.state, 'live'));
  const [used] = await db
    .update(accessLinks)
    .set({ state: 'used', settledAt: at })
    .where(and(live, gt(accessLinks.expiresAt, at)))
    .returning({ customerId: accessLinks.customerId, contactId: accessLinks.contactId });
  return used ?? null;
}
