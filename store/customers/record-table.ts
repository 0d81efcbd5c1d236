/** One table of the record: rows are written sealed and read opened, each under the key of its customer. */
import { and, asc, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { type EntityTable, tableOf } from './columns.js';
import type { EntityDeclaration, ReadRow, RowOf } from './declaration.js';
import { CUSTOMER } from './entities/index.js';
import { isKept, keptRows } from './kept-rows.js';
import { type Fields, openRow, sealRow } from './sealed-rows.js';
import type { Sealer } from './sealer.js';
import { sideBySide } from './side-by-side.js';

/** Values of the key of a row, in their order. */
export type RowKey = readonly (string | number)[];

/** What of a row may change: everything but what binds it to its place. */
export type Changes<E extends EntityDeclaration> = Partial<
  Omit<RowOf<E>, E['key'][number] | 'customerId' | 'keyId'>
>;

/** One table. What is erased is read with `isErased`, and never as if it were there. */
export interface RecordTable<E extends EntityDeclaration> {
  /** Adds rows of customers that are there. Errors: `CUSTOMER_UNKNOWN`, those of `Sealer.seal`. */
  readonly add: (rows: readonly RowOf<E>[]) => Promise<void>;
  /** Errors: those of `Sealer.open`. */
  readonly get: (...key: RowKey) => Promise<ReadRow<E> | null>;
  /** Rows of some customers in the order in which they were made. Errors: those of `Sealer.open`. */
  readonly of: (customerIds: readonly string[]) => Promise<readonly ReadRow<E>[]>;
  /**
   * Changes a row that is of this version still. Whoever changes a tax id or an address notes its marks anew.
   *
   * Errors: `CUSTOMER_ROW_CHANGED`, `CUSTOMER_ERASED`, those of `Sealer`. The database refuses what is append-only.
   */
  readonly change: (key: RowKey, version: number, changes: Changes<E>) => Promise<void>;
}

const CUSTOMERS = tableOf(CUSTOMER);

/** The table of a declaration. */
export function createRecordTable<E extends EntityDeclaration>(
  db: Queryable,
  declaration: E,
  sealer: Sealer,
): RecordTable<E> {
  const table = tableOf(declaration);
  const read = async (where: SQL | undefined): Promise<readonly ReadRow<E>[]> => {
    const rows = await select(db, declaration, table, where);
    const opened = await sideBySide(rows, ({ columns, keyId }) =>
      openRow(declaration, columns, keyId, sealer),
    );
    return opened as unknown as readonly ReadRow<E>[];
  };
  return {
    add: async (rows) => {
      const keyIds = await keyIdsOf(db, declaration, rows as readonly Fields[]);
      const sealed = await sideBySide(rows as readonly Fields[], (row, index) =>
        sealRow(declaration, row, keyIds[index] ?? '', sealer),
      );
      await insertSealed(db, table, sealed);
    },
    get: async (...key) => (await read(isKey(declaration, table, key)))[0] ?? null,
    of: (customerIds) => read(inArray(table.customerId, [...customerIds])),
    change: (key, version, changes) =>
      db.transaction(async (tx) => {
        const where = isKey(declaration, table, key);
        const [found] = await select(tx, declaration, table, where, true);
        if (found?.columns.version !== version) throw changed(declaration, key, version, found);
        const row = await openRow(declaration, found.columns, found.keyId, sealer);
        const { customerId } = found.columns;
        if (row.isErased === true) {
          throw storeFailure('CUSTOMER_ERASED', { customer: String(customerId) });
        }
        const sealed = await sealRow(declaration, { ...row, ...changes }, found.keyId, sealer);
        const written = { updatedAt: sql`clock_timestamp()`, version: version + 1 };
        await tx
          .update(table)
          .set({ ...sealed, ...written })
          .where(where);
      }),
  };
}

/** Adds rows that are sealed already. */
export async function insertSealed(
  db: Queryable,
  table: EntityTable,
  rows: readonly Fields[],
): Promise<void> {
  if (rows.length > 0) await db.insert(table).values(rows as never);
}

interface Selected {
  readonly columns: Fields;
  readonly keyId: string;
}

async function select(
  db: Queryable,
  declaration: EntityDeclaration,
  table: EntityTable,
  where: SQL | undefined,
  isLocked = false,
): Promise<readonly Selected[]> {
  const columns = getTableColumns(table);
  const ordered = declaration.key.map((name) => asc(table[name]));
  const isCustomer = declaration.table === CUSTOMER.table;
  // What is kept beyond the key of its customer is sealed under another one.
  const kept = isKept(declaration, table);
  const from = isCustomer
    ? db
        .select({ columns, keyId: sql<string>`coalesce(${keptRows.keyId}, ${table.keyId})` })
        .from(table)
        .leftJoin(keptRows, kept)
    : db
        .select({ columns, keyId: sql<string>`coalesce(${keptRows.keyId}, ${CUSTOMERS.keyId})` })
        .from(table)
        .innerJoin(CUSTOMERS, eq(CUSTOMERS.customerId, table.customerId))
        .leftJoin(keptRows, kept);
  const query = from.where(where).orderBy(asc(table.createdAt), ...ordered);
  const rows = await (isLocked ? query.for('update', { of: table }) : query);
  return rows as unknown as readonly Selected[];
}

function isKey(declaration: EntityDeclaration, table: EntityTable, key: RowKey): SQL | undefined {
  return and(...declaration.key.map((name, index) => eq(table[name], key[index])));
}

async function keyIdsOf(
  db: Queryable,
  declaration: EntityDeclaration,
  rows: readonly Fields[],
): Promise<readonly string[]> {
  if (declaration.table === CUSTOMER.table) return rows.map(({ keyId }) => String(keyId));
  const wanted = [...new Set(rows.map(({ customerId }) => String(customerId)))];
  const { customerId, keyId } = CUSTOMERS;
  const found = await db
    .select({ customerId, keyId })
    .from(CUSTOMERS)
    .where(inArray(customerId, wanted));
  const known = new Map(found.map((one) => [String(one.customerId), String(one.keyId)]));
  return rows.map(({ customerId: of }) => {
    const keyIdOf = known.get(String(of));
    if (keyIdOf === undefined) throw storeFailure('CUSTOMER_UNKNOWN', { customer: String(of) });
    return keyIdOf;
  });
}

function changed(
  { table }: EntityDeclaration,
  key: RowKey,
  version: number,
  found: Selected | undefined,
): Error {
  const now = found ? `it is of version ${String(found.columns.version)}` : 'it is not there';
  return storeFailure('CUSTOMER_ROW_CHANGED', { row: `${table} ${key.join('/')}`, version, now });
}
