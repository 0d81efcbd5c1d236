/** Does something to a task that was seen at a version: whoever was first has changed it, and this says so. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotice } from '../../../parts/notices.js';
import { type Doing, doTo, type ReadTask, TASKS } from '../asking.js';

/** An act, and what is said when it is done. */
export interface HandingOn extends Doing {
  readonly told: string;
}

/** Asks for it. @param done - called when it is done, before it is said */
export function useHandOn({ task, etag }: ReadTask, done?: () => void) {
  const queries = useQueryClient();
  const tell = useNotice();
  return useMutation({
    mutationFn: ({ told: _told, ...doing }: HandingOn) =>
      doTo(task.taskKey, { ...doing, ...(etag !== null && { ifMatch: etag }) }),
    onSuccess: (_outcome, { told }) => {
      done?.();
      tell('good', told);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: TASKS }),
  });
}
