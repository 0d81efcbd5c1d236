/** Counts what happened at the elements of a process. Class: side effect (reads). */
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import type { Viewer } from '../portfolio/viewer.js';
import { among, sharesIn, wholeMs } from './instances.js';
import type { CountedElement, ReportAsk } from './rows.js';

type Row = Readonly<Record<string, unknown>>;

/** The first of the processes alone. By element, over all versions and by each. */
export async function countElements(
  db: Queryable,
  ask: ReportAsk,
  seenBy: Viewer | null,
): Promise<readonly CountedElement[]> {
  const narrowed = seenBy === null ? sql`with` : sql`${await among(db, ask, seenBy)},`;
  const { rows } = await db.execute<Row>(sql`
    ${narrowed} entered as (${entered(ask)}), here as (${here(ask)}), stopped as (${stopped(ask)})
    select coalesce(e.element_id, h.element_id, s.element_id) as element_id,
      coalesce(e.version, h.version, s.version) as version, coalesce(e.name, h.name) as name,
      coalesce(e.kind, h.kind) as kind, e.times, e.instances, e.shares, e.mean, h.count as active,
      s.count as incidents
    from entered e
      full join here h on h.element_id = e.element_id and h.version = e.version
      full join stopped s on s.element_id = coalesce(e.element_id, h.element_id)
        and s.version = coalesce(e.version, h.version)
    order by 1, 2`);
  return rows.map(countedOf);
}

/** Stands for all versions: versions begin at 1, and rows without a version would meet none. */
const ALL = 0;

const GROUPS = sql`group by grouping sets ((element_id), (element_id, of_version))`;
const VERSION = sql`coalesce(of_version, ${ALL}) as version`;

const isMeant = ({ processIds, version }: ReportAsk, table: SQL): SQL => sql`
  ${table}.process_id = ${processIds[0]}
  ${version === null ? sql`` : sql`and definition_version = ${version}`}`;

const during = ({ bounds }: ReportAsk, column: SQL): SQL =>
  sql`${column} >= ${bounds[0]}::timestamptz and ${column} < ${bounds.at(-1)}::timestamptz`;

/** The process itself is no element that was entered. */
const entered = (ask: ReportAsk): SQL => sql`
  select element_id, ${VERSION}, max(name) as name, max(kind) as kind, count(*) as times,
    count(distinct instance_id) as instances,
    percentile_cont(array[0.5, 0.95]) within group (order by ms) filter (where ms is not null) as shares,
    avg(ms) as mean
  from (
    select element_id, definition_version as of_version, instance_id, one.name, one.kind,
      case when one.state = 'COMPLETED' then
        (extract(epoch from (one.ended_at - one.entered_at)) * 1000)::float8 end as ms
    from element_instances one join process_instances using (instance_id)
    where ${isMeant(ask, sql`one`)} and ${during(ask, sql`one.entered_at`)}
      and one.kind is distinct from 'process') entered ${GROUPS}`;

const here = (ask: ReportAsk): SQL => sql`
  select element_id, ${VERSION}, max(name) as name, max(kind) as kind,
    count(distinct instance_id) as count
  from (
    select element_id, definition_version as of_version, instance_id, one.name, one.kind
    from element_instances one join process_instances using (instance_id)
    where ${isMeant(ask, sql`one`)} and one.state = 'ACTIVE'
      and one.kind is distinct from 'process') here ${GROUPS}`;

const stopped = (ask: ReportAsk): SQL => sql`
  select element_id, ${VERSION}, count(distinct instance_id) as count
  from (
    select element_id, definition_version as of_version, instance_id
    from incidents one join process_instances using (instance_id)
    where ${isMeant(ask, sql`one`)} and ${during(ask, sql`one.opened_at`)}
      and element_id is not null) stopped ${GROUPS}`;

function countedOf(row: Row): CountedElement {
  const [median = null, p95 = null] = sharesIn(row.shares);
  const version = Number(row.version);
  const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    elementId: String(row.element_id),
    version: version === ALL ? null : version,
    ...{ name: textOf(row.name), kind: textOf(row.kind) },
    ...{ times: Number(row.times ?? 0), instances: Number(row.instances ?? 0) },
    ...{ active: Number(row.active ?? 0), incidents: Number(row.incidents ?? 0) },
    ...{ median, p95, mean: wholeMs(row.mean) },
  };
}
