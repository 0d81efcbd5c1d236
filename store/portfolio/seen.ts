/**
 * The same as in `conditions.ts`, as rows instead of a condition on each: every way to them is a query of its own that an index
 * answers. Where they are few a list sorts them, and does not walk a whole table to find them. Class: pure.
 */
import { type SQL, sql } from 'drizzle-orm';
import { keysLookedAfter, lookedAfter, namesLookedAfter, TASK, theirTasks } from './conditions.js';
import type { Viewer } from './viewer.js';

/** Up to so many rows are few. */
export const FEW = 3_000;

/** Customers whom somebody looks after, each with the instances that name it. */
const naming = (viewer: Viewer): SQL => sql`(${lookedAfter(viewer)}) mine
  join variables named on named.value #>> '{}' = mine.customer_id
    and ${namesLookedAfter(sql`named`, viewer)}`;

const oneMoreThanFew = (queries: readonly SQL[]): SQL =>
  sql`${sql.join([...queries], sql` union all `)} limit ${FEW + 1}`;

/** Keys of the tasks that somebody sees and that fit, one row more than are few at most. @param fits - on `user_tasks` */
export const seenTaskKeys = (viewer: Viewer, fits: SQL): SQL =>
  oneMoreThanFew([
    ...theirTasks(viewer, fits),
    sql`select ${TASK} from user_tasks
      where user_tasks.customer_key_id in (${keysLookedAfter(viewer)}) and ${fits}`,
    sql`select ${TASK} from ${naming(viewer)} join user_tasks using (instance_id) where ${fits}`,
  ]);

/** Ids of the instances that somebody sees and that fit, as above. @param fits - on `process_instances` */
export function seenInstanceIds(viewer: Viewer, fits: SQL): SQL {
  const id = sql`select process_instances.instance_id`;
  const theirs = oneMoreThanFew(theirTasks(viewer, sql`true`));
  return sql`with theirs as materialized (${theirs}) ${oneMoreThanFew([
    // More tasks than are few, of which some were left out here: then the answer is that they are many.
    sql`select instance_id from theirs where (select count(*) from theirs) > ${FEW}`,
    sql`${id} from theirs join process_instances own on own.instance_id = theirs.instance_id
      join process_instances on process_instances.root_instance_id = own.root_instance_id
      where ${fits}`,
    sql`${id} from process_instances
      where process_instances.customer_key_id in (${keysLookedAfter(viewer)}) and ${fits}`,
    sql`${id} from ${naming(viewer)} join process_instances using (instance_id) where ${fits}`,
    sql`${id} from journal first join process_instances
      on process_instances.root_instance_id = first.instance_id
      where first.sequence = 1 and first.actor = ${viewer.user} and ${fits}`,
  ])}`;
}
