/**
 * The ledger of effects on the outside world: a row is written before the call and confirmed after, so that a
 * retry knows what the attempt before it did. Source: security design, "exactly-once effects".
 */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { Json } from '../engine/model/index.js';
import { count, instant, json } from './columns.js';
import type { Queryable } from './database.js';
import { storeFailure } from './failure.js';

/** `sent` and not confirmed is ambiguous: the call may have happened. `unknown`: a person decides. */
export type EffectState = 'planned' | 'sent' | 'confirmed' | 'unknown';

/** What may follow what. From `sent` back to `planned`: a probe found that it did not happen. */
export const TRANSITIONS: Readonly<Record<EffectState, readonly EffectState[]>> = {
  planned: ['sent', 'confirmed'],
  sent: ['sent', 'planned', 'confirmed', 'unknown'],
  unknown: ['planned', 'confirmed'],
  confirmed: [],
};

const effects = pgTable('effects', {
  key: text('key').primaryKey(),
  kind: text('kind').notNull(),
  state: text('state').$type<EffectState>().notNull(),
  requestHash: text('request_hash').notNull(),
  /** What the outside answered, as the caller wants it kept; null before `confirmed`. */
  response: json<Json>()('response'),
  /** Grows with every lease; an attempt that holds an older one is shut out. */
  fence: count('fence').notNull(),
  leasedUntil: instant('leased_until'),
  plannedAt: instant('planned_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** One effect. */
export type EffectRecord = Readonly<typeof effects.$inferSelect>;

/** An attempt's hold on an effect. */
export interface Lease {
  readonly key: string;
  readonly fence: number;
}

/** The ledger. Every change but `plan` and `decide` needs the lease; a stale one gives `EFFECT_FENCED`. */
export interface Effects {
  /** Writes the plan, or finds what became of it. Errors: `EFFECT_CONFLICT` on another request. */
  readonly plan: (key: string, kind: string, requestHash: string) => Promise<EffectRecord>;
  /** Takes hold for some time. Errors: `EFFECT_LEASED`; `EFFECT_TRANSITION` when it is settled or not planned. */
  readonly lease: (key: string, holdMs: number) => Promise<EffectRecord>;
  /** Holds on: the heartbeat of a long call. */
  readonly renew: (lease: Lease, holdMs: number) => Promise<void>;
  /** The call is about to be made; committed when this resolves. Errors: `EFFECT_TRANSITION`. */
  readonly sent: (lease: Lease) => Promise<void>;
  /** The call was answered. Errors: `EFFECT_TRANSITION`. */
  readonly confirm: (lease: Lease, response: Json) => Promise<void>;
  /** Nobody can tell whether the call happened. Errors: `EFFECT_TRANSITION`. */
  readonly unknown: (lease: Lease) => Promise<void>;
  /** It certainly did not happen: the next attempt may send it. Errors: `EFFECT_TRANSITION`. */
  readonly notSent: (lease: Lease) => Promise<void>;
  /** A person's word on an unknown effect: `retry`, or `done` with this response. Errors: `EFFECT_TRANSITION`. */
  readonly decide: (
    key: string,
    decision: { readonly how: 'retry' } | { readonly how: 'done'; readonly response: Json },
  ) => Promise<void>;
  readonly get: (key: string) => Promise<EffectRecord | null>;
  /**
   * An effect that only changes our own database: `change` and its confirmation are one transaction, so it happens
   * once. `change` must send every statement through the transaction it is given.
   * @returns what `change` returned, now or the first time. Errors: `EFFECT_CONFLICT`, `EFFECT_TRANSITION`
   */
  readonly runOnce: <T extends Json>(
    key: string,
    kind: string,
    requestHash: string,
    change: (tx: Queryable) => Promise<T>,
  ) => Promise<T>;
}

/** Makes the group. */
export function createEffects(db: Queryable): Effects {
  return {
    plan: (key, kind, requestHash) => plan(db, key, kind, requestHash),
    lease: (key, holdMs) => lease(db, key, holdMs),
    renew: (held, holdMs) => move(db, held, null, { leasedUntil: until(holdMs) }),
    sent: (held) => move(db, held, 'sent', {}),
    confirm: (held, response) => move(db, held, 'confirmed', { response, leasedUntil: null }),
    unknown: (held) => move(db, held, 'unknown', { leasedUntil: null }),
    notSent: (held) => move(db, held, 'planned', { leasedUntil: null }),
    decide: async (key, decision) => {
      const wanted = decision.how === 'done' ? 'confirmed' : 'planned';
      const response = decision.how === 'done' ? decision.response : null;
      const where = and(eq(effects.key, key), eq(effects.state, 'unknown'));
      if (!(await update(db, where, { state: wanted, response }))) {
        throw await refusal(db, key, null, wanted);
      }
    },
    get: (key) => get(db, key),
    runOnce: (key, kind, requestHash, change) => runOnce(db, key, kind, requestHash, change),
  };
}

async function get(db: Queryable, key: string): Promise<EffectRecord | null> {
  const [row] = await db.select().from(effects).where(eq(effects.key, key));
  return row ?? null;
}

async function plan(
  db: Queryable,
  key: string,
  kind: string,
  requestHash: string,
): Promise<EffectRecord> {
  await db.execute(sql`insert into effects (key, kind, state, request_hash)
    values (${key}, ${kind}, 'planned', ${requestHash}) on conflict do nothing`);
  const [row] = await db.select().from(effects).where(eq(effects.key, key)).for('update');
  if (row?.requestHash !== requestHash) throw storeFailure('EFFECT_CONFLICT', { key });
  return row;
}

async function lease(db: Queryable, key: string, holdMs: number): Promise<EffectRecord> {
  const where = and(
    eq(effects.key, key),
    inArray(effects.state, ['planned', 'sent']),
    sql`coalesce(${effects.leasedUntil} <= clock_timestamp(), true)`,
  );
  const change = { fence: sql`${effects.fence} + 1`, leasedUntil: until(holdMs) };
  const row = await update(db, where, change);
  if (row) return row;
  const found = await get(db, key);
  const isHeld = found?.leasedUntil && (found.state === 'planned' || found.state === 'sent');
  if (isHeld) throw storeFailure('EFFECT_LEASED', { key, until: found.leasedUntil });
  throw storeFailure('EFFECT_TRANSITION', { key, wanted: 'sent', state: stateOf(found) });
}

type Change = Parameters<ReturnType<Queryable['update']>['set']>[0] & Record<string, unknown>;

/** Moves a held effect to a state from which TRANSITIONS leads there; null keeps the state. */
async function move(
  db: Queryable,
  { key, fence }: Lease,
  state: EffectState | null,
  change: Change,
): Promise<void> {
  const from = STATES.filter((before) => state === null || TRANSITIONS[before].includes(state));
  const where = and(eq(effects.key, key), eq(effects.fence, fence), inArray(effects.state, from));
  const row = await update(db, where, state === null ? change : { ...change, state });
  if (!row) throw await refusal(db, key, fence, state ?? 'sent');
}

const STATES = Object.keys(TRANSITIONS) as EffectState[];

async function update(
  db: Queryable,
  where: SQL | undefined,
  change: Change,
): Promise<EffectRecord | null> {
  const [row] = await db
    .update(effects)
    .set({ ...change, updatedAt: sql`clock_timestamp()` })
    .where(where)
    .returning();
  return row ?? null;
}

async function refusal(
  db: Queryable,
  key: string,
  fence: number | null,
  wanted: EffectState,
): Promise<Error> {
  const found = await get(db, key);
  if (found && fence !== null && found.fence !== fence) {
    return storeFailure('EFFECT_FENCED', { key, fence, found: found.fence });
  }
  return storeFailure('EFFECT_TRANSITION', { key, wanted, state: stateOf(found) });
}

const stateOf = (found: EffectRecord | null): string => found?.state ?? 'not planned';

const until = (holdMs: number): SQL =>
  sql`clock_timestamp() + ${holdMs} * interval '1 millisecond'`;

async function runOnce<T extends Json>(
  db: Queryable,
  key: string,
  kind: string,
  requestHash: string,
  change: (tx: Queryable) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    // The inserted row is locked: a second caller waits here until this transaction ends.
    const { state, response } = await plan(tx, key, kind, requestHash);
    if (state === 'confirmed') return response as T;
    if (state !== 'planned') {
      throw storeFailure('EFFECT_TRANSITION', { key, wanted: 'confirmed', state });
    }
    const result = await change(tx);
    await update(tx, eq(effects.key, key), { state: 'confirmed', response: result });
    return result;
  });
}
