/**
 * Links by which a customer fetches its data. Only the hash of a token is kept; an export has one live link. What a
 * link still allows is counted in the database, so that two who come at the same time do not both get the last one.
 */
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';
import type { Queryable } from '../database.js';

const exportLinks = pgTable('export_links', {
  tokenHash: text('token_hash').primaryKey(),
  exportId: text('export_id').notNull(),
  customerId: text('customer_id').notNull(),
  state: text('state').$type<'live' | 'replaced' | 'revoked'>().notNull(),
  expiresAt: instant('expires_at').notNull(),
  mostDownloads: integer('most_downloads').notNull(),
  downloads: integer('downloads').notNull(),
});

/** A new link; `tokenHash` is the SHA-256 of its token in hex. */
export interface NewExportLink {
  readonly tokenHash: string;
  readonly exportId: string;
  readonly customerId: string;
  readonly expiresAt: string;
  readonly mostDownloads: number;
}

/** Why a link does not open. Only who has its token hears of it. */
export type LinkRefusal = 'unknown' | 'replaced' | 'revoked' | 'expired' | 'used-up';

/** What a link opens. */
export interface OpenedExportLink {
  readonly exportId: string;
  readonly customerId: string;
  /** How many downloads are left after this one. */
  readonly left: number;
}

/** Excludes others who open or settle exports of this customer, until the transaction ends. */
export async function lockExports(tx: Queryable, customerId: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`export ${customerId}`}, 0))`,
  );
}

/** Makes a link; those that its export had are dead from here on. */
export async function replaceExportLink(tx: Queryable, link: NewExportLink): Promise<void> {
  await killExportLinks(tx, link.exportId, 'replaced');
  await tx.insert(exportLinks).values({ ...link, state: 'live', downloads: 0 });
}

/** Kills the live links of an export. */
export async function killExportLinks(
  tx: Queryable,
  exportId: string,
  state: 'replaced' | 'revoked',
): Promise<void> {
  await tx
    .update(exportLinks)
    .set({ state })
    .where(and(eq(exportLinks.exportId, exportId), eq(exportLinks.state, 'live')));
}

/** Takes one download of a link. */
export async function takeDownload(
  tx: Queryable,
  tokenHash: string,
  at: string,
): Promise<OpenedExportLink | LinkRefusal> {
  const { downloads, mostDownloads, expiresAt, state } = exportLinks;
  const [taken] = await tx
    .update(exportLinks)
    .set({ downloads: sql`${downloads} + 1` })
    .where(
      and(
        eq(exportLinks.tokenHash, tokenHash),
        eq(state, 'live'),
        gt(expiresAt, at),
        lt(downloads, mostDownloads),
      ),
    )
    .returning();
  if (taken) {
    const { exportId, customerId } = taken;
    return { exportId, customerId, left: taken.mostDownloads - taken.downloads };
  }
  return refusalOf(tx, tokenHash, at);
}

/** The export of a token that is known, whatever became of its link since; null: nobody knows it. */
export async function exportOfToken(
  db: Queryable,
  tokenHash: string,
): Promise<{ readonly exportId: string; readonly customerId: string } | null> {
  const { exportId, customerId } = exportLinks;
  const [found] = await db
    .select({ exportId, customerId })
    .from(exportLinks)
    .where(eq(exportLinks.tokenHash, tokenHash));
  return found ?? null;
}

async function refusalOf(tx: Queryable, tokenHash: string, at: string): Promise<LinkRefusal> {
  const [link] = await tx.select().from(exportLinks).where(eq(exportLinks.tokenHash, tokenHash));
  if (!link) return 'unknown';
  if (link.state !== 'live') return link.state;
  return link.expiresAt <= at ? 'expired' : 'used-up';
}
