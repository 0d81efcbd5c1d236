/** What the area asks of people. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ListedUser, NewUser, UserRow } from '../../../contracts/identities.js';
import { ask } from '../../api/ask.js';
import { useLive } from '../../api/live.js';

/** A link by which somebody sets a password: shown once. `expiresAt`: ISO 8601 UTC. */
export interface PasswordLink {
  readonly url: string;
  readonly expiresAt: string;
}

interface UsersPage {
  readonly items: readonly ListedUser[];
  readonly next: string | null;
}

const USERS = ['admin', 'users'] as const;
const PATH = '/api/v1/users';
const PAGE_SIZE = 50;

/** People, a page at a time. */
export function usePeople() {
  useLive(['audit.appended'], [USERS]);
  return useInfiniteQuery({
    queryKey: USERS,
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === null ? '' : `&after=${encodeURIComponent(pageParam)}`;
      return ask<UsersPage>(`${PATH}?limit=${PAGE_SIZE}${after}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** What is changed of somebody, or done to them. */
export type PersonAct =
  | { readonly kind: 'change'; readonly changes: Partial<Omit<NewUser, 'loginName'>> }
  | { readonly kind: 'disable' | 'enable' };

/** Does it. */
export function usePersonAct(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (act: PersonAct) =>
      act.kind === 'change'
        ? ask<UserRow>(`${PATH}/${userId}`, { method: 'PATCH', body: act.changes })
        : ask<UserRow>(`${PATH}/${userId}/${act.kind}`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: USERS }),
  });
}

/** Makes another link for somebody. */
export function usePasswordLink(userId: string) {
  return useMutation({
    mutationFn: () => ask<PasswordLink>(`${PATH}/${userId}/password-link`, { method: 'POST' }),
  });
}

/** Adds somebody. */
export function useNewPerson() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUser) =>
      ask<{ readonly user: UserRow; readonly passwordLink: PasswordLink }>(PATH, {
        method: 'POST',
        body,
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: USERS }),
  });
}

/** Takes the second factor of somebody away. Errors: `NOT_FOUND` where there is none. */
export const removeFactorOf = (userId: string): Promise<null> =>
  ask<null>(`${PATH}/${userId}/factor`, { method: 'DELETE' });
