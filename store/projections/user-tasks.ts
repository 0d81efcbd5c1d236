/** User tasks: what people have to do, and did. */
import { and, eq, getTableColumns, or, type SQL, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { count, instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';
import { holdsVariables, type VariableMatch } from './variables.js';

/** Where a task stands. */
export type UserTaskState = 'CREATED' | 'COMPLETED' | 'CANCELLED';

export const userTasks = pgTable('user_tasks', {
  instanceId: text('instance_id').notNull(),
  /** The id of its element instance. */
  taskId: text('task_id').notNull(),
  elementId: text('element_id').notNull(),
  processId: text('process_id').notNull(),
  customerKeyId: text('customer_key_id').notNull(),
  businessKey: text('business_key'),
  name: text('name'),
  assignee: text('assignee'),
  candidateGroups: text('candidate_groups').array().notNull(),
  candidateUsers: text('candidate_users').array().notNull(),
  dueAt: instant('due_at'),
  followUpAt: instant('follow_up_at'),
  priority: integer('priority').notNull(),
  formId: text('form_id'),
  state: text('state').$type<UserTaskState>().notNull(),
  openedAt: instant('opened_at').notNull(),
  endedAt: instant('ended_at'),
  /** The button that completed it. */
  action: text('action'),
  completedBy: text('completed_by'),
  /** Number of the last journal entry that changed it. */
  revision: count('revision').notNull(),
});

/** One task. */
export type UserTaskRow = Readonly<typeof userTasks.$inferSelect>;

/** Who looks: sees tasks assigned to them, and unassigned ones that they or their groups are candidates of. */
export interface Viewer {
  readonly user: string;
  readonly groups: readonly string[];
}

/** A search of tasks. */
export interface UserTaskSearch extends Search<keyof UserTaskRow> {
  /** Only what this person may work on. */
  readonly visibleTo?: Viewer;
  /** Variables of the instance, in any scope, that must all be there with these values. */
  readonly variables?: readonly VariableMatch[];
}

const SEARCHABLE = {
  table: userTasks,
  fields: getTableColumns(userTasks),
  key: ['instanceId', 'taskId'],
  sort: [{ field: 'openedAt', order: 'DESC' }],
} as const;

/** Reads tasks. */
export interface UserTasks {
  /** One by instance and task id, or null. */
  readonly get: (instanceId: string, taskId: string) => Promise<UserTaskRow | null>;
  /** One page; see `search` for the errors. Newest first. */
  readonly search: (query: UserTaskSearch) => Promise<Page<UserTaskRow>>;
}

/** Makes the reader. */
export function createUserTasks(db: Queryable): UserTasks {
  return {
    get: async (instanceId, taskId) => {
      const where = and(eq(userTasks.instanceId, instanceId), eq(userTasks.taskId, taskId));
      const rows = await db.select().from(userTasks).where(where);
      return rows[0] ?? null;
    },
    search: (query) =>
      search(
        db,
        SEARCHABLE,
        query,
        and(
          query.visibleTo && visibleTo(query.visibleTo),
          holdsVariables(userTasks.instanceId, query.variables ?? []),
        ),
      ),
  };
}

function visibleTo({ user, groups }: Viewer): SQL | undefined {
  const candidate = or(
    sql`${userTasks.candidateUsers} @> array[${user}::text]`,
    groups.length > 0 ? sql`${userTasks.candidateGroups} && ${textArray(groups)}` : undefined,
  );
  return or(eq(userTasks.assignee, user), and(sql`${userTasks.assignee} is null`, candidate));
}

function textArray(values: readonly string[]): SQL {
  return sql`array[${sql.join(
    values.map((value) => sql`${value}::text`),
    sql`, `,
  )}]`;
}
