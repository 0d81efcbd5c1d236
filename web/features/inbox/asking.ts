/** What the inbox asks of the server, and under which keys it is kept. Class: side effect. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  InboxViewOnWire,
  TaskContext,
  TaskCounts,
  TaskList,
  TaskOutcome,
  TaskQuery,
  WholeTask,
} from '../../../contracts/tasks.js';
import { ask, askWhole } from '../../api/ask.js';
import { searchText } from './looking.js';

/** All that is read of tasks; what is done to one makes it be read again. */
export const TASKS = ['tasks'] as const;

/** What makes them be read again. */
export const EVENTS = [
  ...(['user_task.created', 'user_task.changed'] as const),
  ...(['user_task.completed', 'user_task.cancelled'] as const),
];

const PAGE = 50;

/** Pages of tasks. */
export const listOf = (query: TaskQuery) =>
  infiniteQueryOptions({
    queryKey: [...TASKS, 'list', query],
    queryFn: ({ signal, pageParam }) => {
      const search = searchText({ ...query, limit: PAGE, ...(pageParam && { after: pageParam }) });
      return ask<TaskList>(`/api/v1/tasks?${search}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ next }: TaskList) => next,
    placeholderData: keepPreviousData,
  });

/** How many tasks each view has. */
export const counts = queryOptions({
  queryKey: [...TASKS, 'counts'],
  queryFn: ({ signal }) => ask<TaskCounts>('/api/v1/tasks/counts', { signal }),
});

/** A task, and the version that an act is held to. */
export interface ReadTask extends WholeTask {
  readonly etag: string | null;
}

/** One task with its form in a language. */
export const taskOf = (taskKey: string, locale: string, reason: string | null) =>
  queryOptions({
    queryKey: [...TASKS, 'one', taskKey, locale, reason],
    queryFn: async ({ signal }): Promise<ReadTask> => {
      const path = `/api/v1/tasks/${taskKey}?locale=${locale}`;
      const { body, etag } = await askWhole<WholeTask>(path, { signal, reason });
      return { ...body, etag };
    },
  });

/** What is known of its customer. */
export const contextOf = (taskKey: string) =>
  queryOptions({
    queryKey: [...TASKS, 'context', taskKey],
    queryFn: ({ signal }) => ask<TaskContext>(`/api/v1/tasks/${taskKey}/context`, { signal }),
    staleTime: 60_000,
  });

export const VIEWS_KEY = ['inbox-views'] as const;

/** Views that people keep. */
export const savedViews = queryOptions({
  queryKey: VIEWS_KEY,
  queryFn: ({ signal }) =>
    ask<{ readonly items: readonly InboxViewOnWire[] }>('/api/v1/inbox-views', { signal }),
});

/** Something that is done to a task. */
export interface Doing {
  readonly method?: 'POST' | 'PATCH';
  /** Behind the address of the task. */
  readonly path: string;
  readonly body?: unknown;
  readonly ifMatch?: string;
}

/** Does it. @returns what it came to */
export const doTo = (taskKey: string, { method = 'POST', path, ...rest }: Doing) =>
  ask<TaskOutcome>(`/api/v1/tasks/${taskKey}${path}`, { method, ...rest });
