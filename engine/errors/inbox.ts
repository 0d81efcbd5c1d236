import type { ErrorRow } from './kinds.js';

/** Codes of what people keep beside their tasks. */
export const INBOX_ERRORS = {
  ATTACHMENTS_TOO_MANY: {
    kind: 'rejection',
    text: 'Expected fewer than {most} files of a task, but there are as many, or others are on their way; remove one first.',
  },
  ATTACHMENT_NAME: {
    kind: 'rejection',
    text: 'Expected the name of a file in Content-Disposition, but {detail}; send filename, or filename* as RFC 8187 encodes it.',
  },
  ATTACHMENT_NOT_YOURS: {
    kind: 'rejection',
    text: 'Expected whoever attached the file to remove it while its task is open, or an admin, but it was neither; ask one of them.',
  },
  ATTACHMENT_TOO_LARGE: {
    kind: 'rejection',
    text: 'Expected a file of {most} bytes at most, but it is larger; attach a smaller one.',
  },
  ATTACHMENT_TYPE: {
    kind: 'rejection',
    text: 'Expected one of {types}, with what such a file holds, but {detail}; attach another kind of file.',
  },
  SUBSTITUTE_INVALID: {
    kind: 'rejection',
    text: 'Expected somebody who may stand in, for days that are still to come, but {detail}; name another person or other days.',
  },
  SUBSTITUTES_TOO_MANY: {
    kind: 'rejection',
    text: 'Expected fewer than {most} substitutes of a person, but there are as many; remove one first.',
  },
  TASK_DRAFT_CHANGED: {
    kind: 'rejection',
    text: "Expected the draft of task '{task}' as it was seen, but another one was saved since; look at that first.",
  },
  TASK_LINK_CHOICE: {
    kind: 'rejection',
    text: 'Expected one of the decisions that the page of the link offers, but this is none, or the form asks for more; open the task in the inbox.',
  },
  TASK_LINK_OVER: {
    kind: 'rejection',
    text: 'Expected a link of a task in its time, but that is over, or the task is gone; look for it in the inbox.',
  },
  TASK_LINK_USED: {
    kind: 'rejection',
    text: 'Expected a link that nobody has decided by, but this one was used; a link decides once.',
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
