/** Incidents: stops that a person must see to, and how each was settled. */
import { getTableColumns } from 'drizzle-orm';
import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';

/** `CLOSED`: what it held was cancelled. */
export type IncidentState = 'ACTIVE' | 'RESOLVED' | 'CLOSED';

export const incidents = pgTable('incidents', {
  instanceId: text('instance_id').notNull(),
  incidentId: text('incident_id').notNull(),
  processId: text('process_id').notNull(),
  elementId: text('element_id'),
  elementInstanceId: text('element_instance_id'),
  code: text('code').notNull(),
  /** The class under which operators know it, as in Camunda's API. */
  class: text('class'),
  message: text('message').notNull(),
  state: text('state').$type<IncidentState>().notNull(),
  openedAt: instant('opened_at').notNull(),
  endedAt: instant('ended_at'),
  resolvedBy: text('resolved_by'),
  /** False: the instance is parked, and says so itself. */
  ofJournal: boolean('of_journal').notNull(),
});

/** One incident. */
export type IncidentRow = Readonly<typeof incidents.$inferSelect>;

const SEARCHABLE = {
  table: incidents,
  fields: getTableColumns(incidents),
  key: ['instanceId', 'incidentId'],
  sort: [{ field: 'openedAt', order: 'DESC' }],
} as const;

/** Reads incidents. */
export interface Incidents {
  /** One page; see `search` for the errors. Newest first. */
  readonly search: (query: Search<keyof IncidentRow>) => Promise<Page<IncidentRow>>;
}

/** Makes the reader. */
export function createIncidents(db: Queryable): Incidents {
  return { search: (query) => search(db, SEARCHABLE, query) };
}
