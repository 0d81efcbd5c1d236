/** The audit table: acts by people, and refusals. The database itself refuses to change or remove a row. */
import { getTableColumns } from 'drizzle-orm';
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import type { Variables } from '../engine/model/index.js';
import { instant, json } from './columns.js';
import type { Queryable } from './database.js';
import { type Page, type Search, search } from './search/index.js';

const audit = pgTable('audit', {
  /** Counts up in the order of writing; a rolled back write leaves a gap. */
  number: bigint('number', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
  at: instant('at').notNull(),
  /** Id of the person; null when nobody was signed in. */
  actor: text('actor'),
  action: text('action').notNull(),
  /** What was acted on, e.g. `task:<instance>/<task>`. */
  object: text('object').notNull(),
  outcome: text('outcome').$type<'done' | 'refused' | 'failed'>().notNull(),
  /** Code of the refusal or failure. */
  code: text('code'),
  requestId: text('request_id'),
  /** Why, in the words of the person. */
  reason: text('reason'),
  data: json<Variables>()('data'),
});

/** One act as it is stored. */
export type AuditRow = Readonly<typeof audit.$inferSelect>;

/** One act. */
export type Act = Omit<AuditRow, 'number'>;

const SEARCHABLE = {
  table: audit,
  fields: getTableColumns(audit),
  key: ['number'],
  sort: [{ field: 'at', order: 'DESC' }],
} as const;

/** The audit table. */
export interface Audit {
  /** Adds one act. @returns its number */
  readonly append: (act: Act) => Promise<{ readonly number: number }>;
  /** One page; see `search` for the errors. Newest first. */
  readonly query: (query: Search<keyof AuditRow>) => Promise<Page<AuditRow>>;
}

/** Makes the group. */
export function createAudit(db: Queryable): Audit {
  return {
    append: async (act) => {
      const [row] = await db.insert(audit).values(act).returning({ number: audit.number });
      return { number: row?.number ?? 0 };
    },
    query: (query) => search(db, SEARCHABLE, query),
  };
}
