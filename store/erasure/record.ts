/**
 * Erases a customer from the tables of the record. What the law or a hold keeps is sealed anew under a key of its own,
 * before the customer's key is destroyed. Each table is one transaction; doing it again changes nothing.
 * Class: side effect. Source: docs/erasure.md.
 */
import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { columnName, tableOf } from '../customers/columns.js';
import {
  type EntityDeclaration,
  fieldsOf,
  SEALED_COLUMNS,
  type SealedClass,
  sealedClassesOf,
} from '../customers/declaration.js';
import { CUSTOMER } from '../customers/entities/index.js';
import { isKept, keptRows, keyColumns, rowKeyOf } from '../customers/kept-rows.js';
import { placeOf, STRIPPED } from '../customers/sealed-rows.js';
import type { Sealer } from '../customers/sealer.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { areAllHeld, type Hold, isHeld, lockHolds, openHolds } from './holds.js';
import { erasableTables, methodOf, NOBODY } from './methods.js';
import { settleStates } from './settled.js';

/** Whom to erase, and what is kept under which key. */
export interface RecordErasing {
  readonly requestId: string;
  readonly customerId: string;
  /** Today, UTC. */
  readonly today: string;
  /** How long financial records are kept; null: not at all. */
  readonly ledger: { readonly until: string; readonly law: string } | null;
  /** Keys that are there already. */
  readonly retentionKeyId: string;
  readonly holdKeyId: string;
}

/** What there is of a class of records, and what became of it. */
export interface Counts {
  readonly recordClass: string;
  readonly before: number;
  /** Left to erase. */
  readonly after: number;
  /** Kept by law or hold. */
  readonly kept: number;
}

interface Row {
  readonly columns: Readonly<Record<string, unknown>>;
  readonly rowKey: string;
  /** Under which it is sealed now. */
  readonly keyId: string;
  readonly because: 'retention' | 'hold' | null;
  readonly until: string | null;
}

/** Counts in each table what an erasure would meet. */
export async function countRecord(
  db: Queryable,
  customerId: string,
  today: string,
): Promise<
  readonly { readonly recordClass: string; readonly count: number; readonly isLedger: boolean }[]
> {
  const counts = [];
  for (const declaration of erasableTables()) {
    const rows = await readRows(db, declaration, customerId);
    const count = rows.filter((row) => isLeft(declaration, row, today)).length;
    const isLedger = methodOf(declaration) === 'retain';
    counts.push({ recordClass: declaration.table, count, isLedger });
  }
  return counts;
}

/** Erases one table. Errors: `LEGAL_HOLD` when all of the customer is held, those of `Sealer.seal`. */
export async function eraseTable(
  tx: Queryable,
  sealer: Sealer,
  declaration: EntityDeclaration,
  erasing: RecordErasing,
): Promise<Counts> {
  const { customerId, today } = erasing;
  await lockHolds(tx, customerId);
  const holds = await openHolds(tx, sealer, customerId);
  if (areAllHeld(holds)) throw storeFailure('LEGAL_HOLD', { holds: idsOf(holds) });
  const rows = await readRows(tx, declaration, customerId);
  const left = rows.filter((row) => isLeft(declaration, row, today));
  for (const row of left) await eraseRow(tx, sealer, declaration, erasing, holds, row);
  if (declaration.table === CUSTOMER.table) await settleStates(tx, customerId);
  const now = await readRows(tx, declaration, customerId);
  const after = now.filter(
    (row) =>
      isLeft(declaration, row, today) &&
      !isHeld(holds, declaration.table, firstKeyOf(declaration, row)),
  );
  const kept = now.filter(({ because }) => because !== null).length;
  return { recordClass: declaration.table, before: left.length, after: after.length, kept };
}

const idsOf = (holds: readonly Hold[]): string => holds.map(({ holdId }) => holdId).join(', ');

const firstKeyOf = ({ key }: EntityDeclaration, { columns }: Row): string =>
  String(columns[key[0] ?? '']);

async function readRows(
  db: Queryable,
  declaration: EntityDeclaration,
  customerId: string,
): Promise<readonly Row[]> {
  const table = tableOf(declaration);
  const customers = tableOf(CUSTOMER);
  const isCustomer = declaration.table === CUSTOMER.table;
  const ownKey = isCustomer ? table.keyId : customers.keyId;
  const fields = {
    columns: getTableColumns(table),
    rowKey: rowKeyOf(declaration, table),
    keyId: sql<string>`coalesce(${keptRows.keyId}, ${ownKey})`,
    because: keptRows.because,
    until: keptRows.until,
  };
  const from = isCustomer
    ? db.select(fields).from(table).leftJoin(keptRows, isKept(declaration, table))
    : db
        .select(fields)
        .from(table)
        .innerJoin(customers, eq(customers.customerId, table.customerId))
        .leftJoin(keptRows, isKept(declaration, table));
  return (await from.where(eq(table.customerId, customerId))) as unknown as readonly Row[];
}

