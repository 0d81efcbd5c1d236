/**
 * The same as in `conditions.ts`, as rows instead of a condition on each: every way to them is a query of its own that an index
 * answers. Class: pure, but for one question.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import {
  FAMILY,
  isTheirStart,
  keysLookedAfter,
  lookedAfter,
  namesLookedAfter,
  theirTasks,
} from './conditions.js';
import type { Viewer } from './viewer.js';

/** Instances that name customers whom somebody looks after. */
const naming = (viewer: Viewer): SQL => sql`(select distinct named.instance_id
  from (${lookedAfter(viewer)}) mine join variables named
    on named.value #>> '{}' = mine.customer_id and ${namesLookedAfter(sql`named`, viewer)}) named`;

const hasCustomers = ({ has }: Viewer): boolean => has?.customers !== false;

/**
 * Places in the table of the tasks that somebody sees and that fit, each once at most in each of these queries.
 * @param fits - on `user_tasks` @param areOpen - all that fit are
 */
export function seenTasks(viewer: Viewer, fits: SQL, areOpen: boolean): readonly SQL[] {
  const place = sql`user_tasks.ctid as place`;
  const ofCustomers = [
    sql`select ${place} from user_tasks
      where user_tasks.customer_key_id = any(array(${keysLookedAfter(viewer)})) and ${fits}`,
    sql`select ${place} from ${naming(viewer)} join user_tasks using (instance_id) where ${fits}`,
  ];
  return [
    ...theirTasks(viewer, place, fits, areOpen),
    ...(hasCustomers(viewer) ? ofCustomers : []),
  ];
}

/** How many tasks of somebody are looked at to find whether they see many instances. */
const SOME_TASKS = 3_000;

/** Families of the tasks that are somebody's. @param most - of each way to them; null: all */
const familiesOf = (viewer: Viewer, most: number | null): SQL => {
  const ways = theirTasks(viewer, FAMILY, sql`true`);
  const limit = most === null ? sql`` : sql`limit ${most}`;
  return sql.join(
    ways.map((way) => sql`(${way} ${limit})`),
    sql` union all `,
  );
};

/** Whether so many tasks are somebody's that it takes long to go through all of them. */
export async function hasManyTasks(db: Queryable, viewer: Viewer): Promise<boolean> {
  const most = SOME_TASKS + 1;
  const { rows } = await db.execute<{ is_so: boolean }>(sql`select count(*) > ${SOME_TASKS} as is_so
    from (select from (${familiesOf(viewer, most)}) every limit ${most}) theirs`);
  return rows[0]?.is_so === true;
}

/**
 * Places of the instances that somebody sees and that fit, as above.
 * @param fits - on `process_instances` @param ofSome - of tasks of theirs only some are looked at
 */
export function seenInstances(viewer: Viewer, fits: SQL, ofSome = false): readonly SQL[] {
  const place = sql`process_instances.ctid as place`;
  const families = familiesOf(viewer, ofSome ? SOME_TASKS : null);
  const ofCustomers = [
    sql`select ${place} from process_instances
      where process_instances.customer_key_id = any(array(${keysLookedAfter(viewer)})) and ${fits}`,
    sql`select ${place} from ${naming(viewer)} join process_instances using (instance_id) where ${fits}`,
  ];
  return [
    // Each family is looked up: the planner takes them for many, and would read all instances.
    sql`select place from (select distinct root_instance_id from (${families}) theirs) family,
      lateral (select ${place} from process_instances
        where process_instances.root_instance_id = family.root_instance_id and ${fits} offset 0) member`,
    sql`select ${place} from journal first join process_instances
      on process_instances.root_instance_id = first.instance_id
      where ${isTheirStart(viewer)} and ${fits}`,
    ...(hasCustomers(viewer) ? ofCustomers : []),
  ];
}

/**
 * Rows of `process_instances` that somebody sees and that fit, under that name: what counts them counts no other. They are
 * gathered from what is theirs; to ask of each instance whether it is took seconds where there are many.
 */
export const narrowedInstances = (viewer: Viewer, fits: SQL): SQL =>
  sql`process_instances as materialized (
    select * from process_instances where ctid = any(array(
      ${sql.join([...seenInstances(viewer, fits)], sql` union all `)})))`;
