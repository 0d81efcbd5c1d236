/** What these pages ask the server. */
import {
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type {
  ActOutcome,
  BatchTrial,
  ElementStory,
  SentPlan,
  TimelinePage,
  WholeInstance,
} from '../../../contracts/instances.js';
import { ask } from '../../api/ask.js';
import { useReasonFor } from '../../api/reasons.js';
import type { Locale } from '../../texts/texts.js';
import { filterOf, type Narrowing } from './narrowing.js';

export { type Definition, useDefinitions, useXml } from '../../api/definitions.js';
export type { ActOutcome, BatchTrial, ElementStory, SentPlan, TimelinePage, WholeInstance };

/** A row of the list. */
export interface ListedInstance {
  readonly processInstanceKey: string;
  readonly processDefinitionId: string;
  readonly processDefinitionName: string | null;
  readonly processDefinitionVersion: number;
  readonly state: string;
  readonly hasIncident: boolean;
  readonly businessId: string | null;
  readonly startDate: string;
  readonly endDate: string | null;
}

/** Counts of one element. */
export interface ElementCounts {
  readonly elementId: string;
  readonly active: number;
  readonly incidents: number;
  readonly completed: number;
  readonly canceled: number;
}

/** A batch. */
export interface Batch {
  readonly batchOperationKey: string;
  readonly batchOperationType: string;
  readonly state: string;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly actorId: string | null;
  readonly operationsTotalCount: number;
  readonly operationsCompletedCount: number;
  readonly operationsFailedCount: number;
}

/** What became of one item of a batch. */
export interface BatchItem {
  readonly itemKey: string;
  readonly processInstanceKey: string;
  readonly state: string;
  readonly errorMessage: string | null;
}

/** A variable; `value` is a text of JSON. */
export interface Variable {
  readonly variableKey: string;
  readonly name: string;
  readonly value: string;
  readonly scopeKey: string;
}

interface Found<Row> {
  readonly items: readonly Row[];
  readonly page: {
    readonly totalItems: number;
    readonly hasMoreTotalItems: boolean;
    readonly endCursor: string | null;
  };
}

const PAGE = 25;

const search = <Row>(
  path: string,
  body: object,
  signal: AbortSignal,
  reason: string | null = null,
): Promise<Found<Row>> => ask(`/v2/${path}/search`, { method: 'POST', body, signal, reason });

/** Keys of what is kept. */
export const KEYS = {
  list: ['instances', 'list'],
  counts: ['instances', 'counts'],
  batches: ['instances', 'batches'],
  one: (key: string) => ['instances', 'one', key] as const,
} as const;

/** Instances, page by page. */
export function useInstances(narrowing: Narrowing): UseInfiniteQueryResult<{
  readonly pages: readonly Found<ListedInstance>[];
}> {
  return useInfiniteQuery({
    queryKey: [...KEYS.list, narrowing],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      search<ListedInstance>(
        'process-instances',
        {
          filter: filterOf(narrowing),
          page: { limit: PAGE, ...(pageParam !== null && { after: pageParam }) },
        },
        signal,
      ),
    getNextPageParam: ({ items, page }) => (items.length < PAGE ? null : page.endCursor),
    placeholderData: keepPreviousData,
  });
}

/** How many are at each element of a definition, of those that fit. */
export function useCounts(
  key: string | null,
  narrowing: Narrowing,
): UseQueryResult<readonly ElementCounts[]> {
  const { process: _, version: __, element: ___, ...rest } = narrowing;
  return useQuery({
    queryKey: [...KEYS.counts, key, rest],
    enabled: key !== null,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const path = `/v2/process-definitions/${key}/statistics/element-instances`;
      const body = { filter: filterOf(rest) };
      const asking = { method: 'POST', body, signal } as const;
      return (await ask<{ readonly items: readonly ElementCounts[] }>(path, asking)).items;
    },
  });
}

/** One instance. */
export function useInstance(key: string): UseQueryResult<WholeInstance> {
  const reason = useReasonFor(key);
  return useQuery({
    queryKey: [...KEYS.one(key), 'whole', reason],
    queryFn: ({ signal }) => ask<WholeInstance>(`/api/v1/instances/${key}`, { signal, reason }),
    placeholderData: keepPreviousData,
  });
}

