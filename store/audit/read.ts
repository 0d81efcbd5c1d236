/** The log as it is checked and exported: every entry as it is stored. Class: side effect. */
import { sql } from 'drizzle-orm';
import {
  type CanonicalValue,
  type Entry,
  type Facts,
  type FoundEntry,
  KEY_ACTION,
} from '../../audit/index.js';
import { instantFromText } from '../columns.js';
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import { checkPart } from './sealed-parts.js';
import { readHead } from './table.js';

const PAGE = 1_000;

/** A row as it is stored. */
export type StoredRow = {
  number: string;
  at: string;
  actor: string | null;
  action: string;
  object: string;
  outcome: string;
  code: string | null;
  request_id: string | null;
  facts: Facts | null;
  personal: string | null;
  hash: Buffer;
  reason: string | null;
  data: CanonicalValue;
  salt: Buffer | null;
  key_id: string | null;
  sealed: Buffer | null;
};

/**
 * All entries in order, page by page, so that nobody waits for the reader.
 *
 * @returns how many the log counted just before its last, empty page: when all is well as many as were read
 */
export async function* readEntries(
  db: Queryable,
  seals: Seals,
): AsyncGenerator<FoundEntry, number> {
  for (let after = 0; ; ) {
    const { size } = await readHead(db);
    const rows = await readRows(db, sql`number > ${after} order by number limit ${PAGE}`);
    if (rows.length === 0) return size;
    yield* await Promise.all(rows.map((row) => foundOf(db, seals, row)));
    after = Number(rows.at(-1)?.number);
  }
}

/** The entries that name the keys of the log. */
export async function keyEntries(db: Queryable): Promise<readonly Entry[]> {
  const rows = await readRows(db, sql`action = ${KEY_ACTION} order by number`);
  return rows.map(entryOf);
}

/** Entries about any of these, by what stands in their object, and those that name the keys of the log; in order. */
export async function entriesAbout(
  db: Queryable,
  seals: Seals,
  ids: readonly string[],
  until: number,
): Promise<readonly FoundEntry[]> {
  const patterns = JSON.stringify(ids.map((id) => `%${id}%`));
  const isAbout = sql`object like any (array(select jsonb_array_elements_text(${patterns}::jsonb)))`;
  const rows = await readRows(
    db,
    sql`number <= ${until} and (action = ${KEY_ACTION} or ${isAbout}) order by number`,
  );
  return Promise.all(rows.map((row) => foundOf(db, seals, row)));
}

/** Rows with their personal parts. @param rest - which, and in what order */
export async function readRows(db: Queryable, rest: ReturnType<typeof sql>): Promise<StoredRow[]> {
  const { rows } =
    await db.execute<StoredRow>(sql`select number, at::text as at, actor, action, object,
    outcome, code, request_id, facts, personal, hash, reason, data, salt,
    key_id, sealed
    from audit left join audit_personal using (number) where ${rest}`);
  return rows;
}

/** A row with its personal part opened, or with why it was not. */
export async function foundOf(db: Queryable, seals: Seals, row: StoredRow): Promise<FoundEntry> {
  const { reason, data, salt, hash, sealed } = row;
  const open = salt && { reason, data, salt };
  const personal = sealed ? await checkPart(db, seals, { ...row, sealed }) : open;
  return { entry: entryOf(row), hash, personal };
}

/** The entry of a row. */
export function entryOf(row: StoredRow): Entry {
  const { actor, action, object, outcome, code, request_id: requestId, facts, personal } = row;
  const at = instantFromText(row.at);
  const number = Number(row.number);
  return { number, at, actor, action, object, outcome, code, requestId, facts, personal };
}
