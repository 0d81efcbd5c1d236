/** What people keep beside their tasks: drafts of forms, and views of the inbox. */
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import { createTaskDrafts, type TaskDrafts } from './drafts.js';
import { createInboxViews, type InboxViews } from './views.js';

export type { DraftOf, TaskDraft, TaskDrafts } from './drafts.js';
export type { InboxView, InboxViews, NewView, ViewChange } from './views.js';

/** All of it. */
export interface Inbox {
  readonly drafts: TaskDrafts;
  readonly views: InboxViews;
}

/** Makes the group. */
export function createInbox(db: Queryable, seals: Seals): Inbox {
  return { drafts: createTaskDrafts(db, seals), views: createInboxViews(db) };
}
