/**
 * Folds the changes of many entries into at most one change a row, and writes them: two statements a table,
 * however many rows, and all of them in one trip.
 */
import { type SQL, sql } from 'drizzle-orm';
import { jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { TABLES } from './tables.js';
import type { ProjectionTable, RowChange, RowValues } from './types.js';

/** Changes by table and key of the row. */
export type ChangeSet = Map<ProjectionTable, Map<string, RowChange>>;

/** Adds one change after those that are in the set. Class: pure but for `set`. */
export function addChange(set: ChangeSet, change: RowChange): void {
  const rows = set.get(change.table) ?? new Map<string, RowChange>();
  set.set(change.table, rows);
  const key = JSON.stringify(TABLES[change.table].key.map((column) => change.row[column]));
  const before = change.how === 'patch' ? rows.get(key) : undefined;
  rows.set(key, before ? { ...before, row: { ...before.row, ...change.row } } : change);
}

/** The statements that write a set; they touch different rows, so their order does not matter. Class: pure. */
export function statementsOf(set: ChangeSet): readonly SQL[] {
  return [...set].flatMap(([table, changes]) => {
    const rows = (how: RowChange['how']): readonly RowValues[] =>
      [...changes.values()].filter((change) => change.how === how).map(({ row }) => row);
    const [whole, parts] = [rows('put'), rows('patch')];
    return [
      ...(whole.length > 0 ? [putRows(table, whole)] : []),
      ...(parts.length > 0 ? [patchRows(table, parts)] : []),
    ];
  });
}

/** Runs statements in one trip to the database, as parts of one. Class: side effect. */
export async function runTogether(db: Queryable, statements: readonly SQL[]): Promise<void> {
  if (statements.length === 0) return;
  const parts = statements.map(
    (statement, index) => sql`${sql.raw(`s${index}`)} as (${statement})`,
  );
  await db.execute(sql`with ${sql.join(parts, sql`, `)} select 1`);
}

function putRows(table: ProjectionTable, rows: readonly RowValues[]): SQL {
  const { key, columns } = TABLES[table];
  const name = sql.identifier(table);
  const list = names(columns);
  const updates = sql.join(
    columns.map((column) => sql`${sql.identifier(column)} = excluded.${sql.identifier(column)}`),
    sql`, `,
  );
  return sql`insert into ${name} (${list})
    select ${list} from jsonb_populate_recordset(null::${name}, ${jsonText(rows)}::jsonb)
    on conflict (${names(key)}) do update set ${updates}`;
}

/** `jsonb_populate_record` keeps the columns that a patch does not name. */
function patchRows(table: ProjectionTable, rows: readonly RowValues[]): SQL {
  const { key, columns } = TABLES[table];
  const rest = columns.filter((column) => !key.includes(column));
  const isRow = sql.join(
    key.map(
      (column) =>
        sql`target.${sql.identifier(column)} = change.patch ->> ${sql.raw(`'${column}'`)}`,
    ),
    sql` and `,
  );
  const values = sql.join(
    rest.map((column) => sql`patched.${sql.identifier(column)}`),
    sql`, `,
  );
  return sql`update ${sql.identifier(table)} target set (${names(rest)}) =
      (select ${values} from jsonb_populate_record(target, change.patch) patched)
    from jsonb_array_elements(${jsonText(rows)}::jsonb) change (patch) where ${isRow}`;
}

function names(columns: readonly string[]): SQL {
  return sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );
}
