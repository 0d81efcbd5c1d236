/** What these pages ask the server. */
import {
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type { Report, ReportElements, ReportList } from '../../../contracts/reports.js';
import { ask } from '../../api/ask.js';

const REPORTS = '/api/v1/reports';

/** Where a process is reported of. */
export const reportPath = (process: string): string => `${REPORTS}/${encodeURIComponent(process)}`;

/** Processes, page by page. */
export function useReports(
  query: string,
): UseInfiniteQueryResult<{ readonly pages: readonly ReportList[] }> {
  return useInfiniteQuery({
    queryKey: ['reports', 'list', query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === null ? '' : `&after=${encodeURIComponent(pageParam)}`;
      return ask<ReportList>(`${REPORTS}?${query}${after}`, { signal });
    },
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

/** One process. */
export function useReport(process: string, query: string): UseQueryResult<Report> {
  return useQuery({
    queryKey: ['reports', 'one', process, query],
    queryFn: ({ signal }) => ask<Report>(`${reportPath(process)}?${query}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Its elements. */
export function useReportElements(process: string, query: string): UseQueryResult<ReportElements> {
  return useQuery({
    queryKey: ['reports', 'elements', process, query],
    queryFn: ({ signal }) =>
      ask<ReportElements>(`${reportPath(process)}/elements?${query}`, { signal }),
    placeholderData: keepPreviousData,
  });
}
