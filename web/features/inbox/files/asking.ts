/** What the files of a task are asked for by. Class: side effect. */
import { queryOptions } from '@tanstack/react-query';
import type { AttachmentList } from '../../../../contracts/tasks.js';
import { ask } from '../../../api/ask.js';
import { TASKS } from '../asking.js';

/** Under which they are kept. */
export const filesKey = (taskKey: string) => [...TASKS, 'files', taskKey] as const;

const pathOf = (taskKey: string): string => `/api/v1/tasks/${taskKey}/attachments`;

/** The address of one, to be saved. */
export const addressOf = (taskKey: string, attachmentId: string): string =>
  `${pathOf(taskKey)}/${attachmentId}`;

/** Those of a task. */
export const filesOf = (taskKey: string) =>
  queryOptions({
    queryKey: filesKey(taskKey),
    queryFn: ({ signal }) => ask<AttachmentList>(pathOf(taskKey), { signal }),
  });

/** Takes one away. */
export const removeFile = (taskKey: string, attachmentId: string, reason: string | null) =>
  ask<null>(`${addressOf(taskKey, attachmentId)}/removal`, { method: 'POST', body: { reason } });
