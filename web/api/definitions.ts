/** Versions of processes, and their diagrams. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { ask } from './ask.js';
import { problemOf } from './problem.js';

/** A version of a process. */
export interface Definition {
  readonly processDefinitionKey: string;
  readonly processDefinitionId: string;
  readonly name: string | null;
  readonly version: number;
  /** Whether people start it by a form. */
  readonly hasStartForm: boolean;
}

/** All versions of all processes. */
export function useDefinitions(): UseQueryResult<readonly Definition[]> {
  return useQuery({
    queryKey: ['instances', 'definitions'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const sort = [
        { field: 'processDefinitionId', order: 'ASC' },
        { field: 'version', order: 'DESC' },
      ];
      const body = { sort, page: { limit: 1000 } };
      const path = '/v2/process-definitions/search';
      const asking = { method: 'POST', body, signal } as const;
      return (await ask<{ readonly items: readonly Definition[] }>(path, asking)).items;
    },
  });
}

/** The diagram of a definition. */
export function useXml(key: string | null): UseQueryResult<string> {
  return useQuery({
    queryKey: ['instances', 'xml', key],
    enabled: key !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const path = `/v2/process-definitions/${key}/xml`;
      const answer = await fetch(path, { signal, credentials: 'same-origin' });
      if (!answer.ok) throw await problemOf(answer);
      return answer.text();
    },
  });
}
