/**
 * Entries get their numbers and hashes in the one statement that writes them: who writes holds the log no longer than
 * that takes, and a client that stalls holds up nobody. What is rolled back leaves no gap. Class: side effect.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { commitmentTo, entryFrame } from '../../audit/index.js';
import { jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import type { Act } from './table.js';

const SALT_BYTES = 16;

/** Adds acts in their order. @returns the numbers of the first and the last; at least one act is given */
export async function appendActs(
  db: Queryable,
  acts: readonly Act[],
): Promise<{ readonly first: number; readonly last: number }> {
  const given = acts.map((act, index) => givenOf(act, index + 1));
  const { rows } = await db.execute<{ first: string; last: string }>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (
        place bigint, at timestamptz, actor text, action text, object text, outcome text, code text,
        request_id text, facts jsonb, personal text, before text, after text, reason text, data jsonb, salt text)
    ), counted as (
      update audit_log set size = size + ${acts.length}::bigint returning size - ${acts.length}::bigint as held
    ), written as (
      insert into audit (number, at, actor, action, object, outcome, code, request_id, facts, personal, hash)
      select held + place, at, actor, action, object, outcome, code, request_id, facts, personal,
        sha256(decode('00', 'hex') || convert_to(before || (held + place)::text || after, 'UTF8'))
      from given, counted order by place returning number
    ), kept as (
      insert into audit_personal (number, reason, data, salt)
      select held + place, reason, data, decode(salt, 'hex') from given, counted where salt is not null
    )
    select min(number) as first, max(number) as last from written`);
  return { first: Number(rows[0]?.first), last: Number(rows[0]?.last) };
}

/** An act as the statement takes it, with the text around its number. Class: pure but for the salt. */
function givenOf(act: Act, place: number) {
  // What is hashed is what the database gives back: texts that it cannot hold are replaced before.
  const { requestId, reason, data, facts = null, ...rest } = JSON.parse(jsonText(act)) as Act;
  const at = new Date(act.at).toISOString();
  const isBare = reason === null && data === null;
  const salt = isBare ? null : randomBytes(SALT_BYTES);
  const personal = salt && commitmentTo({ reason, data, salt });
  const frame = entryFrame({ ...rest, at, requestId, facts, personal });
  const part = { reason, data, salt: salt?.toString('hex') ?? null };
  return { place, ...rest, at, request_id: requestId, facts, personal, ...frame, ...part };
}
