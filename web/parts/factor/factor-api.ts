/** What is asked about one's second factor. */
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { ask, rememberToken } from '../../api/ask.js';

/** One's factor, as `/api/v1/me/factor` tells it. `freshUntil`: ISO 8601 UTC. */
export interface Factor {
  readonly isThere: boolean;
  /** Whether this person has to have one. */
  readonly isAsked: boolean;
  /** How many are left. */
  readonly recoveryCodes: number;
  readonly freshUntil: string | null;
}

/** What an app is told: by a QR code of the address, or by hand. */
export interface Begun {
  readonly secret: string;
  readonly address: string;
}

const PATH = '/api/v1/me/factor';
const FACTOR = ['me', 'factor'] as const;

/** Reads it. */
export const useFactor = () =>
  useQuery({
    queryKey: FACTOR,
    queryFn: ({ signal }) => ask<Factor>(PATH, { signal }),
  });

/** Reads it again: it is another now. */
export const factorChanged = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: FACTOR });

/** Begins one. */
export const beginFactor = (password: string): Promise<Begun> =>
  ask<Begun>(PATH, { method: 'POST', body: { password } });

/** Shows that the app has the secret: all else that is open ends. @returns recovery codes */
export async function confirmFactor(code: string): Promise<readonly string[]> {
  const body = { code };
  const { csrfToken, recoveryCodes } = await ask<{
    readonly csrfToken: string;
    readonly recoveryCodes: readonly string[];
  }>(`${PATH}/confirm`, { method: 'POST', body });
  rememberToken(csrfToken);
  return recoveryCodes;
}

/** Shows it again before what weighs much. */
export const showFactor = (code: string): Promise<null> =>
  ask<null>(`${PATH}/check`, { method: 'POST', body: { code } });

/** Makes other recovery codes. */
export const renewRecoveryCodes = async (): Promise<readonly string[]> =>
  (
    await ask<{ readonly recoveryCodes: readonly string[] }>(`${PATH}/recovery-codes`, {
      method: 'POST',
    })
  ).recoveryCodes;

/** Takes it away: all that is open ends, this session as well. */
export const removeFactor = (): Promise<null> => ask<null>(PATH, { method: 'DELETE' });
