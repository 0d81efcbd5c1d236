/** How many instances stand where: by version of their process, and by what stops them. Class: side effect (reads). */
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';

/** Instances of one version. */
export interface VersionStanding {
  readonly processId: string;
  readonly version: number;
  readonly withIncident: number;
  readonly withoutIncident: number;
}

/** Instances of one version that an open incident of this code stops. */
export interface CodeStanding {
  readonly code: string;
  readonly processId: string;
  readonly version: number;
  readonly instances: number;
}

type Counted<T> = { [K in keyof T]: T[K] extends number ? string : T[K] };

/** Those that are meant, by process and version. */
export async function countVersions(
  db: Queryable,
  isMeant: SQL | undefined,
): Promise<readonly VersionStanding[]> {
  const { rows } = await db.execute<Counted<VersionStanding>>(sql`
    select process_id as "processId", definition_version as version,
      count(*) filter (where is_stopped) as "withIncident",
      count(*) filter (where not is_stopped) as "withoutIncident"
    from (
      select process_id, definition_version, exists (select 1 from incidents
        where incidents.state = 'ACTIVE'
          and incidents.instance_id = process_instances.instance_id) as is_stopped
      from process_instances where ${isMeant ?? sql`true`}
    ) one group by 1, 2 order by 1, 2`);
  return rows.map(({ processId, version, withIncident, withoutIncident }) => ({
    ...{ processId, version: Number(version) },
    ...{ withIncident: Number(withIncident), withoutIncident: Number(withoutIncident) },
  }));
}

/** Those that are meant and stopped, by code, process and version. */
export async function countCodes(
  db: Queryable,
  isMeant: SQL | undefined,
): Promise<readonly CodeStanding[]> {
  const { rows } = await db.execute<Counted<CodeStanding>>(sql`
    with meant as materialized (
      select instance_id, definition_version from process_instances where ${isMeant ?? sql`true`})
    select code, process_id as "processId", definition_version as version,
      count(distinct instance_id) as instances
    from incidents join meant using (instance_id)
    where state = 'ACTIVE' group by 1, 2, 3 order by 1, 2, 3`);
  return rows.map(({ version, instances, ...of }) => ({
    ...{ ...of, version: Number(version), instances: Number(instances) },
  }));
}
