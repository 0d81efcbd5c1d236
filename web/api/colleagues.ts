/** Who works on tasks, for choosing somebody. Class: side effect (asks the server). */
import { queryOptions } from '@tanstack/react-query';
import type { Colleague } from '../../contracts/tasks.js';
import { ask } from './ask.js';

/** All of them. */
export const colleagues = queryOptions({
  queryKey: ['colleagues'],
  queryFn: ({ signal }) =>
    ask<{ readonly items: readonly Colleague[] }>('/api/v1/colleagues', { signal }),
  staleTime: 60_000,
});
