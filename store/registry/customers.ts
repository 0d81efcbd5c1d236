/** Marks by which a customer is known again. A mark is a keyed hash: it tells nothing and finds equals. */
import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { customerMarks, type MarkKind } from './tables.js';

/** One mark. */
export interface Mark {
  readonly kind: MarkKind;
  readonly mark: string;
}

/** A customer that has some of the marks. */
export interface KnownCustomer {
  readonly customerId: string;
  readonly because: readonly MarkKind[];
}

/** Other customers that have one of the marks, in the order of their ids. */
export async function findByMarks(
  db: Queryable,
  marks: readonly Mark[],
  exceptId: string,
): Promise<readonly KnownCustomer[]> {
  if (marks.length === 0) return [];
  const equal = marks.map(({ kind, mark }) =>
    and(eq(customerMarks.kind, kind), eq(customerMarks.mark, mark)),
  );
  const rows = await db
    .selectDistinct({ customerId: customerMarks.customerId, kind: customerMarks.kind })
    .from(customerMarks)
    .where(and(or(...equal), ne(customerMarks.customerId, exceptId)))
    .orderBy(sql`1, 2`);
  const found = new Map<string, MarkKind[]>();
  for (const { customerId, kind } of rows) {
    const known = found.get(customerId);
    if (known) known.push(kind);
    else found.set(customerId, [kind]);
  }
  return [...found].map(([customerId, because]) => ({ customerId, because }));
}

/** Notes marks of a customer; those it has stay as they are. */
export async function noteMarks(
  tx: Queryable,
  customerId: string,
  marks: readonly Mark[],
): Promise<void> {
  if (marks.length === 0) return;
  const rows = marks.map((mark) => ({ customerId, ...mark }));
  await tx.insert(customerMarks).values(rows).onConflictDoNothing();
}

/** Forgets marks of some kinds of a customer, so that somebody else may have them. */
export async function forgetMarks(
  tx: Queryable,
  customerId: string,
  kinds: readonly MarkKind[],
): Promise<void> {
  const { kind, customerId: owner } = customerMarks;
  await tx.delete(customerMarks).where(and(eq(owner, customerId), inArray(kind, [...kinds])));
}
