/** What is read is kept and read again by TanStack Query. */
import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.js';

/** Passing faults are tried three times; what was refused stays refused. */
const MOST_TRIES = 3;

/** Makes the client that the app shares. `onSignedOut`: the session ended. */
export function createQueries(onSignedOut: () => void): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) =>
          error instanceof ApiProblem && error.isPassing && count < MOST_TRIES,
      },
    },
  });
  const look = (error: unknown): void => {
    if (error instanceof ApiProblem && error.status === 401) onSignedOut();
  };
  client.getQueryCache().config.onError = look;
  client.getMutationCache().config.onError = look;
  return client;
}
