/**
 * Signs a person in. Whoever fails learns nothing of why, neither by what is said nor by how long it takes: a name that
 * nobody has is compared with the password of nobody. Source: OWASP ASVS 5.0, 6.3.
 */
import { randomUUID } from 'node:crypto';
import { loginName as loginNameSchema } from '../../contracts/identities.js';
import { ofUser } from '../../store/identities/index.js';
import type { Account, By, Session } from '../../store/index.js';
import { Problem } from '../problem.js';
import type { IdentityDeps } from './deps.js';
import { takeCode } from './factor.js';
import { isWeak } from './passwords.js';
import { newSecret } from './secrets.js';

/** Who signed in, and what the cookie holds from here on. */
export interface SignedIn {
  readonly account: Account;
  readonly session: Session;
  readonly secret: string;
}

/** Somebody who wants to. */
export interface SigningIn {
  readonly loginName: string;
  readonly password: string;
  /** Of the second factor; absent: the first step. */
  readonly code?: string | undefined;
  readonly address: string;
  readonly requestId: string;
}

/** Signs in. Errors: `SIGN_IN_REFUSED`, `SIGN_IN_TOO_MANY`, `FACTOR_REQUIRED`, `FACTOR_WRONG`. Class: side effect. */
export async function signIn(
  deps: IdentityDeps,
  { loginName, password, code, address, requestId }: SigningIn,
): Promise<SignedIn> {
  const { people, passwords, attempts, provider, now } = deps;
  const began = now();
  const keys = [`account ${loginName}`, `address ${address}`] as const;
  const until = attempts.begin(keys, began);
  if (until > 0) throw new Problem('SIGN_IN_TOO_MANY', {}, Math.ceil((until - began) / 1000));
  // What can be nobody's name is asked for as well, by a name that nobody has.
  const asked = loginNameSchema.safeParse(loginName).success ? loginName : '';
  const known = await people.credentialOf(asked);
  // Where a provider signs people in, one password is left, for when it is out of reach.
  const isEmergency = provider !== null && loginName === provider.settings.breakGlass;
  const mayEnter = known?.account.isActive && (provider === null || isEmergency);
  const hash = mayEnter ? known.hash : null;
  const isRight = await passwords.verify(hash, password);
  const by: By = { actor: null, requestId, reason: null, at: new Date(began).toISOString() };
  if (!known || !hash || !isRight) {
    const object = ofUser(known?.account.userId ?? 'unknown');
    const told = { action: 'signIn', object, data: { address } };
    await people.noteRefusal(by, told, 'SIGN_IN_REFUSED');
    throw new Problem('SIGN_IN_REFUSED');
  }
  const { account } = known;
  // The attempt counts until both steps are made: whoever has the password gets no more tries at the code.
  const isShown = await isFactorShown(deps, account, code, by).catch((problem: unknown) => {
    if (problem instanceof Problem && problem.code === 'FACTOR_REQUIRED') attempts.halfway(keys[1]);
    throw problem;
  });
  const { secret, tokenHash } = newSecret();
  const factor = isShown ? { factorAt: by.at } : {};
  const opened = { sessionId: randomUUID(), tokenHash, ...factor };
  const signed = { ...by, actor: account.userId };
  const session = await people.openSession(account, opened, signed);
  attempts.succeeded(...keys);
  if (isEmergency) {
    const told = { action: 'breakGlass', object: ofUser(account.userId), data: { address } };
    await people.note(signed, told);
    provider.onBreakGlass();
  }
  if (isWeak(hash)) await people.rehash(account.userId, hash, await passwords.hash(password));
  return { account, session, secret };
}

/** Whether a second factor was shown; false: there is none. Errors: `FACTOR_REQUIRED`, `FACTOR_WRONG`. */
async function isFactorShown(
  { people, now }: IdentityDeps,
  { userId }: Account,
  code: string | undefined,
  by: By,
): Promise<boolean> {
  const factor = await people.factor(userId);
  if (!factor?.isConfirmed) return false;
  if (code === undefined) throw new Problem('FACTOR_REQUIRED');
  if (await takeCode(people, userId, code, now(), { ...by, actor: userId })) return true;
  await people.noteRefusal(by, { action: 'signIn', object: ofUser(userId) }, 'FACTOR_WRONG');
  throw new Problem('FACTOR_WRONG');
}
