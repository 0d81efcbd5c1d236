import type { ErrorRow } from './kinds.js';

/** Codes of what people keep beside their tasks. */
export const INBOX_ERRORS = {
  TASK_DRAFT_CHANGED: {
    kind: 'rejection',
    text: "Expected the draft of task '{task}' as it was seen, but another one was saved since; look at that first.",
  },
  TASK_OVER: {
    kind: 'rejection',
    text: "Expected an open task, but '{task}' is none any more; nothing was saved.",
  },
  VIEWS_TOO_MANY: {
    kind: 'rejection',
    text: 'Expected fewer than {most} views of a person, but there are as many; delete one first.',
  },
  VIEW_CHANGED: {
    kind: 'rejection',
    text: 'Expected the view at version {version}, but it was changed since; look at it again.',
  },
} as const satisfies Record<string, ErrorRow>;
