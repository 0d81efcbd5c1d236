/**
 * What somebody sees who sees a portfolio and not all: tasks that are or were theirs, or may be; customers whom they or a
 * group of theirs look after, or for whom they have something to do; instances of customers they look after, of tasks of
 * theirs with all that was called along with them, and those that they started. Source: docs/identities.md. Class: pure.
 */
import { type Column, type SQL, sql } from 'drizzle-orm';
import { textArray } from '../columns.js';
import type { Viewer } from './viewer.js';

/** Whether a row of `user_tasks`, under this name, has or had to do with somebody. */
function isTheirs(task: SQL, { user, groups }: Viewer): SQL {
  const ofGroup =
    groups.length === 0 ? sql`` : sql`or ${task}.candidate_groups && ${textArray(groups)}`;
  return sql`(${task}.assignee = ${user} or ${task}.owner = ${user} or ${task}.completed_by = ${user}
    or ${task}.candidate_users @> array[${user}::text] ${ofGroup} or ${isOfSomebodyAway(task, user)})`;
}

/** Whether a task is of somebody who is away now, for whom they stand in. */
const isOfSomebodyAway = (task: SQL, user: string): SQL => sql`exists (
  select 1 from users standing join substitutes on person_id = standing.user_id
    join users away on away.user_id = absent_id
  where standing.login_name = ${user} and away.is_active and from_at <= now() and until_at > now()
    and (process_ids is null or ${task}.process_id = any(process_ids))
    and (${task}.assignee = away.login_name or ${task}.candidate_groups && away.groups
      or ${task}.candidate_users @> array[away.login_name]))`;

/** Ids of the customers whom somebody, or a group of theirs, looks after, as a query. */
function lookedAfter({ user, groups }: Viewer): SQL {
  const ofGroup =
    groups.length === 0 ? sql`` : sql`or (kind = 'group' and member = any(${textArray(groups)}))`;
  return sql`select customer_id from customer_portfolio
    where (kind = 'person' and member = ${user}) ${ofGroup}`;
}

/** Whether an instance is of a customer whom somebody looks after; it has these columns. */
function isOfLookedAfter(instanceId: SQL, customerKeyId: SQL, viewer: Viewer): SQL {
  return sql`(${customerKeyId} in (
      select key_id from customers where customer_id in (${lookedAfter(viewer)})
      union all select key_id from customer_keys where customer_id in (${lookedAfter(viewer)}))
    or exists (select 1 from variables named where named.instance_id = ${instanceId}
      and named.name = 'customerId' and named.sealed is null
      and named.value #>> '{}' in (${lookedAfter(viewer)})))`;
}

/** Whether somebody sees a row of `process_instances`. */
export function seesInstance(viewer: Viewer): SQL {
  const instance = sql.raw('process_instances');
  return sql`(${isOfLookedAfter(sql`${instance}.instance_id`, sql`${instance}.customer_key_id`, viewer)}
    or exists (select 1 from process_instances family join user_tasks task using (instance_id)
      where family.root_instance_id = ${instance}.root_instance_id and ${isTheirs(sql`task`, viewer)})
    or exists (select 1 from journal first where first.instance_id = ${instance}.root_instance_id
      and first.sequence = 1 and first.actor = ${viewer.user}))`;
}

/** Whether somebody sees the instance of a row of another table; undefined: they see all. @param instanceId - its column */
export function seesInstanceOf(instanceId: Column, viewer: Viewer | null): SQL | undefined {
  if (viewer === null) return undefined;
  return sql`exists (select 1 from process_instances
    where process_instances.instance_id = ${instanceId} and ${seesInstance(viewer)})`;
}

/** Whether somebody sees a row of `user_tasks`. */
export function seesTask(viewer: Viewer): SQL {
  const task = sql.raw('user_tasks');
  const ofCustomer = isOfLookedAfter(
    sql`${task}.instance_id`,
    sql`${task}.customer_key_id`,
    viewer,
  );
  return sql`(${isTheirs(task, viewer)} or ${ofCustomer})`;
}

/** Whether somebody sees a customer. @param customerId - its column */
export function seesCustomer(customerId: SQL, viewer: Viewer): SQL {
  const open = sql`task.state = 'CREATED' and ${isTheirs(sql`task`, viewer)}`;
  return sql`${customerId} in (
    ${lookedAfter(viewer)}
    union all select customer_id from customers join user_tasks task
      on task.customer_key_id = customers.key_id where ${open}
    union all select customer_id from customer_keys join user_tasks task
      on task.customer_key_id = customer_keys.key_id where ${open}
    union all select named.value #>> '{}' from user_tasks task join variables named
      on named.instance_id = task.instance_id and named.name = 'customerId' and named.sealed is null
      where ${open})`;
}

/** Rows of `process_instances` that somebody sees, under that name: what counts them counts no other. */
export const narrowedInstances = (viewer: Viewer): SQL =>
  sql`process_instances as not materialized (
    select * from process_instances where ${seesInstance(viewer)})`;
