/** Who works here: read once, known to all parts, changed by signing in and out. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import type { UserRow } from '../../contracts/identities.js';
import { ask, rememberToken } from './ask.js';
import { ApiProblem } from './problem.js';

/** A person as `/api/v1/me` tells. */
export type Person = UserRow;

interface SignedIn {
  readonly user: Person;
  readonly csrfToken: string | null;
  readonly isFactorMissing: boolean;
  readonly isOfProvider: boolean;
}

/** `unknown` until the server answered; `offline`: nothing answered; `out` with a person: their session has ended. */
export type Session =
  | { readonly state: 'unknown' | 'offline' }
  | { readonly state: 'out'; readonly person: Person | null }
  | {
      readonly state: 'in';
      readonly person: Person;
      /** They have to begin a second factor before anything else. */
      readonly isFactorMissing: boolean;
      /** A provider signed them in: password and second factor are its. */
      readonly isOfProvider: boolean;
    };

interface SessionAccess {
  readonly session: Session;
  /** `code`: of the second factor, where it was answered that one is asked for. */
  readonly signIn: (loginName: string, password: string, code?: string) => Promise<void>;
  readonly signOut: () => Promise<void>;
  /** The session ended without us. */
  readonly ended: () => void;
  /** Reads again who works here. */
  readonly refresh: () => Promise<void>;
}

const Access = createContext<SessionAccess | null>(null);

/** Gives its children a session. */
export function SessionProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [session, setSession] = useState<Session>({ state: 'unknown' });
  const take = useCallback(({ user, csrfToken, ...more }: SignedIn) => {
    rememberToken(csrfToken ?? '');
    setSession({ state: 'in', person: user, ...more });
  }, []);
  const ended = useCallback(
    () =>
      setSession((before) => ({
        state: 'out',
        person: 'person' in before ? before.person : null,
      })),
    [],
  );
  const refresh = useCallback(async () => {
    try {
      take(await ask<SignedIn>('/api/v1/me'));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) ended();
      else setSession({ state: 'offline' });
    }
  }, [take, ended]);
  const signIn = useCallback(
    async (loginName: string, password: string, code?: string) => {
      const body = { loginName, password, ...(code !== undefined && { code }) };
      await ask('/api/v1/sign-in', { method: 'POST', body });
      take(await ask<SignedIn>('/api/v1/me'));
    },
    [take],
  );
  const signOut = useCallback(async () => {
    await ask('/api/v1/sign-out', { method: 'POST' });
    // Nothing that was read stays in this page.
    window.location.assign('/');
  }, []);
  useEffect(() => {
    void refresh();
  }, [refresh]);
  return <Access value={{ session, signIn, signOut, ended, refresh }}>{children}</Access>;
}

/** The session. */
export function useSession(): SessionAccess {
  const access = useContext(Access);
  if (!access) throw new Error('there is a SessionProvider around the app');
  return access;
}

/** Who works here, also while their session has ended; asked for only inside the shell. */
export function usePerson(): Person {
  const { session } = useSession();
  if (!('person' in session) || !session.person)
    throw new Error('the shell lets somebody in first');
  return session.person;
}
