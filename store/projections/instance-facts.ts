/**
 * What may be asked of instances besides their own fields: where they were, what stopped them, whether they ran at an instant,
 * whether their dates were kept. Reports count by the same conditions as searches. Class: pure.
 */
import { and, type SQL, sql } from 'drizzle-orm';

/** From one instant until before another, ISO 8601; null: without that end. */
export interface Between {
  readonly from: string | null;
  readonly to: string | null;
}

/** Instances that have, or had, something at an element. */
export interface AtElement {
  readonly elementId: string;
  /** Null: in whichever state. */
  readonly state: 'ACTIVE' | 'COMPLETED' | 'CANCELLED' | null;
  /** When it was entered. */
  readonly entered?: Between;
}

/** Instances in which an incident was opened. */
export interface WithIncident {
  /** Null: wherever. */
  readonly elementId: string | null;
  readonly opened: Between;
}

/** `LATE`: a task was not over by its date; `ON_TIME`: none was, and at least one was done by its date. */
export type Punctuality = 'LATE' | 'ON_TIME';

/** How a clock of a ticket stands: done by its time, not done by it, or neither so far. One that was withdrawn is in none. */
export type ClockStanding = 'KEPT' | 'MISSED' | 'RUNNING';

/** Instances that opened a ticket with such a clock. */
export interface WithClock {
  readonly metric: string;
  /** Null: it is done, by its time or not. */
  readonly standing: ClockStanding | null;
  readonly began: Between;
}

/** All of it; what is left out is not asked. */
export interface InstanceFacts {
  readonly at?: AtElement;
  readonly withIncident?: WithIncident;
  /** Started before this instant, and not over then. */
  readonly runningAt?: string;
  readonly punctuality?: Punctuality;
  readonly clock?: WithClock;
}

/** The condition on `process_instances`; undefined: nothing is asked. */
export function holdsFacts({
  at,
  withIncident,
  runningAt,
  punctuality,
  clock,
}: InstanceFacts): SQL | undefined {
  return and(
    at && isAt(at),
    withIncident && hadIncident(withIncident),
    runningAt === undefined ? undefined : ranAt(runningAt),
    punctuality && PUNCTUALITY[punctuality],
    clock && hadClock(clock),
  );
}

/** It had started before an instant, and was not over then. */
export const ranAt = (instant: string): SQL => sql`(
  process_instances.started_at < ${instant}::timestamptz
  and coalesce(process_instances.ended_at, 'infinity') >= ${instant}::timestamptz)`;

/** A task was not over by its date: what was promised, or what is due, whichever is earlier. */
export const IS_LATE = sql`exists (select 1 from user_tasks dated
  where dated.instance_id = process_instances.instance_id
    and dated.next_breach_at < coalesce(dated.ended_at, process_instances.ended_at, 'infinity'))`;

/** A task was done by its date. One that was taken away before it says nothing. */
export const KEPT_A_DATE = sql`exists (select 1 from user_tasks dated
  where dated.instance_id = process_instances.instance_id and dated.state = 'COMPLETED'
    and dated.next_breach_at >= dated.ended_at)`;

const PUNCTUALITY: Readonly<Record<Punctuality, SQL>> = {
  LATE: IS_LATE,
  ON_TIME: sql`(${KEPT_A_DATE} and not ${IS_LATE})`,
};

/** A row of `ticket_sla_rows`, under the name `clock`, is what holds: none of a later revision is there. */
export const IS_NEWEST = sql`not exists (select 1 from ticket_sla_rows later
  where later.ticket_id = clock.ticket_id and later.metric = clock.metric
    and later.number = clock.number and later.revision > clock.revision)`;

/** The same row by how it stands. A breach that was recorded stays one. */
export const CLOCK_STANDINGS: Readonly<Record<ClockStanding, SQL>> = {
  KEPT: sql`(clock.state = 'met' and clock.breached_at is null)`,
  MISSED: sql`(clock.breached_at is not null and clock.state <> 'withdrawn')`,
  RUNNING: sql`(clock.breached_at is null and clock.state in ('running', 'paused', 'unreachable'))`,
};

/** It is done. */
export const CLOCK_IS_DONE = sql`(clock.fulfilled_at is not null and clock.state <> 'withdrawn')`;

const hadClock = ({ metric, standing, began }: WithClock): SQL => sql`exists (
  select 1 from tickets join ticket_sla_rows clock using (ticket_id)
  where tickets.instance_id = process_instances.instance_id and clock.metric = ${metric}
    and ${IS_NEWEST} and ${standing === null ? CLOCK_IS_DONE : CLOCK_STANDINGS[standing]}
    ${during(sql`clock.started_at`, began)})`;

const isAt = ({ elementId, state, entered }: AtElement): SQL => sql`exists (
  select 1 from element_instances at where at.instance_id = process_instances.instance_id
    and at.element_id = ${elementId}${state === null ? sql`` : sql` and at.state = ${state}`}
    ${entered ? during(sql`at.entered_at`, entered) : sql``})`;

const hadIncident = ({ elementId, opened }: WithIncident): SQL => sql`exists (
  select 1 from incidents stop where stop.instance_id = process_instances.instance_id
    ${elementId === null ? sql`` : sql` and stop.element_id = ${elementId}`}
    ${during(sql`stop.opened_at`, opened)})`;

/** Further conditions: from an instant until before another. */
const during = (column: SQL, { from, to }: Between): SQL => sql`
  ${from === null ? sql`` : sql` and ${column} >= ${from}::timestamptz`}
  ${to === null ? sql`` : sql` and ${column} < ${to}::timestamptz`}`;
