/** What imports have come to: counted with the lines that they take, and ended once. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { appendActs } from '../audit/append.js';
import type { Act } from '../audit/index.js';
import { count, instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';

const customerImports = pgTable('customer_imports', {
  importId: text('import_id').primaryKey(),
  fileHash: text('file_hash').notNull(),
  actor: text('actor').notNull(),
  taken: count('taken').notNull(),
  unchanged: count('unchanged').notNull(),
  known: count('known').notNull(),
  rejected: count('rejected').notNull(),
  seenAt: instant('seen_at').notNull(),
  endedAt: instant('ended_at'),
});

/** Lines by what became of them. */
export interface ImportCounts {
  readonly taken: number;
  readonly unchanged: number;
  readonly known: number;
  readonly rejected: number;
}

/** One import; `fileHash` is the SHA-256 of the file in hex. */
export interface ImportOf {
  readonly importId: string;
  readonly fileHash: string;
  readonly actor: string;
}

/** An import that has ended. */
export type EndedImport = ImportOf & ImportCounts;

/** Adds lines to what an import has come to; the first of it begins it. Errors: `IMPORT_INTERRUPTED` once it has ended. */
export async function countLines(tx: Queryable, of: ImportOf, lines: ImportCounts): Promise<void> {
  const now = sql`clock_timestamp()` as never;
  const [counted] = await tx
    .insert(customerImports)
    .values({ ...of, ...lines, seenAt: now })
    .onConflictDoUpdate({
      target: customerImports.importId,
      set: {
        taken: sql`customer_imports.taken + ${lines.taken}`,
        unchanged: sql`customer_imports.unchanged + ${lines.unchanged}`,
        known: sql`customer_imports.known + ${lines.known}`,
        rejected: sql`customer_imports.rejected + ${lines.rejected}`,
        seenAt: now,
      },
      setWhere: isNull(customerImports.endedAt),
    })
    .returning({ importId: customerImports.importId });
  if (!counted) throw storeFailure('IMPORT_INTERRUPTED', {});
}

const RETURNED = {
  importId: customerImports.importId,
  fileHash: customerImports.fileHash,
  actor: customerImports.actor,
  taken: customerImports.taken,
  unchanged: customerImports.unchanged,
  known: customerImports.known,
  rejected: customerImports.rejected,
};

/** Ends an import, also one that had no lines. Errors: `IMPORT_INTERRUPTED` when it was ended before. */
export function endImport(db: Queryable, of: ImportOf): Promise<EndedImport> {
  return db.transaction(async (tx) => {
    await countLines(tx, of, { taken: 0, unchanged: 0, known: 0, rejected: 0 });
    const [ended] = await tx
      .update(customerImports)
      .set({ endedAt: sql`clock_timestamp()` as never })
      .where(eq(customerImports.importId, of.importId))
      .returning(RETURNED);
    if (!ended) throw storeFailure('IMPORT_INTERRUPTED', {});
    return ended;
  });
}

/**
 * Ends the imports from which nothing was heard for some time: whoever sent their lines is gone.
 *
 * @param actOf - the row that tells of one in the audit table
 */
export async function endSilentImports(
  db: Queryable,
  silentForMs: number,
  actOf: (ended: EndedImport) => Act,
): Promise<void> {
  const before = sql`clock_timestamp() - ${silentForMs} * interval '1 millisecond'`;
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(customerImports)
      .set({ endedAt: sql`clock_timestamp()` as never })
      .where(and(isNull(customerImports.endedAt), sql`${customerImports.seenAt} < ${before}`))
      .returning(RETURNED);
    for (const one of ended) await appendActs(tx, [actOf(one)]);
  });
}
