/**
 * What somebody sees who sees a portfolio and not all: tasks that are or were theirs, or may be; customers whom they or a
 * group of theirs look after, or for whom they have something to do; instances of customers they look after, of tasks of
 * theirs with all that was called along with them, and those that they started, as
 * long as these are of nobody else's customer. Each is said twice: as a condition on a row,
 * and in `seen.ts` as the rows themselves. Source: docs/identities.md. Class: pure.
 */
import { type Column, type SQL, sql } from 'drizzle-orm';
import { textArray } from '../columns.js';
import type { Viewer } from './viewer.js';

/** How a row of `user_tasks`, under this name, has or had to do with somebody, where no other table says so. */
export function waysToTasks(task: SQL, { user, groups }: Viewer): readonly SQL[] {
  return [
    sql`${task}.assignee = ${user}`,
    sql`${task}.owner = ${user}`,
    sql`${task}.completed_by = ${user}`,
    // Somebody has it in their stead, or did it.
    sql`${task}.stands_for = ${user}`,
    sql`${task}.candidate_users @> array[${user}::text]`,
    ...(groups.length === 0 ? [] : [sql`${task}.candidate_groups && ${textArray(groups)}`]),
  ];
}

/** Those who are away, for whom somebody stands in: as long as they work on tasks themselves. */
export const absent = (user: string): SQL => sql`(select away.login_name, away.groups, process_ids
  from users standing join substitutes on person_id = standing.user_id
    join users away on away.user_id = absent_id
  where standing.login_name = ${user} and away.is_active
    and away.roles && array['csm', 'admin'] and from_at <= now() and until_at > now()) away`;

/**
 * The open tasks of those who are away, for whom somebody stands in, as queries. Whoever did one has it as their own.
 * @param what - is selected of them @param fits - on `user_tasks`
 */
function tasksOfAbsent({ user, has }: Viewer, what: SQL, fits: SQL): readonly SQL[] {
  if (has?.absent === false) return [];
  return [
    sql`user_tasks.assignee = away.login_name`,
    sql`user_tasks.candidate_users @> array[away.login_name]`,
    sql`user_tasks.candidate_groups && away.groups`,
  ].map(
    (way) => sql`select distinct ${what} from ${absent(user)}
      join user_tasks on user_tasks.state = 'CREATED' and ${way}
      where (process_ids is null or user_tasks.process_id = any(process_ids)) and ${fits}`,
  );
}

/** Candidates of open tasks and of those that ended are found by one index each. */
const OPEN = sql`= 'CREATED'`;
const ENDED = sql`<> 'CREATED'`;

/**
 * Tasks that are somebody's, each once at most in each of these queries.
 * @param what - is selected of them @param fits - on `user_tasks` @param areOpen - all that fit are
 */
export const theirTasks = (
  viewer: Viewer,
  what: SQL,
  fits: SQL,
  areOpen = false,
): readonly SQL[] => [
  ...(areOpen ? [OPEN] : [OPEN, ENDED]).flatMap((state) =>
    waysToTasks(sql`user_tasks`, viewer).map(
      (way) => sql`select ${what} from user_tasks
        where user_tasks.state ${state} and ${way} and ${fits}`,
    ),
  ),
  ...tasksOfAbsent(viewer, what, fits),
];

function isTheirs(task: SQL, viewer: Viewer): SQL {
  const key = sql`user_tasks.instance_id, user_tasks.task_id`;
  const ofAbsent = tasksOfAbsent(viewer, key, sql`true`);
  const isOfAbsent = sql`(${task}.instance_id, ${task}.task_id) in (
    ${sql.join([...ofAbsent], sql` union all `)})`;
  const ways = [...waysToTasks(task, viewer), ...(ofAbsent.length > 0 ? [isOfAbsent] : [])];
  return sql`(${sql.join(ways, sql` or `)})`;
}

/** By what the family of a task is known: the instance that nobody called. */
export const FAMILY = sql`user_tasks.root_instance_id`;

const INSTANCE = sql.raw('process_instances');

/** Ids of the customers whom somebody, or a group of theirs, looks after, as a query. */
export function lookedAfter({ user, groups }: Viewer): SQL {
  const ofGroup =
    groups.length === 0 ? sql`` : sql`or (kind = 'group' and member = any(${textArray(groups)}))`;
  return sql`select customer_id from customer_portfolio
    where (kind = 'person' and member = ${user}) ${ofGroup}`;
}

