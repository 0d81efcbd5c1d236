/** Variables: the last known value of each, by scope; they stay when their scope ends, and say so. */
import { and, type Column, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { Json } from '../../engine/model/index.js';
import { count, instant, json, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';

export const variables = pgTable('variables', {
  instanceId: text('instance_id').notNull(),
  /** Element instance that is its scope. */
  scopeId: text('scope_id').notNull(),
  name: text('name').notNull(),
  processId: text('process_id').notNull(),
  /** A missing value is the value null. */
  value: json<Json>()('value'),
  writtenAt: instant('written_at').notNull(),
  /** Number of the journal entry that wrote it last. */
  revision: count('revision').notNull(),
});

/** One variable; `isLive`: its scope has not ended. Of an instance that has, the variables of the process remain. */
export type VariableRow = Readonly<typeof variables.$inferSelect> & { readonly isLive: boolean };

const fields = {
  ...getTableColumns(variables),
  // The process itself is no element that was entered.
  isLive: sql<boolean>`not exists (select 1 from element_instances scope
    where scope.instance_id = variables.instance_id
      and scope.element_instance_id = variables.scope_id and scope.state <> 'ACTIVE')`,
};

/** A variable to look for. */
export interface VariableMatch {
  readonly name: string;
  readonly value: Json;
}

const SEARCHABLE = {
  table: variables,
  fields,
  key: ['instanceId', 'scopeId', 'name'],
  sort: [{ field: 'instanceId', order: 'ASC' }],
} as const;

/** Reads variables. */
export interface Variables {
  /** One page; see `search` for the errors. By instance, scope and name. */
  readonly search: (query: Search<keyof VariableRow>) => Promise<Page<VariableRow>>;
}

/** Makes the reader. */
export function createVariables(db: Queryable): Variables {
  return { search: (query) => search(db, SEARCHABLE, query) };
}

/** The condition that an instance holds all of these variables, in whichever scope that has not ended. Class: pure. */
export function holdsVariables(
  instanceId: Column,
  wanted: readonly VariableMatch[],
): SQL | undefined {
  return and(
    ...wanted.map(
      ({ name, value }) => sql`exists (select 1 from variables wanted
        where wanted.instance_id = ${instanceId} and wanted.name = ${name}
          and coalesce(wanted.value, 'null') = ${jsonText(value)}::jsonb
          and not exists (select 1 from element_instances scope
            where scope.instance_id = wanted.instance_id
              and scope.element_instance_id = wanted.scope_id and scope.state <> 'ACTIVE'))`,
    ),
  );
}
