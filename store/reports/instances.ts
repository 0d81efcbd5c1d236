/**
 * Counts instances for reports. What ended, what started and what stopped in the periods is read by indexes that begin with the
 * process and the instant; what lies outside of them is not touched. Class: side effect (reads).
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { reaching } from '../portfolio/reach.js';
import { narrowedInstances } from '../portfolio/seen.js';
import type { Viewer } from '../portfolio/viewer.js';
import { IS_LATE, KEPT_A_DATE } from '../projections/instance-facts.js';
import type { CountedInstances, Durations, ReportAsk } from './rows.js';

type Place = Pick<CountedInstances, 'processId' | 'period' | 'version'>;
type Part = Partial<Omit<CountedInstances, keyof Place>>;
type Row = Readonly<Record<string, unknown>>;

/** Counts by process, by period and by version. Rows without anything are left out. */
export async function countInstances(
  db: Queryable,
  ask: ReportAsk,
  seenBy: Viewer | null,
): Promise<readonly CountedInstances[]> {
  const counts = new Map<string, CountedInstances>();
  const narrowed = await among(db, ask, seenBy);
  for (const [query, read] of QUERIES) {
    const { rows } = await db.execute<Row>(sql`${narrowed} ${query(ask)}`);
    for (const row of rows) {
      const place = placeOf(row);
      const key = JSON.stringify(place);
      const known = counts.get(key) ?? { ...place, ...NOTHING };
      counts.set(key, { ...known, ...read(row) });
    }
  }
  return [...counts.values()];
}

/** Has what follows count among what somebody sees of these processes: what was over before the time is in no number of it. */
export async function among(
  db: Queryable,
  { processIds, version, bounds }: ReportAsk,
  seenBy: Viewer | null,
): Promise<SQL> {
  if (seenBy === null) return sql``;
  const fits = sql`process_instances.process_id = any(${list(processIds, sql`text`)})
    ${version === null ? sql`` : sql`and process_instances.definition_version = ${version}`}
    and coalesce(process_instances.ended_at, 'infinity') >= ${bounds[0]}::timestamptz`;
  return sql`with ${narrowedInstances(await reaching(db, seenBy), fits)}`;
}

/** No durations. */
export const NO_DURATIONS: Durations = {
  ...{ mean: null, q1: null, median: null, q3: null, p90: null, p95: null },
};

/** Of a period in which nothing happened. */
export const NOTHING: Omit<CountedInstances, keyof Place> = {
  ...{ started: 0, completed: 0, terminated: 0, late: 0, onTime: 0, incidents: 0, inFlight: 0 },
  durations: NO_DURATIONS,
};

const QUERIES: readonly (readonly [(ask: ReportAsk) => SQL, (row: Row) => Part])[] = [
  [started, (row) => ({ started: Number(row.count) })],
  [ended, endedOf],
  [stopped, (row) => ({ incidents: Number(row.count) })],
  [running, (row) => ({ inFlight: Number(row.count) })],
];

const placeOf = ({ process_id, period = null, version }: Row): Place => ({
  processId: String(process_id),
  // `width_bucket` counts from 1.
  period: period === null ? null : Number(period) - 1,
  version: version === null ? null : Number(version),
});

/** By process; by process and period; by process and version. */
const GROUPS = sql`group by grouping sets ((process_id), (process_id, period), (process_id, version))`;

const list = (values: readonly string[], type: SQL): SQL =>
  sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]::${type}[]`;

/** Instances of these processes; `during`: within the periods by this expression. */
const meant = ({ processIds, version, bounds }: ReportAsk, during: SQL): SQL => sql`
  process_instances.process_id = any(${list(processIds, sql`text`)})
  ${version === null ? sql`` : sql`and process_instances.definition_version = ${version}`}
  and ${during} >= ${bounds[0]}::timestamptz and ${during} < ${bounds.at(-1)}::timestamptz`;

/** Number of the period in which an instant lies, from 1. */
export const periodOf = (column: SQL, { bounds }: ReportAsk): SQL =>
  sql`width_bucket(${column}, ${list(bounds, sql`timestamptz`)})`;

function started(ask: ReportAsk): SQL {
  const at = sql`coalesce(process_instances.started_at, 'infinity')`;
  return sql`select process_id, period, version, count(*) as count from (
    select process_id, definition_version as version, ${periodOf(sql`started_at`, ask)} as period
    from process_instances where ${meant(ask, at)}) one ${GROUPS}`;
}

/** Of those that ended: a start that was refused never ran, and is none. */
function ended(ask: ReportAsk): SQL {
  const at = sql`coalesce(process_instances.ended_at, 'infinity')`;
  return sql`select process_id, period, version,
      count(*) filter (where is_completed) as completed,
      count(*) filter (where not is_completed) as terminated,
      count(*) filter (where is_completed and is_late) as late,
      count(*) filter (where is_completed and kept and not is_late) as on_time,
      avg(duration_ms) filter (where is_completed) as mean,
      percentile_cont(array[0.25, 0.5, 0.75, 0.9, 0.95]) within group (order by duration_ms)
        filter (where is_completed) as shares
    from (
      select process_id, definition_version as version, ${periodOf(sql`ended_at`, ask)} as period,
        state = 'COMPLETED' as is_completed, ${IS_LATE} as is_late, ${KEPT_A_DATE} as kept, duration_ms
      from process_instances where started_at is not null and ${meant(ask, at)}) one ${GROUPS}`;
}

function endedOf({ shares, ...row }: Row): Part {
  const [q1 = null, median = null, q3 = null, p90 = null, p95 = null] = sharesIn(shares);
  return {
    ...{ completed: Number(row.completed), terminated: Number(row.terminated) },
    ...{ late: Number(row.late), onTime: Number(row.on_time) },
    durations: { mean: wholeMs(row.mean), q1, median, q3, p90, p95 },
  };
}

/** An instance that was stopped twice in a period counts once in it. */
function stopped(ask: ReportAsk): SQL {
  const { processIds, version, bounds } = ask;
  return sql`select process_id, period, version, count(distinct instance_id) as count from (
    select incidents.process_id, incidents.instance_id, definition_version as version,
      ${periodOf(sql`opened_at`, ask)} as period
    from incidents join process_instances using (instance_id)
    where incidents.process_id = any(${list(processIds, sql`text`)})
      ${version === null ? sql`` : sql`and definition_version = ${version}`}
      and opened_at >= ${bounds[0]}::timestamptz and opened_at < ${bounds.at(-1)}::timestamptz
    ) one ${GROUPS}`;
}

/** Those that had not ended at the end of the last period. */
function running({ processIds, version, bounds }: ReportAsk): SQL {
  const end = bounds.at(-1);
  return sql`select process_id, definition_version as version, count(*) as count
    from process_instances where process_id = any(${list(processIds, sql`text`)})
      ${version === null ? sql`` : sql`and definition_version = ${version}`}
      and coalesce(ended_at, 'infinity') >= ${end}::timestamptz and started_at < ${end}::timestamptz
    group by grouping sets ((process_id), (process_id, definition_version))`;
}

/** Numbers of an array as drivers hand it over: a list, or PostgreSQL's text of one. Class: pure. */
export function sharesIn(value: unknown): readonly (number | null)[] {
  if (value === null || value === undefined) return [];
  const items = Array.isArray(value) ? value : String(value).replace(/[{}]/g, '').split(',');
  return items.map(wholeMs);
}

/** Whole milliseconds; null: there is nothing. Class: pure. */
export function wholeMs(value: unknown): number | null {
  return value === null || value === 'NULL' ? null : Math.round(Number(value));
}
