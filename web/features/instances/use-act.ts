/** Acts upon one instance from its page. */
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotice } from '../../parts/notices.js';
import { type ActOutcome, actOn, KEYS } from './instances-api.js';

interface Asked {
  readonly act: object;
  readonly reason: string;
}

/** Does something, tells that it was done, and reads the instance again. */
export function useAct(
  key: string,
  done: string,
  close: () => void,
): UseMutationResult<ActOutcome, Error, Asked> {
  const tell = useNotice();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act, reason }: Asked) => actOn(key, act, reason),
    onSuccess: async () => {
      tell('good', done);
      close();
      await queries.invalidateQueries({ queryKey: KEYS.one(key) });
    },
  });
}

/** Tries something out: nothing is changed. */
export const useTrial = (key: string): UseMutationResult<ActOutcome, Error, object> =>
  useMutation({ mutationFn: (act: object) => actOn(key, { ...act, isDryRun: true }, '') });
