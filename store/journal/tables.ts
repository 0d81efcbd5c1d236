/** The projected tables as the batch writer sees them: columns by name, the key first. Class: pure. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { calledInstances } from '../projections/called-instances.js';
import { elementInstances } from '../projections/element-instances.js';
import { incidents } from '../projections/incidents.js';
import { processInstances } from '../projections/process-instances.js';
import { subscriptions } from '../projections/subscriptions.js';
import { timers } from '../projections/timers.js';
import { userTasks } from '../projections/user-tasks.js';
import { variables } from '../projections/variables.js';
import type { ProjectionTable } from './types.js';

/** A table to write to. */
export interface TableShape {
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** All projected tables. */
export const TABLES: Readonly<Record<ProjectionTable, TableShape>> = {
  process_instances: shape(processInstances, ['instance_id']),
  element_instances: shape(elementInstances, ['instance_id', 'element_instance_id']),
  user_tasks: shape(userTasks, ['instance_id', 'task_id']),
  incidents: shape(incidents, ['instance_id', 'incident_id']),
  variables: shape(variables, ['instance_id', 'scope_id', 'name']),
  called_instances: shape(calledInstances, ['instance_id', 'child_id']),
  timers: shape(timers, ['instance_id', 'timer_id']),
  subscriptions: shape(subscriptions, ['instance_id', 'subscription_id']),
};

/** Tables that hold what the journal tells: a rebuild empties them of it. */
const PURE_PROJECTIONS = [
  'element_instances',
  'user_tasks',
  'incidents',
  'variables',
  'called_instances',
  'timers',
  'subscriptions',
] as const satisfies readonly ProjectionTable[];

/** The statements that take away all that the journal told, of one instance or of all. Class: pure. */
export function emptyProjections(instanceId: string | null): readonly SQL[] {
  const isWanted = instanceId === null ? sql`true` : sql`instance_id = ${instanceId}`;
  return PURE_PROJECTIONS.map((table) => {
    const isTold = table === 'incidents' ? sql`of_journal` : sql`true`;
    return sql`delete from ${sql.identifier(table)} where ${isWanted} and ${isTold}`;
  });
}

function shape(table: PgTable, key: readonly string[]): TableShape {
  return { key, columns: Object.values(getTableColumns(table)).map(({ name }) => name) };
}
