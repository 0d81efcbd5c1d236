/**
 * Personal parts of acts upon what belongs to a customer: sealed under the customer's key, together with their salt, so
 * that nobody can try out what an erased one was. Class: side effect.
 */
import { type SQL, sql } from 'drizzle-orm';
import { committedKey, type PersonalPart, type Unopened } from '../../audit/index.js';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Queryable } from '../database.js';
import { bytesText, isSealedUnder, type Seals } from '../sealing/index.js';
import { columnPlace } from '../sealing/places.js';
import { personalPart, storable, type WrittenAct } from './append.js';
import type { Act } from './table.js';

/** An act ready to be written. What is upon a customer whose key was destroyed stays as it is: it is of later. */
export async function withSealedPart(db: Queryable, seals: Seals, act: Act): Promise<WrittenAct> {
  if (act.reason === null && act.data === null) return act;
  const keyId = await keyIdOf(db, act.object);
  if (keyId === null) return act;
  const { reason, data } = storable({ reason: act.reason, data: act.data });
  const part = personalPart(keyId, reason, data);
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
  const committed = committedKey(personal ?? '');
  if (committed !== undefined && committed !== keyId) return 'other key';
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

/** A sealed part as it is stored, with what its entry says of it. */
export interface StoredPart {
  readonly object: string;
  readonly personal: string | null;
  readonly key_id: string | null;
  readonly sealed: Uint8Array;
}

/**
 * As `openPart`. Where the entry names no key, as those of before, a destroyed one counts only if it is a key of what the
 * entry is about: else any part could be said to be gone.
 */
export async function checkPart(
  db: Queryable,
  seals: Seals,
  { object, personal, key_id, sealed }: StoredPart,
): Promise<PersonalPart | Unopened> {
  const keyId = key_id ?? '';
  const found = await openPart(seals, personal, keyId, sealed);
  const isNamed = committedKey(personal ?? '') !== undefined;
  if (found !== 'key destroyed' || isNamed) return found;
  return (await isKeyOf(db, keyId, object)) ? found : 'other key';
}

interface SealedValue {
  readonly reason: string | null;
  readonly data: PersonalPart['data'];
  readonly salt: string;
}

const placeOf = (personal: string) => columnPlace('audit_personal', [personal], 'sealed');

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** The customer key of what an act is upon: of the first instance or customer that has one; null: it is of nobody. */
async function keyIdOf(db: Queryable, object: string): Promise<string | null> {
  const { named, instances, customers } = namedIn(object);
  const keys = new Map(await keysOf(db, instances));
  for (const id of customers) {
    const { rows } = await db.execute<{ key_id: string }>(
      sql`select key_id from customers where customer_id = ${id}`,
    );
    if (rows[0]) keys.set(id, rows[0].key_id);
  }
  return named.map(({ id }) => keys.get(id)).find((key) => key && isSealedUnder(key)) ?? null;
}

/**
 * The keys that instances run under, or of the customers that those under the deployment's key are about: an operator's process
 * outlives the key of its customer, and what people say of it need not. One that names several customers is about none of them alone.
 */
async function keysOf(
  db: Queryable,
  instanceIds: readonly string[],
): Promise<readonly (readonly [id: string, key: string])[]> {
  if (instanceIds.length === 0) return [];
  const { rows } = await db.execute<{ instance_id: string; key_id: string }>(sql`
    select instance_id, coalesce(nullif(customer_key_id, ${SYSTEM_KEY_ID}), (
      select min(c.key_id) from variables v join customers c on c.customer_id = v.value #>> '{}'
      where v.name = 'customerId' and v.instance_id = p.instance_id
      having count(distinct c.customer_id) = 1), ${SYSTEM_KEY_ID}) as key_id
    from process_instances p where instance_id ${among(instanceIds)}`);
  return rows.map((row) => [row.instance_id, row.key_id]);
}

/** Whether a key is one of an instance or a customer that an object names, or was by a certificate of that customer. */
async function isKeyOf(db: Queryable, keyId: string, object: string): Promise<boolean> {
  const { instances, customers } = namedIn(object);
  const { rows } = await db.execute(sql`
    select 1 from process_instances where instance_id ${among(instances)} and customer_key_id = ${keyId}
    union all select 1 from customers where customer_id ${among(customers)} and key_id = ${keyId}
    union all select 1 from customer_keys where customer_id ${among(customers)} and key_id = ${keyId}
    union all select 1 from deletion_certificates
      where customer_id ${among(customers)} and keys_destroyed ? ${keyId}
    limit 1`);
  return rows.length > 0;
}

const among = (ids: readonly string[]): SQL =>
  sql`in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;

function namedIn(object: string) {
  const named = [...object.matchAll(NAMED)].map(([, kind = '', id = '']) => ({ kind, id }));
  const idsOf = (isCustomer: boolean): readonly string[] =>
    named.filter(({ kind }) => (kind === 'customer') === isCustomer).map(({ id }) => id);
  return { named, instances: idsOf(false), customers: idsOf(true) };
}

/** What an object names besides others, such as the instances that took a message. */
const NAMED = /(?:^| )(instance|task|incident|customer):([^/ ]+)/g;
