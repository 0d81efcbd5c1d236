/** Variables: the last known value of each, by scope; they stay when their scope ends, and say so. */
import { and, type Column, getTableColumns, or, type SQL, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { Json } from '../../engine/model/index.js';
import { bytes, count, instant, json, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { seesInstanceOf } from '../portfolio/conditions.js';
import type { Viewer } from '../portfolio/viewer.js';
import type { Seals } from '../sealing/index.js';
import { type Opened, openRows } from '../sealing/opened.js';
import { columnPlace } from '../sealing/places.js';
import { type Page, type Search, search } from '../search/index.js';
import { type DefinitionVersion, definitionVersionOf } from './definition-version.js';

export const variables = pgTable('variables', {
  instanceId: text('instance_id').notNull(),
  /** Element instance that is its scope. */
  scopeId: text('scope_id').notNull(),
  name: text('name').notNull(),
  processId: text('process_id').notNull(),
  /** A missing value is the value null, unless it is sealed. */
  value: json<Json>()('value'),
  writtenAt: instant('written_at').notNull(),
  /** Number of the journal entry that wrote it last. */
  revision: count('revision').notNull(),
  /** The value of an instance that belongs to a customer. */
  sealed: bytes('sealed'),
  /** What a sealed value is found by. */
  mark: text('mark'),
});

/** One variable. Of an instance that has ended, the variables of the process remain. */
export type VariableRow = Readonly<Omit<typeof variables.$inferSelect, 'sealed' | 'mark'>> & {
  /** Its scope has not ended. */
  readonly isLive: boolean;
  /** Its value was sealed, and the key was destroyed: `value` is null and says nothing. */
  readonly isErased: boolean;
};

const { sealed, mark: _mark, ...open } = getTableColumns(variables);

const fields = {
  ...open,
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
  besides: { sealed },
  asked: definitionVersionOf(variables.instanceId),
  key: ['instanceId', 'scopeId', 'name'],
  sort: [{ field: 'instanceId', order: 'ASC' }],
} as const;

/** What variables are filtered and sorted by. */
export type VariableField = Exclude<keyof VariableRow, 'isErased'> | DefinitionVersion;

type ReadRow = Omit<VariableRow, 'isErased'> & { readonly sealed: Buffer | null };

/** Reads variables. */
export interface Variables {
  /** One page; see `search` for the errors. By instance, scope and name. */
  readonly search: (query: Search<VariableField>) => Promise<Page<VariableRow>>;
}

/** Makes the reader. @param seenBy - it shows what is of instances that they see; null: all */
export function createVariables(db: Queryable, seals: Seals, seenBy: Viewer | null): Variables {
  const isSeen = seesInstanceOf(variables.instanceId, seenBy);
  return {
    search: async (query) => {
      const page = await search<ReadRow, VariableField, DefinitionVersion>(
        ...([db, SEARCHABLE, query, isSeen] as const),
      );
      return { ...page, items: await openRows(db, seals, page.items, placeOf, asOpened) };
    },
  };
}

const placeOf = ({ instanceId, scopeId, name }: ReadRow) =>
  columnPlace('variables', [instanceId, scopeId, name], 'value');

function asOpened({ sealed: _, ...row }: ReadRow, opened: Opened): VariableRow {
  const value = opened.kind === 'opened' ? opened.value : row.value;
  return { ...row, value, isErased: opened.kind === 'erased' };
}

/**
 * The condition that an instance holds all of these variables, in whichever scope that has not ended. What is sealed is
 * found by its mark. Class: side effect (reads the deployment's key).
 */
export async function holdsVariables(
  seals: Seals,
  instanceId: Column,
  wanted: readonly VariableMatch[],
): Promise<SQL | undefined> {
  const marks = await Promise.all(wanted.map(({ name, value }) => seals.markOf(name, value)));
  const isIt = (value: Json, mark: string | null): SQL | undefined =>
    or(
      sql`(wanted.sealed is null and coalesce(wanted.value, 'null') = ${jsonText(value)}::jsonb)`,
      mark === null ? undefined : sql`wanted.mark = ${mark}`,
    );
  return and(
    ...wanted.map(
      ({ name, value }, index) => sql`exists (select 1 from variables wanted
        where wanted.instance_id = ${instanceId} and wanted.name = ${name}
          and ${isIt(value, marks[index] ?? null)}
          and not exists (select 1 from element_instances scope
            where scope.instance_id = wanted.instance_id
              and scope.element_instance_id = wanted.scope_id and scope.state <> 'ACTIVE'))`,
    ),
  );
}
