/**
 * Personal parts of acts upon what belongs to a customer: sealed under the customer's key, together with their salt, so
 * that nobody can try out what an erased one was. Class: side effect.
 */
import { sql } from 'drizzle-orm';
import type { PersonalPart, Unopened } from '../../audit/index.js';
import type { Queryable } from '../database.js';
import { bytesText, isSealedUnder, type Seals } from '../sealing/index.js';
import { columnPlace } from '../sealing/places.js';
import { personalPart, storable, type WrittenAct } from './append.js';
import type { Act } from './table.js';

/** An act ready to be written. What is upon a customer whose key was destroyed stays as it is: it is of later. */
export async function withSealedPart(db: Queryable, seals: Seals, act: Act): Promise<WrittenAct> {
  if (act.reason === null && act.data === null) return act;
  const keyId = await keyIdOf(db, act.object);
  if (keyId === null || !isSealedUnder(keyId)) return act;
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

/** The customer key of what an act is upon: an instance, what belongs to one, or a customer; null: it is of nobody. */
async function keyIdOf(db: Queryable, object: string): Promise<string | null> {
  const [, kind, id] = /^(instance|task|incident|customer):([^/ ]+)/.exec(object) ?? [];
  if (kind === undefined || id === undefined) return null;
  const query =
    kind === 'customer'
      ? sql`select key_id from customers where customer_id = ${id}`
      : sql`select customer_key_id as key_id from process_instances where instance_id = ${id}`;
  const { rows } = await db.execute<{ key_id: string }>(query);
  return rows[0]?.key_id ?? null;
}
