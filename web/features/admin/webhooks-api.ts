/** What the area asks of webhooks, out and in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HookRow, WebhookRow } from '../../../contracts/webhooks.js';
import { ask } from '../../api/ask.js';
import { useLive } from '../../api/live.js';

/** Which of the two: what is told to others, what others tell us. */
export type Way = 'webhooks' | 'hooks';

/** Lists are short: there are at most fifty of each. */
const keyOf = (way: Way) => ['admin', way] as const;
/** What is on its way changes without an entry of the audit. */
const AGAIN_MS = 15_000;

/** All of one way. */
export function useWebhooks<T extends WebhookRow | HookRow>(way: Way) {
  useLive(['audit.appended'], [keyOf(way)]);
  return useQuery({
    queryKey: keyOf(way),
    queryFn: ({ signal }) => ask<{ readonly items: readonly T[] }>(`/api/v1/${way}`, { signal }),
    refetchInterval: AGAIN_MS,
  });
}

/** What is done to one, by its id; or the making of one. */
export type WebhookAct =
  | { readonly kind: 'make'; readonly body: object }
  | { readonly kind: 'turn'; readonly id: string; readonly isActive: boolean }
  | { readonly kind: 'secret' | 'replay' | 'remove'; readonly id: string };

/** What came of it, as far as anything is told. */
export interface ActOutcome {
  /** Shown once. */
  readonly secret?: string;
  readonly replayed?: number;
}

/** Does it. */
export function useWebhookAct(way: Way) {
  const queries = useQueryClient();
  const path = `/api/v1/${way}`;
  return useMutation({
    mutationFn: async (act: WebhookAct): Promise<ActOutcome> => {
      if (act.kind === 'make') return ask<ActOutcome>(path, { method: 'POST', body: act.body });
      const one = `${path}/${act.id}`;
      if (act.kind === 'remove') {
        await ask(one, { method: 'DELETE' });
        return {};
      }
      if (act.kind === 'turn') {
        await ask(one, { method: 'PATCH', body: { isActive: act.isActive } });
        return {};
      }
      return ask<ActOutcome>(`${one}/${act.kind}`, { method: 'POST' });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(way) }),
  });
}
