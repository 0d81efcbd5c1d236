/**
 * Ranges of the log: between which checkpoints a time lies, and what stands between two of them, page by page. Who reads
 * may stop at any page. Class: side effect.
 */
import { type SQL, sql } from 'drizzle-orm';
import { type Entry, KEY_ACTION, type PersonalPart } from '../../audit/index.js';
import { instancesOfCustomer } from '../customers/instances.js';
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import { entryOf, foundOf, readRows, type StoredRow } from './read.js';

const PAGE = 1_000;

/** Entries `after` + 1 up to `to`, and which of them are read whole. */
export interface LogRange {
  readonly after: number;
  readonly to: number;
  /** Null: by whomever. */
  readonly actors: readonly string[] | null;
  /** Null: about whatever. */
  readonly customerId: string | null;
  readonly processId: string | null;
}

/** An entry of a range. */
export interface RangeEntry {
  readonly number: number;
  /** As a leaf of the tree. */
  readonly hash: Buffer;
  /** Null: the range does not ask for it. */
  readonly entry: Entry | null;
}

/** Numbers of the first entry from a time on, and of the last one before another; null: there is none. */
export async function numbersAt(
  db: Queryable,
  since: string | null,
  until: string | null,
): Promise<{ readonly first: number | null; readonly last: number | null }> {
  const { rows } = await db.execute<{ first: string | null; last: string | null }>(sql`select
    (select min(number) from audit where ${since === null ? sql`true` : sql`at >= ${since}`}) as first,
    (select max(number) from audit where ${until === null ? sql`true` : sql`at < ${until}`}) as last`);
  const [{ first = null, last = null } = {}] = rows;
  return {
    first: first === null ? null : Number(first),
    last: last === null ? null : Number(last),
  };
}

/** All entries of a range in order. Those that name keys of the log are always read whole. */
export async function* readRange(db: Queryable, range: LogRange): AsyncGenerator<RangeEntry> {
  const fits = sql`(action = ${KEY_ACTION} or ${fitting(range)})`;
  for (let { after } = range; after < range.to; ) {
    const { rows } = await db.execute<StoredRow & { fits: boolean }>(sql`
      select number, at::text as at, actor, action, object, outcome, code, request_id, facts,
        personal, hash, ${fits} as fits
      from audit where number > ${after} and number <= ${range.to} order by number limit ${PAGE}`);
    if (rows.length === 0) return;
    for (const row of rows) {
      const number = Number(row.number);
      yield { number, hash: row.hash, entry: row.fits ? entryOf(row) : null };
    }
    after = Number(rows.at(-1)?.number);
  }
}

/** The personal parts of those that `readRange` reads whole, as far as they are there and open. */
export async function* readRangeParts(
  db: Queryable,
  seals: Seals,
  range: LogRange,
): AsyncGenerator<PersonalPart & { readonly number: number }> {
  for (let { after } = range; ; ) {
    const rows = await readRows(
      db,
      sql`number > ${after} and number <= ${range.to} and personal is not null
        and ${fitting(range)} order by number limit ${PAGE}`,
    );
    if (rows.length === 0) return;
    for (const row of rows) {
      const { personal } = await foundOf(db, seals, row);
      if (personal && typeof personal !== 'string') {
        yield { ...personal, number: Number(row.number) };
      }
    }
    after = Number(rows.at(-1)?.number);
  }
}

function fitting({ actors, customerId, processId }: LogRange): SQL {
  const all = [
    ...(actors === null
      ? []
      : [sql`actor in (select jsonb_array_elements_text(${JSON.stringify(actors)}::jsonb))`]),
    ...(customerId === null ? [] : [naming(idsOfCustomer(customerId))]),
    ...(processId === null ? [] : [naming(idsOfProcess(processId))]),
  ];
  return all.length === 0 ? sql`true` : sql.join(all, sql` and `);
}

/** Whether an entry names any of these ids: as what it is about, or among the instances whose values were read. */
const naming = (ids: SQL): SQL => sql`(
  exists (select 1 from regexp_matches(object, '(?:^| )[a-z]+:([^/ ]+)', 'g') as named(parts)
    where named.parts[1] in (${ids}))
  or exists (select 1 from jsonb_array_elements_text(
      case when jsonb_typeof(facts -> 'instances') = 'array' then facts -> 'instances' end) as read(id)
    where read.id in (${ids})))`;

/** A customer, and what is theirs as far as the store knows it now. */
const idsOfCustomer = (customerId: string): SQL => sql`
  select ${customerId}::text
  union all (${instancesOfCustomer(customerId)})
  union all select certificate_id from deletion_certificates where customer_id = ${customerId}
  union all select export_id from exports where customer_id = ${customerId}
  union all select hold_id from legal_holds where customer_id = ${customerId}
  union all select request_id from erasure_requests where customer_id = ${customerId}`;

/** A process, and its instances as far as the store has them now. */
const idsOfProcess = (processId: string): SQL => sql`
  select ${processId}::text
  union all select instance_id from process_instances where process_id = ${processId}`;
