/**
 * Entries get their numbers and hashes in the one statement that writes them: who writes holds the log no longer than
 * that takes, and a client that stalls holds up nobody. What is rolled back leaves no gap. Class: side effect.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { commitmentUnder, entryFrame } from '../../audit/index.js';
import { jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { areTold } from '../events/write.js';
import type { Act } from './table.js';

const SALT_BYTES = 16;

/** An act as it is written: with the personal part of its own, or with one that was sealed. */
export interface WrittenAct extends Act {
  readonly sealed?: SealedPart;
}

/** A personal part under a customer's key, and what the entry holds of it. */
export interface SealedPart {
  readonly keyId: string;
  /** The commitment to the part. */
  readonly personal: string;
  /** Bytes as PostgreSQL reads them from a text. */
  readonly bytes: string;
}

/** Adds acts in their order. @returns the numbers of the first and the last; at least one act is given */
export async function appendActs(
  db: Queryable,
  acts: readonly WrittenAct[],
): Promise<{ readonly first: number; readonly last: number }> {
  const given = acts.map((act, index) => givenOf(act, index + 1));
  const told = areTold(acts) ? sql`, told as (${TOLD})` : sql``;
  const { rows } = await db.execute<{ first: string; last: string }>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (
        place bigint, at timestamptz, actor text, action text, object text, outcome text, code text,
        request_id text, facts jsonb, personal text, before text, after text, reason text, data jsonb, salt text, key_id text, sealed bytea)
    ), counted as (
      update audit_log set size = size + ${acts.length}::bigint returning size - ${acts.length}::bigint as held
    ), written as (
      insert into audit (number, at, actor, action, object, outcome, code, request_id, facts, personal, hash)
      select held + place, at, actor, action, object, outcome, code, request_id, facts, personal,
        sha256(decode('00', 'hex') || convert_to(before || (held + place)::text || after, 'UTF8'))
      from given, counted order by place returning number
    ), kept as (
      insert into audit_personal (number, reason, data, salt, key_id, sealed)
      select held + place, reason, data, decode(salt, 'hex'), key_id, sealed from given, counted
      where salt is not null or sealed is not null
    )${told}
    select min(number) as first, max(number) as last from written`);
  return { first: Number(rows[0]?.first), last: Number(rows[0]?.last) };
}

/** Live events tell of the last number that was written. */
const TOLD = sql`insert into events (type, at, subject)
  select 'audit.appended', clock_timestamp(), max(number)::text from written`;

/** An act as the statement takes it, with the text around its number. Class: pure but for the salt. */
function givenOf(act: WrittenAct, place: number) {
  const { sealed, ...whole } = act;
  const { requestId, reason, data, facts = null, ...rest } = storable(whole);
  const at = new Date(act.at).toISOString();
  const part = sealed ? null : personalPart(null, reason, data);
  const personal = sealed?.personal ?? part?.personal ?? null;
  const frame = entryFrame({ ...rest, at, requestId, facts, personal });
  const kept = {
    reason: part ? reason : null,
    data: part ? data : null,
    salt: part?.salt.toString('hex') ?? null,
    key_id: sealed?.keyId ?? null,
    sealed: sealed?.bytes ?? null,
  };
  return { place, ...rest, at, request_id: requestId, facts, personal, ...frame, ...kept };
}

/** What is hashed is what the database gives back: texts that it cannot hold are replaced before. Class: pure. */
export function storable<T extends Partial<Act>>(act: T): T {
  return JSON.parse(jsonText(act)) as T;
}

/**
 * A new salt for a personal part and the commitment to it; null: there is none. `keyId` is the key that it is sealed under,
 * null: it stays in the open. Class: pure but for the salt.
 */
export function personalPart(
  keyId: string | null,
  reason: Act['reason'],
  data: Act['data'],
): { readonly salt: Buffer; readonly personal: string } | null {
  if (reason === null && data === null) return null;
  const salt = randomBytes(SALT_BYTES);
  return { salt, personal: commitmentUnder(keyId, { reason, data, salt }) };
}
