/**
 * What is done to people and their accesses stands in the audit in the transaction that does it; what was refused, right
 * after. Ids and roles alone: names and addresses of people stay out of the entry. Class: side effect.
 */
import type { Variables } from '../../engine/model/index.js';
import { appendActs } from '../audit/append.js';
import type { Act } from '../audit/index.js';
import type { Queryable } from '../database.js';
import { StoreFailure } from '../failure.js';

/** Who acts, and when. */
export interface By {
  /** Id of a user, or of whoever may open the control socket; null: nobody who is known, or the engine. */
  readonly actor: string | null;
  readonly requestId: string | null;
  readonly reason: string | null;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** What is told of an act. */
export interface Told {
  readonly action: string;
  /** As `user:<id>`. */
  readonly object: string;
  /** Kept beside the entry, where it can be erased. */
  readonly data?: Variables | null;
}

/** Carries out work and tells of it. @param upon - object of what was done, where only that shows it. Errors: those of the work. */
export async function acting<T>(
  db: Queryable,
  by: By,
  told: Told,
  work: (tx: Queryable) => Promise<T>,
  upon: (done: T) => string = () => told.object,
): Promise<T> {
  try {
    return await db.transaction(async (tx) => {
      const done = await work(tx);
      await appendActs(tx, [actOf(by, { ...told, object: upon(done) }, null)]);
      return done;
    });
  } catch (error) {
    if (error instanceof StoreFailure) await appendActs(db, [actOf(by, told, error.code)]);
    throw error;
  }
}

/** An act as the audit keeps it; `code`: why it was refused. Class: pure. */
export function actOf(by: By, { action, object, data = null }: Told, code: string | null): Act {
  const outcome = code === null ? ('done' as const) : ('refused' as const);
  return { ...by, action, object, outcome, code, data };
}

/** Object of an act upon a person. Class: pure. */
export const ofUser = (userId: string): string => `user:${userId}`;