/** Whether something of a row is to be erased: it is neither erased nor kept until later. Class: pure. */
function isLeft(
  declaration: EntityDeclaration,
  { columns, because, until }: Row,
  today: string,
): boolean {
  if (because === 'retention' && until !== null && until > today) return false;
  const sealed = sealedClassesOf(declaration).map((of) => columns[SEALED_COLUMNS[of]]);
  const isOpen = sealed.some((bytes) => bytes instanceof Uint8Array && !STRIPPED.equals(bytes));
  const hasSecret = fieldsOf(declaration, 'S').some((name) => columns[name] !== null);
  return isOpen || hasSecret || methodOf(declaration) === 'delete';
}

async function eraseRow(
  tx: Queryable,
  sealer: Sealer,
  declaration: EntityDeclaration,
  erasing: RecordErasing,
  holds: readonly Hold[],
  row: Row,
): Promise<void> {
  const classes = sealedClassesOf(declaration);
  if (isHeld(holds, declaration.table, firstKeyOf(declaration, row))) {
    const change = {
      because: 'hold',
      keyId: erasing.holdKeyId,
      law: 'legal hold',
      until: null,
    } as const;
    await keep(tx, sealer, declaration, erasing, row, classes, change);
    return;
  }
  const method = methodOf(declaration);
  const isRetained = method === 'retain' && erasing.ledger !== null && row.because !== 'retention';
  if (isRetained && erasing.ledger) {
    const { until, law } = erasing.ledger;
    const keyId = erasing.retentionKeyId;
    await strip(
      tx,
      declaration,
      erasing,
      row,
      classes.filter((one) => one !== 'F'),
    );
    await keep(tx, sealer, declaration, erasing, row, ['F'], {
      because: 'retention',
      keyId,
      law,
      until,
    });
    return;
  }
  await forget(tx, declaration, row);
  if (method === 'delete' || method === 'retain') await remove(tx, declaration, erasing, row);
  else await strip(tx, declaration, erasing, row, classes);
}

interface Keeping {
  readonly because: 'retention' | 'hold';
  readonly keyId: string;
  readonly law: string;
  readonly until: string | null;
}

/** Seals some classes of a row anew under a key that outlives the customer's. */
async function keep(
  tx: Queryable,
  sealer: Sealer,
  declaration: EntityDeclaration,
  { customerId, requestId }: RecordErasing,
  row: Row,
  classes: readonly SealedClass[],
  { keyId, ...keeping }: Keeping,
): Promise<void> {
  const { table: tableName } = declaration;
  if (row.because === null || row.keyId !== keyId) {
    for (const of of classes) {
      const column = SEALED_COLUMNS[of];
      const bytes = row.columns[column] as Uint8Array;
      if (STRIPPED.equals(bytes)) continue;
      const place = placeOf(declaration, row.columns, column);
      const plain = await sealer.open(row.keyId, bytes, place);
      // Its key is gone, and what it held with it: nothing is left to keep.
      if (plain === null) await put(tx, declaration, customerId, row, column, STRIPPED);
      else
        await put(tx, declaration, customerId, row, column, await sealer.seal(keyId, plain, place));
    }
  }
  const written = { keyId, requestId, ...keeping };
  await tx
    .insert(keptRows)
    .values({ tableName, rowKey: row.rowKey, customerId, ...written })
    .onConflictDoUpdate({ target: [keptRows.tableName, keptRows.rowKey], set: written });
}

async function forget(tx: Queryable, { table }: EntityDeclaration, { rowKey }: Row): Promise<void> {
  await tx.delete(keptRows).where(and(eq(keptRows.tableName, table), eq(keptRows.rowKey, rowKey)));
}

async function strip(
  tx: Queryable,
  declaration: EntityDeclaration,
  { customerId }: RecordErasing,
  row: Row,
  classes: readonly SealedClass[],
): Promise<void> {
  for (const of of classes)
    await put(tx, declaration, customerId, row, SEALED_COLUMNS[of], STRIPPED);
  const table = tableOf(declaration);
  const secrets = fieldsOf(declaration, 'S').map((name) => [name, null]);
  const open = declaration.table === CUSTOMER.table ? Object.entries(NOBODY) : [];
  const changes = Object.fromEntries([...secrets, ...open]);
  if (Object.keys(changes).length === 0) return;
  await tx
    .update(table)
    .set(changes)
    .where(eq(rowKeyOf(declaration, table), row.rowKey));
}

async function put(
  tx: Queryable,
  declaration: EntityDeclaration,
  customerId: string,
  { rowKey }: Row,
  column: string,
  bytes: Buffer,
): Promise<void> {
  const { table } = declaration;
  await tx.execute(sql`select record_reseal(${table}, ${customerId}, ${textArray(keyColumns(declaration))},
    ${rowKey}, ${columnName(column)}, ${bytes})`);
}

async function remove(
  tx: Queryable,
  declaration: EntityDeclaration,
  { customerId }: RecordErasing,
  { rowKey }: Row,
): Promise<void> {
  await tx.execute(sql`select record_erase(${declaration.table}, ${customerId},
    ${textArray(keyColumns(declaration))}, ${textArray([rowKey])})`);
}

/** A list of texts as a statement takes it. */
export function textArray(texts: readonly string[]) {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`;
}
