/** User tasks: what people have to do, and did. */
import { and, eq, getTableColumns, ilike, or, type SQL, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { count, instant, textArray } from '../columns.js';
import type { Queryable } from '../database.js';
import { seesTask } from '../portfolio/conditions.js';
import { reaching } from '../portfolio/reach.js';
import { searchSeen } from '../portfolio/search.js';
import { seenTasks } from '../portfolio/seen.js';
import type { StandIn, Viewer } from '../portfolio/viewer.js';
import type { Seals } from '../sealing/index.js';
import { compileFilter } from '../search/filter.js';
import { type Filter, type Page, type Search, search } from '../search/index.js';
import { type DefinitionVersion, definitionVersionOf } from './definition-version.js';
import { holdsVariables, type VariableMatch } from './variables.js';

/** Where a task stands. */
export type UserTaskState = 'CREATED' | 'COMPLETED' | 'CANCELLED';

const columns = () => ({
  instanceId: text('instance_id').notNull(),
  /** The id of its element instance. */
  taskId: text('task_id').notNull(),
  elementId: text('element_id').notNull(),
  processId: text('process_id').notNull(),
  customerKeyId: text('customer_key_id').notNull(),
  businessKey: text('business_key'),
  name: text('name'),
  assignee: text('assignee'),
  /** Who delegated it and waits to get it back. */
  owner: text('owner'),
  /** For whom whoever has it, or did it, stands in. */
  standsFor: text('stands_for'),
  candidateGroups: text('candidate_groups').array().notNull(),
  candidateUsers: text('candidate_users').array().notNull(),
  dueAt: instant('due_at'),
  followUpAt: instant('follow_up_at'),
  priority: integer('priority').notNull(),
  formId: text('form_id'),
  /** Until when it was promised to be done. */
  slaDueAt: instant('sla_due_at'),
  state: text('state').$type<UserTaskState>().notNull(),
  openedAt: instant('opened_at').notNull(),
  endedAt: instant('ended_at'),
  /** The button that completed it. */
  action: text('action'),
  completedBy: text('completed_by'),
  /** Grows with each change by a person. */
  version: integer('version').notNull(),
  /** Number of the last journal entry that changed it. */
  revision: count('revision').notNull(),
});

/** As it is written: with the instance that nobody called, by which it is found who sees those that were called. */
export const userTasks = pgTable('user_tasks', {
  ...columns(),
  rootInstanceId: text('root_instance_id').notNull(),
});

/** As it is read: the database adds the earlier of what is due and what was promised. */
const readTasks = pgTable('user_tasks', {
  ...columns(),
  nextBreachAt: instant('next_breach_at'),
});

/** One task. */
export type UserTaskRow = Readonly<typeof readTasks.$inferSelect>;

/** What they are filtered and sorted by. */
type Field = keyof UserTaskRow | DefinitionVersion;

/** A search of tasks. */
export interface UserTaskSearch extends Search<Field> {
  /** Only what this person may work on: what they have, and what nobody has and they may take. */
  readonly visibleTo?: Viewer;
  /** Only what this person has, or who is away and has them stand in. */
  readonly heldBy?: Viewer;
  /** Only what nobody has and this person may take. */
  readonly claimableBy?: Viewer;
  /** Only of which the name or the business key holds this text, in capitals or not. */
  readonly text?: string;
  /** Variables of the instance, in any scope, that must all be there with these values. */
  readonly variables?: readonly VariableMatch[];
}

const SEARCHABLE = {
  table: readTasks,
  fields: getTableColumns(readTasks),
  asked: definitionVersionOf(userTasks.instanceId),
  key: ['instanceId', 'taskId'],
  sort: [{ field: 'openedAt', order: 'DESC' }],
} as const;

/** Reads tasks. */
export interface UserTasks {
  /** One by instance and task id, or null. */
  readonly get: (instanceId: string, taskId: string) => Promise<UserTaskRow | null>;
  /** One page; see `search` for the errors. Newest first. */
  readonly search: (query: UserTaskSearch) => Promise<Page<UserTaskRow>>;
  /**
   * Open ones that somebody who is disabled has or delegated, of instances that are not suspended, by instance and task; those
   * behind `after`.
   */
  readonly ofDisabled: (
    limit: number,
    after: Pick<UserTaskRow, 'instanceId' | 'taskId'> | null,
  ) => Promise<readonly UserTaskRow[]>;
}

/** Makes the reader. @param seenBy - it shows what they see; null: all */
export function createUserTasks(db: Queryable, seals: Seals, seenBy: Viewer | null): UserTasks {
  const isSeen = seenBy === null ? undefined : seesTask(seenBy);
  return {
    get: async (instanceId, taskId) => {
      const where = and(
        eq(userTasks.instanceId, instanceId),
        ...[eq(userTasks.taskId, taskId), isSeen],
      );
      const rows = await db.select().from(readTasks).where(where);
      return rows[0] ?? null;
    },
    search: (query) => searchTasks(db, seals, query, seenBy),
    ofDisabled: (limit, after) => {
      const { instanceId, taskId, state } = userTasks;
      // From the few people to their tasks: not from all tasks to people.
      const isDisabled = sql`(${instanceId}, ${taskId}) in (
        select held.instance_id, held.task_id from users person join user_tasks held
          on held.assignee = person.login_name and held.state = 'CREATED' where not person.is_active
        union select held.instance_id, held.task_id from users person join user_tasks held
          on held.owner = person.login_name and held.state = 'CREATED' where not person.is_active)
        and exists (select 1 from process_instances running
          where running.instance_id = ${instanceId} and running.state = 'ACTIVE')`;
      const isBehind =
        after === null
          ? undefined
          : sql`(${instanceId}, ${taskId}) > (${after.instanceId}, ${after.taskId})`;
      return db
        .select()
        .from(readTasks)
        .where(and(eq(state, 'CREATED'), isDisabled, isBehind))
        .orderBy(instanceId, taskId)
        .limit(limit);
    },
  };
}

/** One page of what a person sees, or of what is asked for where the planner cannot tell how much that is. */
async function searchTasks(
  db: Queryable,
  seals: Seals,
  query: UserTaskSearch,
  seenBy: Viewer | null,
): Promise<Page<UserTaskRow>> {
  const holds = await holdsVariables(seals, userTasks.instanceId, query.variables ?? []);
  const rare = narrowed(query);
  const asked = and(...rare, holds);
  if (rare.length === 0 && seenBy === null) return search(db, SEARCHABLE, query, asked);
  const { filter = {} } = query;
  const fits = and(compileFilter({ ...SEARCHABLE.fields, ...SEARCHABLE.asked }, filter), asked);
  const viewer = seenBy && (await reaching(db, seenBy));
  const areOpen = isOpen(filter.state);
  const sight = {
    ways: viewer === null ? [placesOf(fits)] : seenTasks(viewer, fits ?? sql`true`, areOpen),
    isSeen: viewer === null ? sql`true` : seesTask(viewer),
    asked,
  };
  return searchSeen(db, SEARCHABLE, query, sight);
}

const isOpen = (asked: Filter[string] | undefined): boolean =>
  asked === 'CREATED' || (typeof asked === 'object' && asked?.$eq === 'CREATED');

const placesOf = (fits: SQL | undefined): SQL =>
  sql`select ctid as place from user_tasks where ${fits ?? sql`true`}`;

/** Conditions of which the planner cannot tell how many tasks they leave. */
function narrowed(search: UserTaskSearch): readonly SQL[] {
  const { visibleTo: viewer, claimableBy, heldBy, text: part } = search;
  return [
    viewer && visibleTo(viewer),
    heldBy && isHeldBy(heldBy),
    claimableBy && isClaimable(claimableBy),
    part === undefined ? undefined : holdsText(part),
  ].filter((condition) => condition !== undefined);
}

function holdsText(part: string): SQL | undefined {
  const pattern = `%${part.replace(/[\\%_]/g, '\\$&')}%`;
  return or(ilike(userTasks.name, pattern), ilike(userTasks.businessKey, pattern));
}

function visibleTo(viewer: Viewer): SQL | undefined {
  return or(isHeldBy(viewer), isClaimable(viewer));
}

function isHeldBy({ user, standsFor = [] }: Viewer): SQL | undefined {
  const { assignee } = userTasks;
  const ofOthers = standsFor.map((one) => and(eq(assignee, one.user), isWithin(one)));
  return or(eq(assignee, user), ...ofOthers);
}

function isClaimable({ standsFor = [], ...viewer }: Viewer): SQL | undefined {
  const ofOthers = standsFor.map((one) => and(isCandidate(one), isWithin(one)));
  return and(sql`${userTasks.assignee} is null`, or(isCandidate(viewer), ...ofOthers));
}

const isCandidate = ({ user, groups }: Pick<Viewer, 'user' | 'groups'>): SQL | undefined =>
  or(
    sql`${userTasks.candidateUsers} @> array[${user}::text]`,
    groups.length > 0 ? sql`${userTasks.candidateGroups} && ${textArray(groups)}` : undefined,
  );

const isWithin = ({ processIds }: StandIn): SQL | undefined =>
  processIds === null ? undefined : sql`${userTasks.processId} = any (${textArray(processIds)})`;