/** What happened, the newest first. */
export function useTimeline(
  key: string,
  locale: Locale,
  hasAll: boolean,
): UseInfiniteQueryResult<{ readonly pages: readonly TimelinePage[] }> {
  const reason = useReasonFor(key);
  return useInfiniteQuery({
    queryKey: [...KEYS.one(key), 'timeline', locale, hasAll, reason],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      ask<TimelinePage>(
        `/api/v1/instances/${key}/timeline?locale=${locale}&all=${hasAll}&from=${pageParam}&limit=50`,
        { signal, reason },
      ),
    getNextPageParam: ({ next }) => next,
  });
}

/** What became of an element. */
export function useStory(
  key: string,
  elementId: string,
  locale: Locale,
): UseQueryResult<ElementStory> {
  const reason = useReasonFor(key);
  return useQuery({
    queryKey: [...KEYS.one(key), 'story', elementId, locale, reason],
    queryFn: ({ signal }) =>
      ask<ElementStory>(
        `/api/v1/instances/${key}/elements/${encodeURIComponent(elementId)}?locale=${locale}`,
        { signal, reason },
      ),
  });
}

/** Variables of the process and of scopes in it. @param isAsked - false: nobody said yet why they look */
export function useVariables(key: string, isAsked: boolean): UseQueryResult<readonly Variable[]> {
  const reason = useReasonFor(key);
  return useQuery({
    queryKey: [...KEYS.one(key), 'variables', reason],
    enabled: isAsked,
    queryFn: async ({ signal }) => {
      const body = {
        filter: { processInstanceKey: key },
        sort: [{ field: 'name', order: 'ASC' }],
        page: { limit: 500 },
      };
      return (await search<Variable>('variables', body, signal, reason)).items;
    },
  });
}

/** Batches, the newest first. */
export function useBatches(): UseQueryResult<readonly Batch[]> {
  return useQuery({
    queryKey: KEYS.batches,
    queryFn: async ({ signal }) => {
      const sort = [{ field: 'startDate', order: 'DESC' }];
      const body = { sort, page: { limit: 50 } };
      return (await search<Batch>('batch-operations', body, signal)).items;
    },
    // A batch moves by itself.
    refetchInterval: ({ state }) =>
      state.data?.some(({ endDate }) => endDate === null) ? 1000 : false,
  });
}

/** Items of a batch that failed. */
export function useFailed(key: string): UseQueryResult<readonly BatchItem[]> {
  return useQuery({
    queryKey: [...KEYS.batches, key, 'failed'],
    queryFn: async ({ signal }) => {
      const body = { filter: { batchOperationKey: key, state: 'FAILED' }, page: { limit: 100 } };
      return (await search<BatchItem>('batch-operation-items', body, signal)).items;
    },
  });
}

/** Does something to an instance. */
export const actOn = (key: string, act: object, reason: string): Promise<ActOutcome> =>
  ask(`/api/v1/instances/${key}/acts`, {
    method: 'POST',
    body: { act, reason: reason.trim() === '' ? null : reason },
  });

/** What a batch would do. */
export const tryBatch = (plan: SentPlan, narrowing: Narrowing): Promise<BatchTrial> =>
  ask('/api/v1/batch-operations/trial', {
    method: 'POST',
    body: { plan, filter: filterOf(narrowing) },
  });

/** Begins it. */
export const beginBatch = (
  plan: SentPlan,
  narrowing: Narrowing,
  reason: string,
): Promise<{ readonly batchOperationKey: string; readonly total: number }> =>
  ask('/api/v1/batch-operations', {
    method: 'POST',
    body: { plan, filter: filterOf(narrowing), reason: reason.trim() === '' ? null : reason },
  });

/** Suspends, resumes or cancels a batch. */
export const turnBatch = (key: string, turn: 'suspension' | 'resumption' | 'cancellation') =>
  ask(`/v2/batch-operations/${key}/${turn}`, { method: 'POST', body: {} });
