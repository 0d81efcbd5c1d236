/** Searches of the server, page after page, as lists read them. Class: side effect. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ask } from './ask.js';

/** One page as the server answers it. */
export interface SearchPage<Row> {
  readonly items: readonly Row[];
  readonly page: {
    readonly totalItems: number;
    /** There are more than that. */
    readonly hasMoreTotalItems: boolean;
    readonly endCursor: string | null;
  };
}

/** What is asked for, but for the page. */
export type SearchBody = Readonly<Record<string, unknown>>;

const ROWS = 50;

/** Reads a search; further pages when they are asked for. @param key - beginning of the key under which it is kept */
export function useSearch<Row>(key: string, path: string, body: SearchBody) {
  return useInfiniteQuery({
    queryKey: [key, path, body],
    queryFn: ({ signal, pageParam }) =>
      ask<SearchPage<Row>>(path, {
        ...{ method: 'POST', signal },
        body: { ...body, page: { limit: ROWS, ...(pageParam !== '' && { after: pageParam }) } },
      }),
    initialPageParam: '',
    getNextPageParam: ({ items, page }) =>
      items.length < ROWS ? undefined : (page.endCursor ?? undefined),
    placeholderData: keepPreviousData,
  });
}

/** A search that is read. */
export type Searching<Row> = ReturnType<typeof useSearch<Row>>;
