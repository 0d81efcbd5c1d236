/**
 * Events in the order of their commits. Transactions end in another order than they took their ids, so a reader that went
 * by ids would lose those of a slow one. Numbers are given afterwards, to what is there, by whoever reads, one reader at a
 * time: what has a number is committed, and nothing comes in before it. Source: decision 35. Class: side effect (database).
 */
import { sql } from 'drizzle-orm';
import type { EventType } from '../../contracts/events.js';
import { instantFromText } from '../columns.js';
import type { Queryable } from '../database.js';
import { endWhenStalled } from '../stalls.js';
import type { EventLog, EventRow } from './types.js';

export type { EventLog, EventRow, NewEvent } from './types.js';

/** Events that are numbered in one transaction. */
const MOST_NUMBERED = 5_000;

/** Events are kept for so long. */
export const EVENT_DAYS = 3;

/** The events. */
export interface Events {
  /** Gives numbers to what was committed since. @returns where the events stand then */
  readonly advance: () => Promise<EventLog>;
  /** Events after a number, in order. */
  readonly after: (number: number, limit: number) => Promise<readonly EventRow[]>;
  /** Forgets what is older than some days. */
  readonly prune: () => Promise<void>;
}

/** Makes the group. */
export function createEvents(db: Queryable): Events {
  const advance = async (): Promise<EventLog> => {
    for (;;) {
      const { waits, ...log } = await standing(db);
      if (!waits) return log;
      await giveNumbers(db);
    }
  };
  return {
    advance,
    after: (number, limit) => eventsAfter(db, number, limit),
    prune: async () => {
      // What goes without a number would be missed by nobody: who listens must hear that it is gone.
      await advance();
      await forgetOld(db);
    },
  };
}

async function standing(db: Queryable): Promise<EventLog & { readonly waits: boolean }> {
  const { rows } = await db.execute<{ last: string; gone: string; waits: boolean }>(sql`
    select last, gone, exists (select 1 from events where number is null) as waits from event_log`);
  const [row] = rows;
  if (!row) throw new Error('the row of event_log is gone');
  return { last: Number(row.last), gone: Number(row.gone), waits: row.waits };
}

/** One at a time: the second looks for what has no number when the first has committed. */
function giveNumbers(db: Queryable): Promise<void> {
  return db.transaction(async (tx) => {
    await endWhenStalled(tx);
    await tx.execute(sql`select last from event_log for update`);
    await tx.execute(sql`
      with fresh as (
        select id, row_number() over (order by id) as place from
          (select id from events where number is null order by id limit ${MOST_NUMBERED}) waiting
      ), counted as (
        update event_log set last = last + (select count(*) from fresh) returning last
      )
      update events set number = counted.last - (select count(*) from fresh) + fresh.place
      from fresh, counted where events.id = fresh.id`);
  });
}

async function eventsAfter(
  db: Queryable,
  number: number,
  limit: number,
): Promise<readonly EventRow[]> {
  const { rows } = await db.execute<Readonly<Record<string, string | null>>>(sql`
    select number, type, at::text, instance_id, process_id, element_id, subject from events
    where number > ${number}::bigint order by number limit ${limit}::int`);
  return rows.map((row) => ({
    number: Number(row.number),
    type: row.type as EventType,
    at: instantFromText(row.at ?? ''),
    instanceId: row.instance_id ?? null,
    processId: row.process_id ?? null,
    elementId: row.element_id ?? null,
    subject: row.subject ?? null,
  }));
}

async function forgetOld(db: Queryable): Promise<void> {
  await db.execute(sql`
    with old as (
      delete from events where written_at < now() - make_interval(days => ${EVENT_DAYS}::int) and number is not null
      returning number
    )
    update event_log set gone = greatest(gone, (select max(number) from old))
    where exists (select 1 from old)`);
}
