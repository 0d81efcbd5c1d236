/**
 * Keys of customers: the one of its row, and those of instances that ran before anybody knew whose they were. All of
 * them die with the customer.
 */
import { eq, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Queryable } from '../database.js';
import { seesThisCustomer } from '../portfolio/conditions.js';
import { reaching } from '../portfolio/reach.js';
import type { Viewer } from '../portfolio/viewer.js';
import { tableOf } from './columns.js';
import { CUSTOMER } from './entities/index.js';

const customerKeys = pgTable('customer_keys', {
  keyId: text('key_id').primaryKey(),
  customerId: text('customer_id').notNull(),
});

/** A customer as the choice of keys sees it. */
export interface KeyedCustomer {
  readonly keyId: string;
  /** Its data is erased, or about to be. */
  readonly isGone: boolean;
}

/** The keys. */
export interface CustomerKeyring {
  /** Null: there is no such customer. */
  readonly of: (customerId: string) => Promise<KeyedCustomer | null>;
  /** The ids of all keys of a customer, its own first; none: there is no such customer. */
  readonly all: (customerId: string) => Promise<readonly string[]>;
  /** Whose these keys are, by key id; what is nobody's is left out. */
  readonly owners: (keyIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

const CUSTOMERS = tableOf(CUSTOMER);

/** Makes the reader. @param seenBy - it knows the customers whom they see; null: all */
export function createCustomerKeyring(db: Queryable, seenBy: Viewer | null): CustomerKeyring {
  /** Those of these customers whom the person sees. */
  const seenOf = async (customerIds: readonly string[]): Promise<ReadonlySet<string>> => {
    if (seenBy === null || customerIds.length === 0) return new Set(customerIds);
    const isSeen = seesThisCustomer(sql`customers.customer_id`, await reaching(db, seenBy));
    const { rows } = await db.execute<{ customer_id: string }>(sql`
      select customer_id from customers where ${isSeen} and customer_id in (
        select jsonb_array_elements_text(${JSON.stringify(customerIds)}::jsonb))`);
    return new Set(rows.map((row) => row.customer_id));
  };
  const rowOf = async (customerId: string) => {
    const { keyId, state } = CUSTOMERS;
    const isIt = eq(CUSTOMERS.customerId, customerId);
    const [row] = await db.select({ keyId, state }).from(CUSTOMERS).where(isIt);
    return row && (await seenOf([customerId])).has(customerId) ? row : undefined;
  };
  return {
    of: async (customerId) => {
      const row = await rowOf(customerId);
      return row ? { keyId: String(row.keyId), isGone: row.state === 'gone' } : null;
    },
    all: async (customerId) => {
      const row = await rowOf(customerId);
      if (!row) return [];
      const linked = await db
        .select({ keyId: customerKeys.keyId })
        .from(customerKeys)
        .where(eq(customerKeys.customerId, customerId))
        .orderBy(customerKeys.keyId);
      return [String(row.keyId), ...linked.map(({ keyId }) => keyId)];
    },
    owners: async (keyIds) => {
      if (keyIds.length === 0) return new Map();
      const wanted = sql`(select jsonb_array_elements_text(${JSON.stringify(keyIds)}::jsonb))`;
      const { rows } = await db.execute<{ key_id: string; customer_id: string }>(sql`
        select key_id, customer_id from customers where key_id in ${wanted}
        union all select key_id, customer_id from customer_keys where key_id in ${wanted}`);
      const seen = await seenOf([...new Set(rows.map((row) => row.customer_id))]);
      const owned = rows.filter((row) => seen.has(row.customer_id));
      return new Map(owned.map((row) => [row.key_id, row.customer_id]));
    },
  };
}

/**
 * Notes that what is under a key is a customer's, too; one that is its own, the deployment's, or noted already changes
 * nothing. Whoever finds out whose an instance is does so in the transaction in which it says so.
 */
export async function linkKey(tx: Queryable, customerId: string, keyId: string): Promise<void> {
  await tx.execute(sql`insert into customer_keys (key_id, customer_id)
    select ${keyId}, ${customerId} where ${keyId} <> ${SYSTEM_KEY_ID}
      and not exists (select 1 from customers where key_id = ${keyId})
    on conflict do nothing`);
}

/** Whether a key that is no customer's own holds data of one. */
export async function isLinked(db: Queryable, keyId: string): Promise<boolean> {
  const found = await db.select().from(customerKeys).where(eq(customerKeys.keyId, keyId));
  return found.length > 0;
}
