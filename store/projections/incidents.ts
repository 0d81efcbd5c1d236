/** Incidents: stops that a person must see to, and how each was settled. */
import { getTableColumns } from 'drizzle-orm';
import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { seesInstanceOf } from '../portfolio/conditions.js';
import type { Viewer } from '../portfolio/viewer.js';
import type { Seals } from '../sealing/index.js';
import { type Opened, openRows } from '../sealing/opened.js';
import { columnPlace } from '../sealing/places.js';
import { type Page, type Search, search } from '../search/index.js';
import { type DefinitionVersion, definitionVersionOf } from './definition-version.js';

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
  /** Null: it is sealed. */
  message: text('message'),
  state: text('state').$type<IncidentState>().notNull(),
  openedAt: instant('opened_at').notNull(),
  endedAt: instant('ended_at'),
  resolvedBy: text('resolved_by'),
  /** False: the instance is parked, and says so itself. */
  ofJournal: boolean('of_journal').notNull(),
  /** The message of an instance that belongs to a customer. */
  sealed: bytes('sealed'),
});

/** One incident. */
export type IncidentRow = Readonly<Omit<typeof incidents.$inferSelect, 'sealed'>> & {
  /** Its message was sealed, and the key was destroyed: `message` is null. */
  readonly isErased: boolean;
};

const { sealed, ...fields } = getTableColumns(incidents);

const SEARCHABLE = {
  table: incidents,
  fields,
  besides: { sealed },
  asked: definitionVersionOf(incidents.instanceId),
  key: ['instanceId', 'incidentId'],
  sort: [{ field: 'openedAt', order: 'DESC' }],
} as const;

/** What incidents are filtered and sorted by; a message that is sealed is not found by what it says. */
export type IncidentField = Exclude<keyof IncidentRow, 'isErased'> | DefinitionVersion;

type ReadRow = Omit<IncidentRow, 'isErased'> & { readonly sealed: Buffer | null };

/** Reads incidents. */
export interface Incidents {
  /** One page; see `search` for the errors. Newest first. */
  readonly search: (query: Search<IncidentField>) => Promise<Page<IncidentRow>>;
}

/** Makes the reader. @param seenBy - it shows what is of instances that they see; null: all */
export function createIncidents(db: Queryable, seals: Seals, seenBy: Viewer | null): Incidents {
  const isSeen = seesInstanceOf(incidents.instanceId, seenBy);
  return {
    search: async (query) => {
      const page = await search<ReadRow, IncidentField, DefinitionVersion>(
        ...([db, SEARCHABLE, query, isSeen] as const),
      );
      return { ...page, items: await openRows(db, seals, page.items, placeOf, asOpened) };
    },
  };
}

const placeOf = ({ instanceId, incidentId }: ReadRow) =>
  columnPlace('incidents', [instanceId, incidentId], 'message');

function asOpened({ sealed: _, ...row }: ReadRow, opened: Opened): IncidentRow {
  const message = opened.kind === 'opened' ? String(opened.value) : row.message;
  return { ...row, message, isErased: opened.kind === 'erased' };
}
