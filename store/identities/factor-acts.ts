/** What is done about second factors: each act in the audit, in the transaction that carries it out. Class: side effect. */
import { appendActs } from '../audit/append.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { acting, actOf, type By, ofUser } from './acts.js';
import {
  beginFactor,
  deleteFactor,
  type Factor,
  findFactor,
  noteFactor,
  putRecoveryCodes,
  type ShownBy,
  shownBy,
  takeRecoveryCode,
  takeStep,
} from './factors.js';
import { deleteSessions, type NewSession, openSession } from './sessions.js';
import { lockStanding, raiseEpoch, type Standing } from './users.js';

/** Second factors of people. */
export interface FactorActs {
  /** The second factor of somebody; null: there is none. */
  readonly factor: (userId: string) => Promise<Factor | null>;
  /** How each of these people shows who they are. */
  readonly shownBy: (userIds: readonly string[]) => Promise<ReadonlyMap<string, ShownBy>>;
  /** Gives somebody a secret that they have not shown yet. @returns false: they have one that counts */
  readonly beginFactor: (userId: string, secret: Buffer, by: By) => Promise<boolean>;
  /** Makes it count: all that was open ends, and a new session begins. @returns false: it was too late for that code */
  readonly confirmFactor: (
    standing: Standing,
    step: number,
    recoveryCodes: readonly string[],
    session: NewSession,
    by: By,
  ) => Promise<boolean>;
  /** Takes a step of time whose code was shown. @returns false: it counted before */
  readonly takeStep: (userId: string, step: number) => Promise<boolean>;
  /** Uses a recovery code up. @returns whether it counted */
  readonly takeRecoveryCode: (userId: string, code: string, by: By) => Promise<boolean>;
  /** A factor was shown in a session. */
  readonly noteFactor: (userId: string, sessionId: string, by: By) => Promise<void>;
  /** Takes a factor away: all that was open ends. @returns whether there was one */
  readonly removeFactor: (userId: string, by: By) => Promise<boolean>;
  /** Gives somebody other recovery codes; those of before count no more. @returns false: they have no factor that counts */
  readonly renewRecoveryCodes: (
    userId: string,
    recoveryCodes: readonly string[],
    by: By,
  ) => Promise<boolean>;
}

/** Makes them. */
export function factorActs(db: Queryable, seals: Seals): FactorActs {
  return {
    factor: (userId) => findFactor(db, seals, userId),
    shownBy: (userIds) => shownBy(db, userIds),
    beginFactor: (userId, secret, by) =>
      acting(db, by, { action: 'beginFactor', object: ofUser(userId) }, (tx) =>
        beginFactor(tx, seals, userId, secret),
      ),
    confirmFactor: (standing, step, codes, session, by) => {
      const { userId } = standing;
      const told = { action: 'confirmFactor', object: ofUser(userId) };
      return acting(db, by, told, async (tx) => {
        if (!(await lockStanding(tx, standing))) throw storeFailure('SIGN_IN_REFUSED', {});
        if (!(await takeStep(tx, userId, step, by.at))) return false;
        await putRecoveryCodes(tx, userId, codes);
        const fresh = { ...session, factorAt: by.at };
        await openSession(tx, await closed(tx, userId), fresh, by.at);
        return true;
      });
    },
    takeStep: (userId, step) => takeStep(db, userId, step),
    takeRecoveryCode: async (userId, code, by) => {
      if (!(await takeRecoveryCode(db, userId, code, by.at))) return false;
      await appendActs(db, [
        actOf(by, { action: 'useRecoveryCode', object: ofUser(userId) }, null),
      ]);
      return true;
    },
    noteFactor: (userId, sessionId, by) =>
      acting(db, by, { action: 'showFactor', object: ofUser(userId) }, (tx) =>
        noteFactor(tx, sessionId, by.at),
      ),
    removeFactor: async (userId, by) => {
      if (!(await findFactor(db, seals, userId))) return false;
      return acting(db, by, { action: 'removeFactor', object: ofUser(userId) }, async (tx) => {
        await closed(tx, userId);
        return deleteFactor(tx, userId);
      });
    },
    renewRecoveryCodes: async (userId, codes, by) => {
      const found = await findFactor(db, seals, userId);
      if (!found?.isConfirmed) return false;
      const told = { action: 'renewRecoveryCodes', object: ofUser(userId) };
      await acting(db, by, told, (tx) => putRecoveryCodes(tx, userId, codes));
      return true;
    },
  };
}

/** Ends all that is open of somebody. @returns how they stand from now on */
async function closed(tx: Queryable, userId: string): Promise<Standing> {
  const revocationEpoch = await raiseEpoch(tx, userId);
  await deleteSessions(tx, userId, null);
  return { userId, revocationEpoch };
}
