/** Files of decisions: versions of each by its id, and the decisions in them as people look for them. */
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';

const decisionRequirements = pgTable('decision_requirements', {
  requirementsId: text('requirements_id').notNull(),
  version: integer('version').notNull(),
  packageHash: text('package_hash').notNull(),
  path: text('path').notNull(),
  name: text('name'),
  deployedAt: instant('deployed_at').notNull(),
});

/** One version of a file of decisions. */
export type DecisionRequirements = Readonly<typeof decisionRequirements.$inferSelect>;

const listedDecisions = pgTable('listed_decisions', {
  decisionId: text('decision_id').notNull(),
  version: integer('version').notNull(),
  packageHash: text('package_hash').notNull(),
  path: text('path').notNull(),
  name: text('name'),
  deployedAt: instant('deployed_at').notNull(),
  requirementsId: text('requirements_id').notNull(),
  requirementsVersion: integer('requirements_version').notNull(),
  requirementsName: text('requirements_name'),
  isLatest: boolean('is_latest').notNull(),
});

/** One version of a decision, with the file that it stands in. */
export type ListedDecision = Readonly<typeof listedDecisions.$inferSelect>;

const FILES = {
  table: decisionRequirements,
  fields: getTableColumns(decisionRequirements),
  key: ['requirementsId', 'version'],
  sort: [{ field: 'requirementsId', order: 'ASC' }],
} as const;

const DECISIONS = {
  table: listedDecisions,
  fields: getTableColumns(listedDecisions),
  key: ['decisionId', 'version'],
  sort: [{ field: 'decisionId', order: 'ASC' }],
} as const;

/** Reads both. */
export interface RequirementsReader {
  /** One page of files; see `search` for the errors. By id and version. */
  readonly search: (
    query: Search<keyof DecisionRequirements>,
  ) => Promise<Page<DecisionRequirements>>;
  /** One page of decisions; see `search` for the errors. By id and version. */
  readonly decisions: (query: Search<keyof ListedDecision>) => Promise<Page<ListedDecision>>;
}

/** Makes the reader. */
export function createRequirements(db: Queryable): RequirementsReader {
  return {
    search: (query) => search(db, FILES, query),
    decisions: (query) => search(db, DECISIONS, query),
  };
}

/**
 * Numbers a file of decisions of which at least one is new; one that a package brought before keeps its number.
 * The caller lets no other deployment in meanwhile. Class: side effect.
 */
export async function numberFile(
  tx: Queryable,
  file: Omit<DecisionRequirements, 'version'>,
): Promise<void> {
  const { packageHash, path, requirementsId, version } = decisionRequirements;
  const isIt = and(eq(packageHash, file.packageHash), eq(path, file.path));
  const known = await tx.select({ one: sql`1` }).from(decisionRequirements).where(isIt);
  if (known.length > 0) return;
  const [newest] = await tx
    .select({ version })
    .from(decisionRequirements)
    .where(eq(requirementsId, file.requirementsId))
    .orderBy(desc(version))
    .limit(1);
  await tx.insert(decisionRequirements).values({ ...file, version: (newest?.version ?? 0) + 1 });
}
