/** What became of effects, by the outside system that they went to. It reads what the ledger of effects keeps. */
import { sql } from 'drizzle-orm';
import type { EffectTrouble } from '../contracts/connectors.js';
import { instantFromText } from './columns.js';
import type { Queryable } from './database.js';

/** Effects on one system: those of some time by what is known of them, and the last of all time. */
export interface ConnectorTally {
  readonly connector: string;
  readonly done: number;
  /** Planned or under way, and no attempt has failed. */
  readonly underway: number;
  /** Not settled, and the last attempt that ended failed. */
  readonly failed: number;
  readonly unknown: number;
  readonly lastDoneAt: string | null;
  readonly lastFailure: { readonly at: string; readonly code: string } | null;
}

/** Reads them. */
export interface ConnectorEffects {
  /** Every system that an effect ever went to. @param since - counts those that changed since, ISO 8601 UTC */
  readonly tally: (since: string) => Promise<readonly ConnectorTally[]>;
  /** What failed or is unknown, the last first. */
  readonly troubles: (
    connector: string,
    since: string,
    limit: number,
  ) => Promise<readonly EffectTrouble[]>;
}

/** Makes the group. */
export function createConnectorEffects(db: Queryable): ConnectorEffects {
  return {
    tally: (since) => tally(db, since),
    troubles: (connector, since, limit) => troubles(db, connector, since, limit),
  };
}

interface TallyRow extends Record<string, unknown> {
  readonly connector: string;
  readonly done: string;
  readonly underway: string;
  readonly failed: string;
  readonly unknown: string;
  readonly last_done_at: string | null;
  readonly last_failed_at: string | null;
  readonly last_failed_code: string | null;
}

/** The systems are found by leaping through the index from one to the next: their effects are many, they are few. */
async function tally(db: Queryable, since: string): Promise<readonly ConnectorTally[]> {
  const { rows } = await db.execute<TallyRow>(sql`
    with recursive met as (
      select min(connector) as connector from effects where connector is not null
      union all
      select (select min(next.connector) from effects next where next.connector > met.connector)
      from met where met.connector is not null
    )
    select met.connector, counted.*, last.failed_at::text as last_failed_at, last.failed_code as last_failed_code,
      (select max(updated_at)::text from effects
        where connector = met.connector and state = 'confirmed') as last_done_at
    from met
    cross join lateral (
      select count(*) filter (where state = 'confirmed') as done,
        count(*) filter (where state in ('planned', 'sent') and failed_at is null) as underway,
        count(*) filter (where ${HAS_FAILED}) as failed,
        count(*) filter (where state = 'unknown') as unknown
      from effects where connector = met.connector and updated_at >= ${since}::timestamptz
    ) counted
    left join lateral (
      select failed_at, failed_code from effects
      where connector = met.connector and failed_at is not null order by failed_at desc limit 1
    ) last on true
    where met.connector is not null
    order by met.connector`);
  return rows.map((row) => ({
    connector: row.connector,
    ...{ done: Number(row.done), underway: Number(row.underway) },
    ...{ failed: Number(row.failed), unknown: Number(row.unknown) },
    lastDoneAt: row.last_done_at === null ? null : instantFromText(row.last_done_at),
    lastFailure:
      row.last_failed_at === null
        ? null
        : { at: instantFromText(row.last_failed_at), code: row.last_failed_code ?? '' },
  }));
}

/** It is not settled, and the last attempt that ended failed. */
const HAS_FAILED = sql`(effects.state in ('planned', 'sent') and effects.failed_at is not null)`;

interface TroubleRow extends Record<string, unknown> {
  readonly state: string;
  readonly failed_at: string;
  readonly failed_code: string | null;
  readonly instance_id: string | null;
  readonly process_id: string;
  readonly business_key: string | null;
  readonly instance_state: string;
  readonly incidents: string;
}

async function troubles(
  db: Queryable,
  connector: string,
  since: string,
  limit: number,
): Promise<readonly EffectTrouble[]> {
  const { rows } = await db.execute<TroubleRow>(sql`
    select effects.state, coalesce(failed_at, updated_at)::text as failed_at, failed_code,
      instances.instance_id, process_id, business_key, instances.state as instance_state,
      (select count(*) from incidents
        where incidents.instance_id = instances.instance_id and incidents.state = 'ACTIVE') as incidents
    from effects left join process_instances instances on instances.instance_id = effects.instance_id
    where connector = ${connector} and updated_at >= ${since}::timestamptz
      and (effects.state = 'unknown' or ${HAS_FAILED})
    order by updated_at desc, key limit ${limit}`);
  return rows.map((row) => ({
    ...{ state: row.state === 'unknown' ? 'unknown' : 'failed', code: row.failed_code ?? '' },
    at: instantFromText(row.failed_at),
    instance:
      row.instance_id === null
        ? null
        : {
            ...{ instanceId: row.instance_id, processId: row.process_id },
            ...{ businessKey: row.business_key, state: row.instance_state },
            incidents: Number(row.incidents),
          },
  }));
}
