/** Companions of packages: tests and pages, which may change while what runs stays as it is. Class: side effect. */
import { eq } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { Queryable } from '../database.js';

const companions = pgTable('package_companions', {
  hash: text('hash').notNull(),
  path: text('path').notNull(),
  content: text('content').notNull(),
});

type Files = Readonly<Record<string, string>>;

/** Those of a package. */
export async function companionsOf(db: Queryable, hash: string): Promise<Files> {
  const rows = await db
    .select({ path: companions.path, content: companions.content })
    .from(companions)
    .where(eq(companions.hash, hash))
    .orderBy(companions.path);
  return Object.fromEntries(rows.map(({ path, content }) => [path, content]));
}

/** Keeps them in the place of those that were there. */
export async function keepCompanions(db: Queryable, hash: string, files: Files): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(companions).where(eq(companions.hash, hash));
    const rows = Object.entries(files).map(([path, content]) => ({ hash, path, content }));
    if (rows.length > 0) await tx.insert(companions).values(rows);
  });
}
