/** Second factors: shown at the sign-in, and anew before what weighs much. Class: side effect. */
import type { By, Identities } from '../../store/index.js';
import type { Principal } from './principal.js';
import { plainRecoveryCode, stepOfCode } from './totp.js';

/** Of whom a second factor is asked: of nobody, of admins, of all who sign in by a password. */
export type FactorPolicy = 'none' | 'admins' | 'all';

/** A factor that was shown counts for so long as fresh. */
export const FRESH_MS = 5 * 60_000;

/** Uses a code up, of the app or one for recovery. @returns whether it counted */
export async function takeCode(
  people: Identities,
  userId: string,
  code: string,
  now: number,
  by: By,
): Promise<boolean> {
  const factor = await people.factor(userId);
  if (!factor?.isConfirmed) return false;
  const typed = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(typed)) {
    return people.takeRecoveryCode(userId, plainRecoveryCode(code), by);
  }
  const step = stepOfCode(factor.secret, typed, now, factor.lastStep);
  return step !== null && people.takeStep(userId, step);
}

/** Whether somebody has to have a factor. Whom a provider signs in shows it there; demonstrations have none. Class: pure. */
export function isFactorAsked(
  policy: FactorPolicy,
  { account, isOfProvider }: Pick<Principal, 'account'> & { readonly isOfProvider: boolean },
): boolean {
  if (policy === 'none' || account.isDemo || isOfProvider) return false;
  return policy === 'all' || account.roles.includes('admin');
}

/** Whether what weighs much may be done: a factor was shown just now, or none is there nor asked for. Class: pure. */
export function isFresh(policy: FactorPolicy, caller: Principal, now: number): boolean {
  if (caller.by === 'token') return true;
  const { factorAt, hasFactor, isOfProvider } = caller;
  if (!hasFactor && !isOfProvider) return !isFactorAsked(policy, caller);
  return factorAt !== null && now - Date.parse(factorAt) <= FRESH_MS;
}

/** Whether somebody has to have a factor and has none. Class: pure. */
export const isFactorMissing = (policy: FactorPolicy, caller: Principal): boolean =>
  caller.by === 'session' && !caller.hasFactor && isFactorAsked(policy, caller);
