/** The key of a customer who is new to the record. */
import { eq } from 'drizzle-orm';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Queryable } from '../database.js';
import { tableOf } from './columns.js';
import { CUSTOMER } from './entities/index.js';
import { isLinked } from './keys.js';
import { reserveKeys, takeKeys } from './reserved-keys.js';
import type { CustomerKeys } from './sealer.js';

/** A key that a customer may have. */
export interface NewKey {
  readonly keyId: string;
  /** Takes it for good, if the transaction holds. @returns false when somebody else took it: ask anew */
  readonly take: (tx: Queryable) => Promise<boolean>;
}

const CUSTOMERS = tableOf(CUSTOMER);

/**
 * The key that is wanted, unless it is a customer's already or everybody's: then one of its own. It is asked for outside
 * of a transaction. Errors: those of keys. Class: side effect.
 */
export async function keyForNew(
  db: Queryable,
  keys: CustomerKeys,
  wanted: string,
): Promise<NewKey> {
  if (wanted !== SYSTEM_KEY_ID) {
    const { customerId, keyId } = CUSTOMERS;
    const owners = await db.select({ customerId }).from(CUSTOMERS).where(eq(keyId, wanted));
    const linked = await isLinked(db, wanted);
    if (owners.length === 0 && !linked) return { keyId: wanted, take: async () => true };
  }
  const [keyId = ''] = await reserveKeys(db, keys, 1);
  return { keyId, take: (tx) => takeKeys(tx, [keyId]) };
}
