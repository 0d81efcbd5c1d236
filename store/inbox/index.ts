/** What people keep beside their tasks: drafts of forms, files, views of the inbox, mails that tell of tasks, and who stands in for whom. */
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import { createTaskAttachments, type TaskAttachments } from './attachments.js';
import { createTaskDrafts, type TaskDrafts } from './drafts.js';
import { createTaskMails, type TaskMails } from './mails.js';
import { createSubstitutes, type Substitutes } from './substitutes.js';
import { createInboxViews, type InboxViews } from './views.js';

export type {
  AttachedTo,
  Attachment,
  AttachmentBy,
  AttachmentPiece,
  NewAttachment,
  TaskAttachments,
} from './attachments.js';
export type { DraftOf, TaskDraft, TaskDrafts } from './drafts.js';
export type { HeldTaskMail, NewTaskLink, TaskLink, TaskMailOf, TaskMails } from './mails.js';
export type { NewSubstitute, Substitute, Substitutes } from './substitutes.js';
export type { InboxView, InboxViews, NewView, ViewChange } from './views.js';

/** All of it. */
export interface Inbox {
  readonly attachments: TaskAttachments;
  readonly drafts: TaskDrafts;
  readonly views: InboxViews;
  readonly mails: TaskMails;
  readonly substitutes: Substitutes;
}

/** Makes the group. */
export function createInbox(db: Queryable, seals: Seals): Inbox {
  return {
    attachments: createTaskAttachments(db, seals),
    drafts: createTaskDrafts(db, seals),
    views: createInboxViews(db),
    mails: createTaskMails(db),
    substitutes: createSubstitutes(db),
  };
}
