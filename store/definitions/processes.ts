/** Process definitions: versions of each process, numbered from 1, each pinned to a package. */
import { and, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Json } from '../../engine/model/index.js';
import { instant, json, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';

/** A start event that something from outside triggers. */
export type NamedStart = Readonly<{ name: string; elementId: string }>;

/** A start event that a timer triggers; `timer` is its definition as compiled. */
export type TimerStart = Readonly<{ elementId: string; timer: Json }>;

/** What a definition asks of its surroundings. More entries may follow; these three are looked up. */
export interface Requirements {
  readonly messageStarts: readonly NamedStart[];
  readonly signalStarts: readonly NamedStart[];
  readonly timerStarts: readonly TimerStart[];
  readonly [more: string]: Json;
}

/** A process as a deployment brings it. */
export interface NewProcess {
  readonly processId: string;
  readonly name: string | null;
  readonly versionTag: string | null;
  readonly requirements: Requirements;
  /** The file of its package that holds it. */
  readonly path: string;
  /** The form by which people start it, or null. */
  readonly startFormId: string | null;
}

export const processDefinitions = pgTable('process_definitions', {
  processId: text('process_id').notNull(),
  version: integer('version').notNull(),
  packageHash: text('package_hash').notNull(),
  versionTag: text('version_tag'),
  name: text('name'),
  deployedAt: instant('deployed_at').notNull(),
  requirements: json<Requirements>()('requirements').notNull(),
  path: text('path').notNull(),
  startFormId: text('start_form_id'),
});

/** One version of a process. */
export type ProcessDefinition = Readonly<typeof processDefinitions.$inferSelect>;

const IS_LATEST = sql<boolean>`not exists (select 1 from process_definitions later
  where later.process_id = process_definitions.process_id
    and later.version > process_definitions.version)`;

const SEARCHABLE = {
  table: processDefinitions,
  fields: { ...getTableColumns(processDefinitions), isLatest: IS_LATEST },
  key: ['processId', 'version'],
  sort: [{ field: 'processId', order: 'ASC' }],
} as const;

/** One version, and whether it is the latest. */
export type ListedProcess = ProcessDefinition & { readonly isLatest: boolean };

/** Reads process definitions. Where several versions fit, the newest is taken; none is null. */
export interface Processes {
  readonly latest: (processId: string) => Promise<ProcessDefinition | null>;
  readonly byVersion: (processId: string, version: number) => Promise<ProcessDefinition | null>;
  readonly byTag: (processId: string, versionTag: string) => Promise<ProcessDefinition | null>;
  readonly byHash: (processId: string, packageHash: string) => Promise<ProcessDefinition | null>;
  /** Latest versions that a message (a signal) of this name starts. */
  readonly messageStarts: (name: string) => Promise<readonly ProcessDefinition[]>;
  readonly signalStarts: (name: string) => Promise<readonly ProcessDefinition[]>;
  /** One page; see `search` for the errors. By process and version. */
  readonly search: (query: Search<keyof ListedProcess>) => Promise<Page<ListedProcess>>;
}

/** Makes the reader. */
export function createProcesses(db: Queryable): Processes {
  const { processId, version, versionTag, packageHash } = processDefinitions;
  const newest = async (id: string, where?: SQL): Promise<ProcessDefinition | null> => {
    const rows = await db
      .select()
      .from(processDefinitions)
      .where(and(eq(processId, id), where))
      .orderBy(desc(version))
      .limit(1);
    return rows[0] ?? null;
  };
  return {
    latest: (id) => newest(id),
    byVersion: async (id, wanted) =>
      wanted <= MOST_VERSIONS ? newest(id, eq(version, wanted)) : null,
    byTag: (id, tag) => newest(id, eq(versionTag, tag)),
    byHash: (id, hash) => newest(id, eq(packageHash, hash)),
    messageStarts: (name) => startedBy(db, { messageStarts: [{ name }] }),
    signalStarts: (name) => startedBy(db, { signalStarts: [{ name }] }),
    search: (query) => search(db, SEARCHABLE, query),
  };
}

/** What the column holds: a version beyond it is none. */
const MOST_VERSIONS = 2 ** 31 - 1;

async function startedBy(db: Queryable, part: Json): Promise<readonly ProcessDefinition[]> {
  const { requirements, processId } = processDefinitions;
  return db
    .select()
    .from(processDefinitions)
    .where(and(sql`${requirements} @> ${jsonText(part)}::jsonb`, IS_LATEST))
    .orderBy(processId);
}