/** Keys of these customers, as a query. */
export const keysLookedAfter = (viewer: Viewer): SQL =>
  sql`select key_id from customers where customer_id in (${lookedAfter(viewer)})
    union all select key_id from customer_keys where customer_id in (${lookedAfter(viewer)})`;

/** Whether a row of `variables` names one of these customers. */
export const namesLookedAfter = (variable: SQL, viewer: Viewer): SQL =>
  sql`${variable}.name = 'customerId' and ${variable}.sealed is null
    and ${variable}.value #>> '{}' in (${lookedAfter(viewer)})`;

/** Whether a row that has an instance and its key is of a customer whom somebody looks after. */
const isOfLookedAfter = (row: SQL, viewer: Viewer): SQL =>
  viewer.has?.customers === false
    ? sql`false`
    : sql`(${row}.customer_key_id in (${keysLookedAfter(viewer)})
    or exists (select 1 from variables named where named.instance_id = ${row}.instance_id
      and ${namesLookedAfter(sql`named`, viewer)}))`;

/**
 * Whether a row of `journal`, under the name `first`, is the start of something by somebody that is theirs to see: nothing in
 * its family is of a customer whom they do not look after. Whose an instance is may become known long after its start.
 */
export const isTheirStart = (viewer: Viewer): SQL =>
  sql`first.sequence = 1 and first.actor = ${viewer.user} and not exists (
    select 1 from process_instances member, lateral (
      select customer_id from customers where key_id = member.customer_key_id
      union all select customer_id from customer_keys where key_id = member.customer_key_id
      union all select one.customer_id from variables named
        join customers one on one.customer_id = named.value #>> '{}'
        where named.instance_id = member.instance_id
          and named.name = 'customerId' and named.sealed is null) whose
    where member.root_instance_id = first.instance_id
      and whose.customer_id not in (${lookedAfter(viewer)}))`;

/** Whether somebody sees a row of `process_instances`, where many rows are asked about: what is theirs is gathered once. */
export function seesInstance(viewer: Viewer): SQL {
  const families = sql.join([...theirTasks(viewer, FAMILY, sql`true`)], sql` union all `);
  return sql`(${isOfLookedAfter(INSTANCE, viewer)} or process_instances.root_instance_id in (
    ${families} union all select first.instance_id from journal first
      where ${isTheirStart(viewer)}))`;
}

/**
 * The same where one row is asked about: tasks of its family are looked up, which are few; what is theirs may be much, and is not
 * gathered: the offset keeps the planner from it.
 */
export const seesThisInstance = (viewer: Viewer): SQL =>
  sql`(${isOfLookedAfter(INSTANCE, viewer)}
    or exists (select 1 from user_tasks task
      where task.root_instance_id = process_instances.root_instance_id
        and ${isTheirs(sql`task`, viewer)} offset 0)
    or exists (select 1 from journal first
      where first.instance_id = process_instances.root_instance_id
        and ${isTheirStart(viewer)}))`;

/** Whether somebody sees the instance of a row of another table; undefined: they see all. @param instanceId - its column */
export function seesInstanceOf(instanceId: Column, viewer: Viewer | null): SQL | undefined {
  if (viewer === null) return undefined;
  return sql`exists (select 1 from process_instances
    where process_instances.instance_id = ${instanceId} and ${seesThisInstance(viewer)})`;
}

/** Whether somebody sees a row of `user_tasks`. */
export function seesTask(viewer: Viewer): SQL {
  const task = sql.raw('user_tasks');
  return sql`(${isTheirs(task, viewer)} or ${isOfLookedAfter(task, viewer)})`;
}

/** Whether somebody sees a customer, where many are asked about: what is theirs is gathered once. @param customerId - its column */
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

/** The same where few are asked about: their tasks are looked up, and not all that are somebody's. */
export function seesThisCustomer(customerId: SQL, viewer: Viewer): SQL {
  const open = sql`task.state = 'CREATED' and ${isTheirs(sql`task`, viewer)}`;
  return sql`(${customerId} in (${lookedAfter(viewer)})
    or exists (select 1 from user_tasks task where ${open} and task.customer_key_id = any(array(
      select key_id from customers one where one.customer_id = ${customerId}
      union all select key_id from customer_keys one where one.customer_id = ${customerId})))
    or exists (select 1 from variables named join user_tasks task using (instance_id)
      where named.name = 'customerId' and named.sealed is null
        and named.value #>> '{}' = ${customerId} and ${open}))`;
}
