/** Tables of drafts. Class: data. */
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';

/** Where a draft is on its way. */
export type DraftState = 'open' | 'review' | 'published' | 'discarded';

export const drafts = pgTable('drafts', {
  draftId: text('draft_id').notNull(),
  packageKey: text('package_key').notNull(),
  title: text('title').notNull(),
  basedOn: text('based_on'),
  state: text('state').$type<DraftState>().notNull(),
  version: integer('version').notNull(),
  contributors: text('contributors').array().notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  changedBy: text('changed_by').notNull(),
  changedAt: instant('changed_at').notNull(),
  remark: text('remark'),
  published: text('published'),
});

export const draftFiles = pgTable('draft_files', {
  draftId: text('draft_id').notNull(),
  path: text('path').notNull(),
  content: text('content').notNull(),
  version: integer('version').notNull(),
  changedBy: text('changed_by').notNull(),
  changedAt: instant('changed_at').notNull(),
});

/** A draft without its files. */
export type Draft = Readonly<typeof drafts.$inferSelect>;

/** A file of a draft. */
export type DraftFile = Readonly<Omit<typeof draftFiles.$inferSelect, 'draftId'>>;
