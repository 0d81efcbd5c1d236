/** Whose a tax id is: of those that want it the first has it. */
import { and, eq, inArray, notExists, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { customerMarks } from '../registry/tables.js';
import { tableOf } from './columns.js';
import { CUSTOMER } from './entities/index.js';
import type { NewCustomer } from './take.js';

const CUSTOMERS = tableOf(CUSTOMER);

/** The mark of its tax id within its country. */
export function nationalMark({ marks }: NewCustomer): string {
  return marks.find(({ kind }) => kind === 'national-tax-id')?.mark ?? '';
}

/** Claims the tax ids; another transaction that claims one of them is waited for. @returns ids of those that have theirs */
export async function claimTaxIds(
  tx: Queryable,
  customers: readonly NewCustomer[],
): Promise<ReadonlySet<string>> {
  if (customers.length === 0) return new Set();
  const rows = customers.map((one) => ({
    customerId: one.customer.customerId,
    kind: 'national-tax-id' as const,
    mark: nationalMark(one),
  }));
  // In one order for all, so that two transactions never wait for each other.
  rows.sort((a, b) => (a.mark < b.mark ? -1 : a.mark > b.mark ? 1 : 0));
  const won = await tx
    .insert(customerMarks)
    .values(rows)
    .onConflictDoNothing()
    .returning({ customerId: customerMarks.customerId });
  return new Set(won.map(({ customerId }) => customerId));
}

/** Customers that have the tax ids, by the mark of each. */
export async function holdersOf(
  db: Queryable,
  customers: readonly NewCustomer[],
): Promise<ReadonlyMap<string, string>> {
  if (customers.length === 0) return new Map();
  const { customerId, kind, mark } = customerMarks;
  const rows = await db
    .select({ customerId, mark })
    .from(customerMarks)
    .where(and(eq(kind, 'national-tax-id'), inArray(mark, customers.map(nationalMark))));
  return new Map(rows.map((row) => [row.mark, row.customerId]));
}

/** Customers that a process has set up and that are not in the record: their tax id is taken all the same. */
export async function signedUpWith(
  tx: Queryable,
  customers: readonly NewCustomer[],
): Promise<ReadonlyMap<NewCustomer, string>> {
  const marks = customers.flatMap(taxMarks);
  if (marks.length === 0) return new Map();
  const { customerId, kind, mark } = customerMarks;
  const recorded = tx
    .select({ one: sql`1` })
    .from(CUSTOMERS)
    .where(eq(CUSTOMERS.customerId, customerId));
  const rows = await tx
    .select({ customerId, mark })
    .from(customerMarks)
    .where(and(eq(kind, 'tax-id'), inArray(mark, marks), notExists(recorded)));
  const holders = new Map(rows.map((row) => [row.mark, row.customerId]));
  const found = new Map<NewCustomer, string>();
  for (const one of customers) {
    const holder = taxMarks(one).map((text) => holders.get(text));
    const [first] = holder.filter((id) => id !== undefined);
    if (first !== undefined) found.set(one, first);
  }
  return found;
}

function taxMarks({ marks }: NewCustomer): readonly string[] {
  return marks.filter(({ kind }) => kind === 'tax-id').map(({ mark }) => mark);
}
