/**
 * Personal parts of acts upon what belongs to a customer: sealed under the customer's key, together with their salt, so
 * that nobody can try out what an erased one was. Class: side effect.
 */
import { sql } from 'drizzle-orm';
import type { PersonalPart, Unopened } from '../../audit/index.js';
import type { Queryable } from '../database.js';
import { bytesText, isSealedUnder, type Seals } from '../sealing/index.js';
import { keyIdsOf } from '../sealing/opened.js';
import { columnPlace } from '../sealing/places.js';
import { personalPart, storable, type WrittenAct } from './append.js';
import type { Act } from './table.js';

/** An act ready to be written. What is upon a customer whose key was destroyed stays as it is: it is of later. */
export async function withSealedPart(db: Queryable, seals: Seals, act: Act): Promise<WrittenAct> {
  if (act.reason === null && act.data === null) return act;
  const keyId = await keyIdOf(db, act.object);
  if (keyId === null) return act;
  const { reason, data } = storable({ reason: act.reason, data: act.data });
  const part = personalPart(reason, data);
  if (!part) return act;
  const { personal, salt } = part;
  try {
    const plain = { reason, data, salt: salt.toString('hex') };
    const sealed = await seals.seal(keyId, plain, placeOf(personal));
    return {
      ...act,
      reason: null,
      data: null,
      sealed: { keyId, personal, bytes: bytesText(sealed) },
    };
  } catch (error) {
    if (hasCode(error, 'KEY_SHREDDED')) return act;
    throw error;
  }
}

/** A sealed part by its commitment, or why it was not opened. Errors: those of a keyring that is out of reach. */
export async function openPart(
  seals: Seals,
  personal: string | null,
  keyId: string,
  sealed: Uint8Array,
): Promise<PersonalPart | Unopened> {
  try {
    const found = await seals.open(keyId, sealed, placeOf(personal ?? ''));
    if (!found) return 'key destroyed';
    const { reason, data, salt } = found.value as unknown as SealedValue;
    return { reason, data, salt: Buffer.from(salt, 'hex') };
  } catch (error) {
    if (hasCode(error, 'STORE_UNSEALED')) return 'no key at hand';
    if (hasCode(error, 'SEALED_VALUE_REFUSED') || hasCode(error, 'KEY_UNKNOWN'))
      return 'does not open';
    throw error;
  }
}

interface SealedValue {
  readonly reason: string | null;
  readonly data: PersonalPart['data'];
  readonly salt: string;
}

const placeOf = (personal: string) => columnPlace('audit_personal', [personal], 'sealed');

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** The customer key of what an act is upon: the first instance or customer that has one; null: it is of nobody. */
async function keyIdOf(db: Queryable, object: string): Promise<string | null> {
  const named = [...object.matchAll(NAMED)].map(([, kind = '', id = '']) => ({ kind, id }));
  const idsOf = (isCustomer: boolean): readonly string[] =>
    named.filter(({ kind }) => (kind === 'customer') === isCustomer).map(({ id }) => id);
  const [instances, customers] = [idsOf(false), idsOf(true)];
  const keys = new Map(instances.length > 0 ? await keyIdsOf(db, instances) : []);
  for (const id of customers) {
    const { rows } = await db.execute<{ key_id: string }>(
      sql`select key_id from customers where customer_id = ${id}`,
    );
    if (rows[0]) keys.set(id, rows[0].key_id);
  }
  return named.map(({ id }) => keys.get(id)).find((key) => key && isSealedUnder(key)) ?? null;
}

/** What an object names besides others, such as the instances that took a message. */
const NAMED = /(?:^| )(instance|task|incident|customer):([^/ ]+)/g;
