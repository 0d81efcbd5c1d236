/** What reports count by: instances, elements and the longest of them. The numbers mean what docs/reports.md says. */
import { sql } from 'drizzle-orm';
import { instantFromText } from '../columns.js';
import type { Queryable } from '../database.js';
import type { Viewer } from '../portfolio/viewer.js';
import { countClocks } from './clocks.js';
import { countElements } from './elements.js';
import { among, countInstances } from './instances.js';
import type {
  CountedClocks,
  CountedElement,
  CountedInstances,
  LongInstance,
  ReportAsk,
} from './rows.js';

export { NOTHING } from './instances.js';
export type * from './rows.js';

/** Reads for reports. Class: side effect. */
export interface Reports {
  /** By process; by process and period; by process and version. What has nothing is left out. */
  readonly instances: (ask: ReportAsk) => Promise<readonly CountedInstances[]>;
  /** Of the first process, by element and by element and version. */
  readonly elements: (ask: ReportAsk) => Promise<readonly CountedElement[]>;
  /** Of the first process, clocks of the tickets that it opened. */
  readonly clocks: (ask: ReportAsk) => Promise<readonly CountedClocks[]>;
  /** Completed in the periods and longer than so many milliseconds: how many, and the longest of them. */
  readonly longest: (
    ask: ReportAsk,
    longerThanMs: number,
    limit: number,
  ) => Promise<{ readonly count: number; readonly items: readonly LongInstance[] }>;
}

/** Makes it. @param seenBy - it counts what they see; null: all */
export function createReports(db: Queryable, seenBy: Viewer | null): Reports {
  return {
    instances: (ask) => countInstances(db, ask, seenBy),
    elements: (ask) => countElements(db, ask, seenBy),
    clocks: (ask) => countClocks(db, ask, seenBy),
    longest: (ask, longerThanMs, limit) => longest(db, ask, seenBy, longerThanMs, limit),
  };
}

async function longest(
  db: Queryable,
  ask: ReportAsk,
  seenBy: Viewer | null,
  longerThanMs: number,
  limit: number,
) {
  const { processIds, version, bounds } = ask;
  const { rows } = await db.execute<Readonly<Record<string, string>>>(sql`
    ${await among(db, ask, seenBy)}
    select instance_id, definition_version, business_key, started_at::text, ended_at::text, duration_ms,
      count(*) over () as found
    from process_instances where process_instances.process_id = ${processIds[0]} and state = 'COMPLETED'
      ${version === null ? sql`` : sql`and definition_version = ${version}`}
      and coalesce(ended_at, 'infinity') >= ${bounds[0]}::timestamptz
      and coalesce(ended_at, 'infinity') < ${bounds.at(-1)}::timestamptz
      and duration_ms > ${longerThanMs}
    order by duration_ms desc, instance_id limit ${limit}`);
  const items = rows.map((row) => ({
    ...{ instanceId: row.instance_id ?? '', version: Number(row.definition_version) },
    businessKey: row.business_key ?? null,
    startedAt: instantFromText(row.started_at ?? ''),
    endedAt: instantFromText(row.ended_at ?? ''),
    durationMs: Number(row.duration_ms),
  }));
  return { count: Number(rows[0]?.found ?? 0), items };
}
