/** Requests to erase, by what has to be done next. Class: side effect. */
import { and, eq, inArray, isNotNull, lte, notInArray } from 'drizzle-orm';
import { tableOf } from '../customers/columns.js';
import type { ReadRow } from '../customers/declaration.js';
import { CUSTOMER, ERASURE_REQUEST } from '../customers/entities/index.js';
import { keptRows } from '../customers/kept-rows.js';
import type { Queryable } from '../database.js';
import { endedAmong } from '../projections/ended.js';

/** A request as it stands in its table: nothing of it is sealed. */
export type RequestRow = Omit<ReadRow<typeof ERASURE_REQUEST>, 'isErased'>;

const REQUESTS = tableOf(ERASURE_REQUEST);
const CUSTOMERS = tableOf(CUSTOMER);

/** The requests in a state; of one customer, if one is named. */
export async function requestsIn(
  db: Queryable,
  state: RequestRow['state'],
  customerId: string | null,
): Promise<readonly RequestRow[]> {
  const isOf = customerId === null ? undefined : eq(REQUESTS.customerId, customerId);
  const rows = await db
    .select()
    .from(REQUESTS)
    .where(and(eq(REQUESTS.state, state), isOf))
    .orderBy(REQUESTS.createdAt, REQUESTS.requestId);
  return rows as unknown as readonly RequestRow[];
}

/** Certified requests of which something that was kept may go, and no later erasure has seen to it. */
export async function requestsDue(db: Queryable, today: string): Promise<readonly RequestRow[]> {
  const rows = await db
    .select()
    .from(REQUESTS)
    .where(
      and(
        eq(REQUESTS.state, 'certified'),
        isNotNull(REQUESTS.dueDate),
        lte(REQUESTS.dueDate, today),
        eq(REQUESTS.dueTaken, false),
      ),
    )
    .orderBy(REQUESTS.createdAt, REQUESTS.requestId);
  return rows as unknown as readonly RequestRow[];
}

/** Customers for whom an erasure is under way. */
export async function openCustomers(db: Queryable): Promise<ReadonlySet<string>> {
  const isUnderWay = notInArray(REQUESTS.instanceId, endedAmong(db));
  const rows = await db
    .select({ customerId: REQUESTS.customerId })
    .from(REQUESTS)
    .where(and(eq(REQUESTS.state, 'open'), isUnderWay));
  return new Set(rows.map(({ customerId }) => String(customerId)));
}

/** The open request of a customer whose instance has ended before it: nobody goes on with it. Null: there is none. */
export async function abandonedRequest(
  db: Queryable,
  customerId: string,
): Promise<RequestRow | null> {
  const isAbandoned = inArray(REQUESTS.instanceId, endedAmong(db));
  const [row] = await db
    .select()
    .from(REQUESTS)
    .where(and(eq(REQUESTS.state, 'open'), eq(REQUESTS.customerId, customerId), isAbandoned));
  return (row as unknown as RequestRow | undefined) ?? null;
}

/** A row that is kept because of a hold. */
export interface HeldRow {
  readonly customerId: string;
  readonly tableName: string;
  /** First value of its key. */
  readonly firstKey: string;
}

/** Rows that holds keep beyond an erasure; of one customer, if one is named. */
export async function heldRows(
  db: Queryable,
  customerId: string | null,
): Promise<readonly HeldRow[]> {
  const isOf = customerId === null ? undefined : eq(keptRows.customerId, customerId);
  const rows = await db
    .select({
      customerId: keptRows.customerId,
      tableName: keptRows.tableName,
      rowKey: keptRows.rowKey,
    })
    .from(keptRows)
    .where(and(eq(keptRows.because, 'hold'), isOf));
  return rows.map(({ rowKey, ...row }) => ({
    ...row,
    firstKey: String((JSON.parse(rowKey) as readonly unknown[])[0]),
  }));
}

/** Marks a customer as gone: nothing is begun for it any more. */
export async function markGone(tx: Queryable, customerId: string): Promise<void> {
  await tx.update(CUSTOMERS).set({ state: 'gone' }).where(eq(CUSTOMERS.customerId, customerId));
}
