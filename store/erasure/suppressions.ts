/** Addresses that are not written to, by their hashes. Class: side effect. */
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { tableOf } from '../customers/columns.js';
import { SUPPRESSION } from '../customers/entities/index.js';
import type { Queryable } from '../database.js';

const TABLE = tableOf(SUPPRESSION);

/** Lists on which an address stands at an instant. */
export async function listsOf(db: Queryable, hash: string, at: string): Promise<readonly string[]> {
  const rows = await db
    .selectDistinct({ list: TABLE.list })
    .from(TABLE)
    .where(and(eq(TABLE.hash, hash), or(isNull(TABLE.until), gt(TABLE.until, at))));
  return rows.map(({ list }) => String(list)).sort();
}

/** Those of these hashes that are of addresses of somebody who was erased. */
export async function erasedAmong(
  db: Queryable,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ hash: TABLE.hash })
    .from(TABLE)
    .where(and(inArray(TABLE.hash, [...hashes]), eq(TABLE.list, 'erasure')));
  return new Set(rows.map(({ hash }) => String(hash)));
}

/** Puts addresses on a list; those that stand there stay as they are. @returns how many are new */
export async function suppress(
  tx: Queryable,
  customerId: string,
  hashes: readonly string[],
  { list, reason, at }: { readonly list: string; readonly reason: string; readonly at: string },
): Promise<number> {
  if (hashes.length === 0) return 0;
  const rows = [...new Set(hashes)].map((hash) => ({
    hash,
    list,
    customerId,
    reason,
    at,
    until: null,
  }));
  const written = await tx
    .insert(TABLE)
    .values(rows as never)
    .onConflictDoNothing()
    .returning({ hash: TABLE.hash });
  return written.length;
}
