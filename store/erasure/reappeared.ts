/**
 * Customers of whom the database holds something though their key is gone: a backup brought it back. What is there says
 * so, and not the state of the customer, which is `gone` from the moment somebody leaves. A fixed number of statements,
 * each by the index of the customer or key. Class: side effect. Source: docs/erasure.md.
 */
import { and, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { tableOf } from '../customers/columns.js';
import {
  type EntityDeclaration,
  fieldsOf,
  SEALED_COLUMNS,
  sealedClassesOf,
} from '../customers/declaration.js';
import { CUSTOMER } from '../customers/entities/index.js';
import { isKept, keptRows } from '../customers/kept-rows.js';
import { STRIPPED } from '../customers/sealed-rows.js';
import type { Queryable } from '../database.js';
import { inRegistry, projectedKeys } from './elsewhere.js';
import { erasableTables, methodOf } from './methods.js';
import { textArray } from './record.js';

const CUSTOMERS = tableOf(CUSTOMER);

/** Finds them. @param usable - ids of the keys that are there */
export async function reappearedCustomers(
  db: Queryable,
  usable: ReadonlySet<string>,
): Promise<readonly string[]> {
  const all = (await db
    .select({ customerId: CUSTOMERS.customerId, keyId: CUSTOMERS.keyId })
    .from(CUSTOMERS)) as readonly { readonly customerId: string; readonly keyId: string }[];
  const gone = all.filter(({ keyId }) => !usable.has(keyId));
  if (gone.length === 0) return [];
  const ids = gone.map(({ customerId }) => customerId);
  const owners = new Map(gone.map(({ customerId, keyId }) => [keyId, customerId]));
  for (const { customerId, keyId } of await linkedKeys(db, ids)) owners.set(keyId, customerId);
  const found = new Set(await inRegistry(db, ids));
  for (const key of await projectedKeys(db, [...owners.keys()])) found.add(owners.get(key) ?? '');
  for (const declaration of erasableTables()) {
    for (const id of await inTable(db, declaration, ids)) found.add(id);
  }
  return ids.filter((id) => found.has(id));
}

/** Keys of instances that ran before anybody knew whose they were. */
async function linkedKeys(
  db: Queryable,
  customerIds: readonly string[],
): Promise<readonly { readonly customerId: string; readonly keyId: string }[]> {
  const { rows } = await db.execute<{ customerId: string; keyId: string }>(sql`
    select customer_id as "customerId", key_id as "keyId" from customer_keys
    where customer_id = any(${textArray(customerIds)})`);
  return rows;
}

/** Which of these customers have a row in a table that is neither erased nor kept. */
async function inTable(
  db: Queryable,
  declaration: EntityDeclaration,
  customerIds: readonly string[],
): Promise<readonly string[]> {
  const table = tableOf(declaration);
  const isOne = sql`${table.customerId} = any(${textArray(customerIds)})`;
  const rows = await db
    .selectDistinct({ id: table.customerId })
    .from(table)
    .leftJoin(keptRows, isKept(declaration, table))
    .where(and(isOne, isNull(keptRows.keyId), hasLeft(declaration)));
  return rows.map(({ id }) => String(id));
}

/** As `isLeft` of a row that is not kept. Class: pure. */
function hasLeft(declaration: EntityDeclaration): SQL | undefined {
  if (methodOf(declaration) === 'delete') return undefined;
  const table = tableOf(declaration);
  const sealed = sealedClassesOf(declaration).map((of) => ne(table[SEALED_COLUMNS[of]], STRIPPED));
  const secrets = fieldsOf(declaration, 'S').map((name) => isNotNull(table[name]));
  return or(...sealed, ...secrets);
}
