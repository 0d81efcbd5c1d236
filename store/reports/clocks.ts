/**
 * Counts clocks of tickets by the instances that opened these, as of the newest row of each clock. They are found by when they
 * began; what began outside of the periods is not touched. Class: side effect (reads).
 */
import { sql } from 'drizzle-orm';
import { CLOCK_METRICS } from '../../contracts/report-names.js';
import { textArray } from '../columns.js';
import type { Queryable } from '../database.js';
import type { Viewer } from '../portfolio/viewer.js';
import { CLOCK_IS_DONE, CLOCK_STANDINGS, IS_NEWEST } from '../projections/instance-facts.js';
import { among, periodOf, wholeMs } from './instances.js';
import type { CountedClocks, ReportAsk } from './rows.js';

type Row = Readonly<Record<string, unknown>>;

/** Of the first of the processes alone: by clock, by clock and period, by clock and version. What has nothing is left out. */
export async function countClocks(
  db: Queryable,
  ask: ReportAsk,
  seenBy: Viewer | null,
): Promise<readonly CountedClocks[]> {
  const { processIds, version, bounds } = ask;
  const countOf = (which: keyof typeof CLOCK_STANDINGS) =>
    sql`count(distinct instance_id) filter (where standing = ${which})`;
  const { KEPT, MISSED, RUNNING } = CLOCK_STANDINGS;
  const { rows } = await db.execute<Row>(sql`${await among(db, ask, seenBy)}
    select metric, period, version, ${countOf('KEPT')} as kept, ${countOf('MISSED')} as missed,
      ${countOf('RUNNING')} as running,
      percentile_cont(0.5) within group (order by elapsed_ms) filter (where is_done) as median
    from (
      select clock.metric, tickets.instance_id, definition_version as version,
        ${periodOf(sql`clock.started_at`, ask)} as period, clock.elapsed_ms, ${CLOCK_IS_DONE} as is_done,
        case when ${KEPT} then 'KEPT' when ${MISSED} then 'MISSED' when ${RUNNING} then 'RUNNING' end as standing
      from ticket_sla_rows clock join tickets using (ticket_id)
        join process_instances on process_instances.instance_id = tickets.instance_id
      where clock.metric = any(${textArray(CLOCK_METRICS)}) and ${IS_NEWEST}
        and clock.started_at >= ${bounds[0]}::timestamptz
        and clock.started_at < ${bounds.at(-1)}::timestamptz
        and process_instances.process_id = ${processIds[0]}
        ${version === null ? sql`` : sql`and definition_version = ${version}`}) one
    where standing is not null
    group by grouping sets ((metric), (metric, period), (metric, version))`);
  return rows.map((row) => ({
    metric: String(row.metric),
    // `width_bucket` counts from 1.
    period: (row.period ?? null) === null ? null : Number(row.period) - 1,
    version: (row.version ?? null) === null ? null : Number(row.version),
    ...{ kept: Number(row.kept), missed: Number(row.missed), running: Number(row.running) },
    median: wholeMs(row.median ?? null),
  }));
}
