/** Decisions and forms: versions of each, numbered from 1, each pinned to a package and a file in it. */
import { and, desc, eq, getTableColumns, lte, min, type SQL, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';
import { readFile } from './packages.js';
import { processDefinitions } from './processes.js';

/** What a resource is. */
export type ResourceKind = 'decision' | 'form';

/** A decision or form as a deployment brings it. */
export interface NewResource {
  readonly kind: ResourceKind;
  /** Decision id or form id. */
  readonly resourceId: string;
  readonly name: string | null;
  readonly versionTag: string | null;
  /** Its file in the package. */
  readonly path: string;
  /** What is said of a file of decisions as a whole; null of a form. */
  readonly requirements: { readonly id: string; readonly name: string | null } | null;
}

export const resourceDefinitions = pgTable('resource_definitions', {
  kind: text('kind').$type<ResourceKind>().notNull(),
  resourceId: text('resource_id').notNull(),
  version: integer('version').notNull(),
  packageHash: text('package_hash').notNull(),
  versionTag: text('version_tag'),
  name: text('name'),
  path: text('path').notNull(),
  deployedAt: instant('deployed_at').notNull(),
});

/** One version of a decision or form. */
export type ResourceDefinition = Readonly<typeof resourceDefinitions.$inferSelect>;

const SEARCHABLE = {
  table: resourceDefinitions,
  fields: getTableColumns(resourceDefinitions),
  key: ['kind', 'resourceId', 'version'],
  sort: [
    { field: 'kind', order: 'ASC' },
    { field: 'resourceId', order: 'ASC' },
  ],
} as const;

/** Reads resources of one kind. Where several versions fit, the newest is taken; none is null. */
export interface Resources {
  readonly latest: (id: string) => Promise<ResourceDefinition | null>;
  readonly byVersion: (id: string, version: number) => Promise<ResourceDefinition | null>;
  readonly byTag: (id: string, versionTag: string) => Promise<ResourceDefinition | null>;
  readonly byHash: (id: string, packageHash: string) => Promise<ResourceDefinition | null>;
  /** The version that a package means, which an earlier one may have brought: what has not changed keeps its version. */
  readonly inPackage: (id: string, packageHash: string) => Promise<ResourceDefinition | null>;
  /** The latest version when it has this text, whatever else its package holds; line ends count as one. */
  readonly unchanged: (id: string, text: string) => Promise<ResourceDefinition | null>;
  /** One page; see `search` for the errors. By id and version. */
  readonly search: (query: Search<keyof ResourceDefinition>) => Promise<Page<ResourceDefinition>>;
}

/** Makes the reader of one kind. */
export function createResources(db: Queryable, of: ResourceKind): Resources {
  const { kind, resourceId, version, versionTag, packageHash } = resourceDefinitions;
  const newest = async (id: string, where?: SQL): Promise<ResourceDefinition | null> => {
    const rows = await db
      .select()
      .from(resourceDefinitions)
      .where(and(eq(kind, of), eq(resourceId, id), where))
      .orderBy(desc(version))
      .limit(1);
    return rows[0] ?? null;
  };
  const byHash: Resources['byHash'] = (id, hash) => newest(id, eq(packageHash, hash));
  return {
    latest: (id) => newest(id),
    byVersion: (id, wanted) => newest(id, eq(version, wanted)),
    byTag: (id, tag) => newest(id, eq(versionTag, tag)),
    byHash,
    inPackage: async (id, hash) => {
      const brought = await byHash(id, hash);
      if (brought) return brought;
      const { deployedAt, packageHash: of } = processDefinitions;
      const first = db
        .select({ at: min(deployedAt) })
        .from(processDefinitions)
        .where(eq(of, hash));
      return newest(id, lte(resourceDefinitions.deployedAt, sql`(${first})`));
    },
    unchanged: async (id, text) => {
      const found = await newest(id);
      const before = found && (await readFile(db, found.packageHash, found.path));
      return before !== null && canonical(before) === canonical(text) ? found : null;
    },
    search: (query) => search(db, SEARCHABLE, query, eq(kind, of)),
  };
}

const canonical = (text: string): string => text.replaceAll('\r\n', '\n');
