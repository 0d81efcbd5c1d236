/** What the area asks of retention, and of the deletions that go on. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RetainedProcess, RetentionTrial } from '../../../contracts/instance-retention.js';
import { ask } from '../../api/ask.js';
import type { SearchPage } from '../../api/search.js';

const PATH = '/api/v1/retention';
const KEYS = { list: ['admin', 'retention'], deletions: ['admin', 'deletions'] } as const;
/** While a deletion goes on. */
const AGAIN_MS = 1000;
const SHOWN = 5;

/** A deletion of many, and how far it is. */
export interface Deletion {
  readonly batchOperationKey: string;
  readonly state: string;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly actorId: string | null;
  readonly operationsTotalCount: number;
  readonly operationsCompletedCount: number;
  readonly operationsFailedCount: number;
}

/** Processes, their terms, and what is past them. */
export function useRetention() {
  return useQuery({
    queryKey: KEYS.list,
    queryFn: ({ signal }) => ask<{ readonly items: readonly RetainedProcess[] }>(PATH, { signal }),
  });
}

/** Tells what a deletion would meet. */
export const tryRetention = (processId: string): Promise<RetentionTrial> =>
  ask<RetentionTrial>(`${PATH}/${encodeURIComponent(processId)}`);

/** Begins one. */
export function useDeletion(processId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      ask<{ readonly batchOperationKey: string; readonly total: number }>(
        `${PATH}/${encodeURIComponent(processId)}/deletions`,
        { method: 'POST', body: { reason } },
      ),
    onSettled: () =>
      Promise.all(Object.values(KEYS).map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** The last deletions. What they delete is counted anew when one has ended. */
export function useDeletions() {
  const queries = useQueryClient();
  return useQuery({
    queryKey: KEYS.deletions,
    queryFn: async ({ signal }) => {
      const found = await ask<SearchPage<Deletion>>('/v2/batch-operations/search', {
        ...{ method: 'POST', signal },
        body: {
          filter: { operationType: 'DELETE_PROCESS_INSTANCE' },
          sort: [{ field: 'startDate', order: 'DESC' }],
          page: { limit: SHOWN },
        },
      });
      void queries.invalidateQueries({ queryKey: KEYS.list });
      return found.items;
    },
    refetchInterval: ({ state }) =>
      state.data?.some(({ endDate }) => endDate === null) ? AGAIN_MS : false,
  });
}

/** Calls one off: what is not deleted yet stays. */
export function useCancelDeletion() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (key: string) =>
      ask(`/v2/batch-operations/${key}/cancellation`, { method: 'POST', body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.deletions }),
  });
}
