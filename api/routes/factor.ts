/** One's second factor: begun, shown to be there, shown again before what weighs much; and taken away by an admin. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import type { IdentityDeps } from '../identities/deps.js';
import { FRESH_MS, isFactorAsked, takeCode } from '../identities/factor.js';
import { callerOf } from '../identities/principal.js';
import { csrfTokenOf, newSecret } from '../identities/secrets.js';
import {
  addressOfFactor,
  base32,
  newFactorSecret,
  newRecoveryCodes,
  plainRecoveryCode,
  stepOfCode,
} from '../identities/totp.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, NOTHING_TOLD, sent } from '../openapi/about.js';
import { A_SECRET_TOKEN } from '../openapi/examples.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { giveCookie } from './sign-in.js';

const FACTOR = z.strictObject({
  isThere: z.boolean(),
  isAsked: z.boolean().describe('Whether this person has to have one.'),
  recoveryCodes: z.int().describe('How many are left.'),
  freshUntil: z.string().nullable(),
});
const BEGIN = z.strictObject({ password: z.string().max(1000) });
const BEGUN = z.strictObject({ secret: z.string(), address: z.string() });
const CODE = z.strictObject({ code: z.string().max(100) });
const RENEWED = z.strictObject({ recoveryCodes: z.array(z.string()) });
const CONFIRMED = RENEWED.extend({ csrfToken: z.string() });

const RECOVERY_CODES = ['abcd-efgh-ijkl-mnop'];
const TRIED: About['errors'] = ['FACTOR_WRONG', 'SIGN_IN_TOO_MANY'];
const ABOUT = {
  factor: {
    summary: 'Tells of your second factor',
    answers: answers(FACTOR, {
      ...{ isThere: true, isAsked: true, recoveryCodes: 10, freshUntil: null },
    }),
  },
  beginFactor: {
    summary: 'Begins a second factor',
    says: 'The secret is for an app on your phone, by hand or by a QR code of the address. It counts once a code of it was shown.',
    body: sent(BEGIN, { password: 'quiet lantern beside rivers' }),
    answers: answers(BEGUN, { secret: 'JBSWY3DPEHPK3PXP', address: 'otpauth://totp/…' }, 201),
    errors: ['PASSWORD_WRONG', 'SIGN_IN_TOO_MANY', 'FACTOR_THERE'],
  },
  confirmFactor: {
    summary: 'Shows that the app has the secret',
    says: 'All your other sessions and API tokens end. The recovery codes are shown here and nowhere else; each counts once.',
    body: sent(CODE, { code: '123456' }),
    answers: answers(CONFIRMED, {
      ...{ csrfToken: A_SECRET_TOKEN, recoveryCodes: RECOVERY_CODES },
    }),
    errors: TRIED,
  },
  showFactor: {
    summary: 'Shows your second factor again',
    says: 'For five minutes what weighs much may be done. A code counts once.',
    body: sent(CODE, { code: '123456' }),
    answers: NOTHING_TOLD,
    errors: TRIED,
  },
  renewRecoveryCodes: {
    summary: 'Makes other recovery codes for you',
    says: 'Those of before count no more. They are shown here and nowhere else; each counts once.',
    answers: answers(RENEWED, { recoveryCodes: RECOVERY_CODES }),
    errors: ['NOT_FOUND'],
  },
  removeOwnFactor: {
    summary: 'Takes your second factor away',
    says: 'All that is open of yours ends, this session as well. Of whom one is asked begins another after the next sign-in.',
    answers: NOTHING_TOLD,
    errors: ['NOT_FOUND'],
  },
  removeFactor: {
    summary: 'Takes the second factor of a person away',
    says: 'For who lost phone and codes: all that is open of theirs ends, and they begin another.',
    answers: NOTHING_TOLD,
  },
} satisfies Record<string, About>;

/** Adds them. */
export function addFactor(app: FastifyInstance, state: AppState, isHttps: boolean): void {
  addRoute(app, 'factor', ABOUT.factor, async (request) => {
    const { people, factorPolicy } = depsOf(state).identities;
    const caller = callerOf(request);
    const found = await people.factor(caller.account.userId);
    const { factorAt } = caller;
    return answerOf(FACTOR, {
      isThere: found?.isConfirmed ?? false,
      isAsked: isFactorAsked(factorPolicy, caller),
      recoveryCodes: found?.isConfirmed ? found.recoveryCodes : 0,
      freshUntil: factorAt && new Date(Date.parse(factorAt) + FRESH_MS).toISOString(),
    });
  });
  addRoute(app, 'beginFactor', ABOUT.beginFactor, async (request, reply) => {
    const { identities } = depsOf(state);
    const { account } = callerOf(request);
    const { password } = inputOf(BEGIN, request.body);
    await tried(request, identities, 'beginFactor', 'PASSWORD_WRONG', async () =>
      identities.passwords.verify(await identities.people.passwordHash(account.userId), password),
    );
    const secret = newFactorSecret();
    const by = byOf(request, identities);
    if (!(await identities.people.beginFactor(account.userId, secret, by))) {
      throw new Problem('FACTOR_THERE');
    }
    const address = addressOfFactor(secret, account.loginName);
    return reply.code(201).send(answerOf(BEGUN, { secret: base32(secret), address }));
  });
  addRoute(app, 'confirmFactor', ABOUT.confirmFactor, async (request, reply) => {
    const { identities } = depsOf(state);
    const { people, now } = identities;
    const { account } = callerOf(request);
    const { code } = inputOf(CODE, request.body);
    const { secret, tokenHash } = newSecret();
    const recoveryCodes = newRecoveryCodes();
    await tried(request, identities, 'confirmFactor', 'FACTOR_WRONG', async () => {
      const factor = await people.factor(account.userId);
      const step = factor && stepOfCode(factor.secret, code.replace(/\s/g, ''), now(), 0);
      if (!factor || factor.isConfirmed || step === null) return false;
      const session = { sessionId: randomUUID(), tokenHash };
      const plain = recoveryCodes.map(plainRecoveryCode);
      return people.confirmFactor(account, step, plain, session, byOf(request, identities));
    });
    giveCookie(reply, secret, isHttps);
    return answerOf(CONFIRMED, {
      csrfToken: csrfTokenOf(secret),
      recoveryCodes: [...recoveryCodes],
    });
  });
  addRoute(app, 'showFactor', ABOUT.showFactor, async (request, reply) => {
    const { identities } = depsOf(state);
    const { people, now } = identities;
    const { account, sessionId } = callerOf(request);
    const { code } = inputOf(CODE, request.body);
    const by = byOf(request, identities);
    await tried(request, identities, 'showFactor', 'FACTOR_WRONG', () =>
      takeCode(people, account.userId, code, now(), by),
    );
    await people.noteFactor(account.userId, sessionId ?? '', by);
    return reply.code(204).send();
  });
  addRoute(app, 'removeFactor', ABOUT.removeFactor, async (request, reply) => {
    await takeAway(request, idIn(request, 'userId'));
    return reply.code(204).send();
  });
  addRoute(app, 'removeOwnFactor', ABOUT.removeOwnFactor, async (request, reply) => {
    await takeAway(request, callerOf(request).account.userId);
    return reply.code(204).send();
  });
  addRoute(app, 'renewRecoveryCodes', ABOUT.renewRecoveryCodes, async (request) => {
    const { identities } = depsOf(state);
    const { userId } = callerOf(request).account;
    const recoveryCodes = newRecoveryCodes();
    const plain = recoveryCodes.map(plainRecoveryCode);
    const by = byOf(request, identities);
    const isThere = await identities.people.renewRecoveryCodes(userId, plain, by);
    if (!isThere) throw new Problem('NOT_FOUND');
    return answerOf(RENEWED, { recoveryCodes: [...recoveryCodes] });
  });

  async function takeAway(request: FastifyRequest, userId: string): Promise<void> {
    const { identities } = depsOf(state);
    const isGone = await identities.people.removeFactor(userId, byOf(request, identities));
    if (!isGone) throw new Problem('NOT_FOUND');
  }
}

/** Tries something that may be guessed at, as often as one may try to sign in. Errors: `SIGN_IN_TOO_MANY`, that of the code. */
async function tried(
  request: FastifyRequest,
  { people, attempts, now }: IdentityDeps,
  action: string,
  code: 'PASSWORD_WRONG' | 'FACTOR_WRONG',
  isRight: () => Promise<boolean>,
): Promise<void> {
  const { account } = callerOf(request);
  const keys = [`account ${account.loginName}`, `address ${request.ip}`] as const;
  const began = now();
  const until = attempts.begin(keys, began);
  if (until > 0) throw new Problem('SIGN_IN_TOO_MANY', {}, Math.ceil((until - began) / 1000));
  if (await isRight()) {
    attempts.succeeded(...keys);
    return;
  }
  const by = { actor: account.userId, requestId: request.id, reason: null };
  const told = { action, object: `user:${account.userId}` };
  await people.noteRefusal({ ...by, at: new Date(began).toISOString() }, told, code);
  throw new Problem(code);
}
