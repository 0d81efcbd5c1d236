/** Element instances: each activation of a flow node or scope, and how it ended. */
import { and, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { count, instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { seesInstance, seesInstanceOf } from '../portfolio/conditions.js';
import type { Viewer } from '../portfolio/viewer.js';
import type { Seals } from '../sealing/index.js';
import { type Page, type Search, search } from '../search/index.js';
import { type DefinitionVersion, definitionVersionOf } from './definition-version.js';
import { instanceCondition, type MeantInstances } from './process-instances.js';

/** Where an activation stands. */
export type ElementInstanceState = 'ACTIVE' | 'COMPLETED' | 'CANCELLED';

export const elementInstances = pgTable('element_instances', {
  instanceId: text('instance_id').notNull(),
  elementInstanceId: text('element_instance_id').notNull(),
  elementId: text('element_id').notNull(),
  processId: text('process_id').notNull(),
  kind: text('kind'),
  name: text('name'),
  /** Element instance that holds it; null for the process itself. */
  scopeId: text('scope_id'),
  state: text('state').$type<ElementInstanceState>().notNull(),
  enteredAt: instant('entered_at').notNull(),
  endedAt: instant('ended_at'),
  /** Number of the journal entry that entered it. */
  enteredSequence: count('entered_sequence').notNull(),
});

/** One activation. */
export type ElementInstanceRow = Readonly<typeof elementInstances.$inferSelect>;

/** What they are filtered and sorted by. */
type Field = keyof ElementInstanceRow | DefinitionVersion;

const SEARCHABLE = {
  table: elementInstances,
  fields: getTableColumns(elementInstances),
  asked: definitionVersionOf(elementInstances.instanceId),
  key: ['instanceId', 'elementInstanceId'],
  sort: [
    { field: 'instanceId', order: 'ASC' },
    { field: 'enteredSequence', order: 'ASC' },
  ],
} as const;

/** How often an element was entered by how that ended, and its open incidents. */
export interface ElementCounts {
  readonly elementId: string;
  readonly active: number;
  readonly completed: number;
  readonly cancelled: number;
  readonly incidents: number;
}

/** Reads element instances. */
export interface ElementInstances {
  /** Over all instances that a search of them would find; elements without any are left out. Errors: those of `search`. */
  readonly counts: (of: MeantInstances) => Promise<readonly ElementCounts[]>;
  /** One page; see `search` for the errors. In the order of the journal. */
  readonly search: (query: Search<Field>) => Promise<Page<ElementInstanceRow>>;
}

/** Makes the reader. @param seenBy - it shows what is of instances that they see; null: all */
export function createElementInstances(
  db: Queryable,
  seals: Seals,
  seenBy: Viewer | null,
): ElementInstances {
  const isSeen = seesInstanceOf(elementInstances.instanceId, seenBy);
  return {
    counts: async (of) => {
      const isMeant = await instanceCondition(seals, of);
      return countElements(db, and(isMeant, seenBy === null ? undefined : seesInstance(seenBy)));
    },
    search: (query) =>
      search<ElementInstanceRow, Field, DefinitionVersion>(db, SEARCHABLE, query, isSeen),
  };
}

async function countElements(
  db: Queryable,
  isMeant: SQL | undefined,
): Promise<readonly ElementCounts[]> {
  const meant = sql`select instance_id from process_instances where ${isMeant ?? sql`true`}`;
  type Counted = { [K in keyof ElementCounts]: string };
  const { rows } = await db.execute<Counted>(sql`
    with meant as materialized (${meant})
    select element_id as "elementId", sum(active) as active, sum(completed) as completed,
      sum(cancelled) as cancelled, sum(incidents) as incidents
    from (
      select element_id, (state = 'ACTIVE')::int as active, (state = 'COMPLETED')::int as completed,
        (state = 'CANCELLED')::int as cancelled, 0 as incidents
      from element_instances join meant using (instance_id)
      union all
      select element_id, 0, 0, 0, 1 from incidents join meant using (instance_id)
      where state = 'ACTIVE' and element_id is not null
    ) one group by element_id order by element_id`);
  return rows.map(({ elementId, ...counts }) => ({
    elementId,
    active: Number(counts.active),
    completed: Number(counts.completed),
    cancelled: Number(counts.cancelled),
    incidents: Number(counts.incidents),
  }));
}
