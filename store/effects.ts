/**
 * The ledger of effects on the outside world: a row is written before the call and confirmed after, so that a
 * retry knows what the attempt before it did. What the outside answered to a customer's process is sealed under its key.
 * Source: security design, "exactly-once effects".
 */
import { and, eq, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import type { Json } from '../engine/model/index.js';
import { bytes, count, instant, json } from './columns.js';
import type { Queryable } from './database.js';
import { storeFailure } from './failure.js';
import { isSealedUnder, type Seals } from './sealing/index.js';
import { columnPlace } from './sealing/places.js';

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
  /** The key under which the answer is sealed; of `system` it stands in the open. */
  keyId: text('key_id').notNull(),
  /** What the outside answered, as the caller wants it kept; null before `confirmed`. */
  response: json<Json>()('response'),
  /** Grows with every lease; an attempt that holds an older one is shut out. */
  fence: count('fence').notNull(),
  leasedUntil: instant('leased_until'),
  plannedAt: instant('planned_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  sealed: bytes('sealed'),
  /** The outside system that it goes to; null: our own tables, or it was made before that was kept. */
  connector: text('connector'),
  /** Whose job makes it. */
  instanceId: text('instance_id'),
  /** When the last attempt failed that did, and its code; an effect that was made later keeps them. */
  failedAt: instant('failed_at'),
  failedCode: text('failed_code'),
});

type ReadRow = Readonly<typeof effects.$inferSelect>;

/** One effect. */
export type EffectRecord = Omit<ReadRow, 'sealed'> & {
  /** The answer was sealed, and the key was destroyed: `response` is null, and says nothing. */
  readonly isErased: boolean;
};

/** Where an effect goes, and whose job makes it. */
export interface EffectPlace {
  readonly connector: string;
  readonly instanceId: string;
}

/** An attempt's hold on an effect. */
export interface Lease {
  readonly key: string;
  readonly fence: number;
}

/** The ledger. Every change but `plan` and `decide` needs the lease; a stale one gives `EFFECT_FENCED`. */
export interface Effects {
  /**
   * Writes the plan, or finds what became of it.
   *
   * @param keyId - customer key of the instance that asks: the answer is sealed under it; absent: it is of nobody
   * @param place - absent: it goes to no outside system
   * Errors: `EFFECT_CONFLICT` on another request; `STORE_UNSEALED` where nobody seals.
   */
  readonly plan: (
    key: string,
    kind: string,
    requestHash: string,
    keyId?: string,
    place?: EffectPlace,
  ) => Promise<EffectRecord>;
  /** Takes hold for some time. Errors: `EFFECT_LEASED`; `EFFECT_TRANSITION` when it is settled or not planned. */
  readonly lease: (key: string, holdMs: number) => Promise<EffectRecord>;
  /** Holds on: the heartbeat of a long call. */
  readonly renew: (lease: Lease, holdMs: number) => Promise<void>;
  /** The call is about to be made; committed when this resolves. Errors: `EFFECT_TRANSITION`. */
  readonly sent: (lease: Lease) => Promise<void>;
  /** The call was answered. Errors: `EFFECT_TRANSITION`; those of the sealer. */
  readonly confirm: (lease: Lease, response: Json) => Promise<void>;
  /** Nobody can tell whether the call happened. @param code - why, as it is told. Errors: `EFFECT_TRANSITION`. */
  readonly unknown: (lease: Lease, code?: string) => Promise<void>;
  /**
   * It certainly did not happen: the next attempt may send it.
   *
   * @param code - the failure; absent: nobody was asked. Errors: `EFFECT_TRANSITION`
   */
  readonly notSent: (lease: Lease, code?: string) => Promise<void>;
  /** An attempt failed, and what became of the call stays as it was. Errors: those of `renew`. */
  readonly failed: (lease: Lease, code: string) => Promise<void>;
  /** A person's word on an unknown effect: `retry`, or `done` with this response. Errors: `EFFECT_TRANSITION`. */
  readonly decide: (
    key: string,
    decision: { readonly how: 'retry' } | { readonly how: 'done'; readonly response: Json },
  ) => Promise<void>;
  /** A person's word on all that is unknown of a job, whose effects have its key or begin with it: they may be made again. */
  readonly makeAgain: (jobKey: string) => Promise<void>;
  /** The other word on it: they count as done, without an answer. @returns how many there were */
  readonly countAsDone: (jobKey: string) => Promise<number>;
  readonly get: (key: string) => Promise<EffectRecord | null>;
  /**
   * An effect that only changes our own database: `change` and its confirmation are one transaction, so it happens
   * once. `change` must send every statement through the transaction it is given.
   *
   * @param keyId - as that of `plan`
   * @returns what `change` returned, now or the first time. Errors: `EFFECT_CONFLICT`, `EFFECT_TRANSITION`,
   * `EFFECT_ERASED` when what it returned cannot be read any more; `STORE_UNSEALED`, and those of the sealer
   */
  readonly runOnce: <T extends Json>(
    key: string,
    kind: string,
    requestHash: string,
    change: (tx: Queryable) => Promise<T>,
    keyId?: string,
  ) => Promise<T>;
}

/** Makes the group. */
export function createEffects(db: Queryable, seals: Seals): Effects {
  const decide: Effects['decide'] = async (key, decision) => {
    const wanted = decision.how === 'done' ? 'confirmed' : 'planned';
    const response = decision.how === 'done' ? decision.response : null;
    const answer = await answerOf(db, seals, key, response);
    const where = and(eq(effects.key, key), eq(effects.state, 'unknown'));
    if (!(await update(db, where, { state: wanted, ...answer }))) {
      throw await refusal(db, key, null, wanted);
    }
  };
  return {
    plan: (key, kind, requestHash, keyId = SYSTEM_KEY_ID, place) =>
      plan(db, seals, { key, kind, requestHash, keyId, ...(place && { place }) }),
    lease: (key, holdMs) => lease(db, seals, key, holdMs),
    renew: (held, holdMs) => move(db, held, null, { leasedUntil: until(holdMs) }),
    sent: (held) => move(db, held, 'sent', {}),
    confirm: async (held, response) => {
      const answer = await answerOf(db, seals, held.key, response);
      await move(db, held, 'confirmed', { ...answer, leasedUntil: null });
    },
    unknown: (held, code) => move(db, held, 'unknown', { leasedUntil: null, ...failureOf(code) }),
    notSent: (held, code) => move(db, held, 'planned', { leasedUntil: null, ...failureOf(code) }),
    failed: (held, code) => move(db, held, null, { leasedUntil: null, ...failureOf(code) }),
    decide,
    makeAgain: async (jobKey) => {
      await db
        .update(effects)
        .set({ state: 'planned', updatedAt: sql`clock_timestamp()` as never })
        .where(isUnknownOf(jobKey));
    },
    countAsDone: async (jobKey) => {
      const rows = await db.select({ key: effects.key }).from(effects).where(isUnknownOf(jobKey));
      for (const { key } of rows) await decide(key, { how: 'done', response: null });
      return rows.length;
    },
    get: async (key) => {
      const row = await read(db, key);
      return row && opened(seals, row);
    },
    runOnce: (key, kind, requestHash, change, keyId = SYSTEM_KEY_ID) =>
      runOnce(db, seals, { key, kind, requestHash, keyId }, change),
  };
}

/** What is unknown of a job: its effects have its key, or begin with it. */
const isUnknownOf = (jobKey: string): SQL | undefined =>
  and(or(eq(effects.key, jobKey), like(effects.key, `${jobKey}.%`)), eq(effects.state, 'unknown'));

const failureOf = (code: string | undefined) =>
  code === undefined ? {} : { failedAt: sql`clock_timestamp()`, failedCode: code };

async function read(db: Queryable, key: string): Promise<ReadRow | null> {
  const [row] = await db.select().from(effects).where(eq(effects.key, key));
  return row ?? null;
}

const placeOf = (key: string) => columnPlace('effects', [key], 'response');

async function opened(seals: Seals, { sealed, ...row }: ReadRow): Promise<EffectRecord> {
  if (!sealed) return { ...row, isErased: false };
  const found = await seals.open(row.keyId, sealed, placeOf(row.key));
  return { ...row, response: found?.value ?? null, isErased: found === null };
}

/** The columns of an answer, under the key of its effect. */
async function answerOf(db: Queryable, seals: Seals, key: string, response: Json) {
  const keyId = (await read(db, key))?.keyId ?? SYSTEM_KEY_ID;
  if (response === null || !isSealedUnder(keyId)) return { response, sealed: null };
  return { response: null, sealed: await seals.seal(keyId, response, placeOf(key)) };
}

interface Planned {
  readonly key: string;
  readonly kind: string;
  readonly requestHash: string;
  readonly keyId: string;
  readonly place?: EffectPlace;
}

async function plan(db: Queryable, seals: Seals, planned: Planned): Promise<EffectRecord> {
  const { key, kind, requestHash, keyId, place = null } = planned;
  // What was asked may be personal, and short enough to be tried out.
  const hash = isSealedUnder(keyId) ? await seals.blind(requestHash) : requestHash;
  await db.execute(sql`insert into effects (key, kind, state, request_hash, key_id, connector, instance_id)
    values (${key}, ${kind}, 'planned', ${hash}, ${keyId}, ${place?.connector ?? null},
      ${place?.instanceId ?? null}) on conflict do nothing`);
  const [row] = await db.select().from(effects).where(eq(effects.key, key)).for('update');
  // One that was planned before answers were sealed stays as it is.
  const isSame = row?.requestHash === hash || row?.requestHash === requestHash;
  if (!row || !isSame) throw storeFailure('EFFECT_CONFLICT', { key });
  return opened(seals, row);
}

async function lease(
  db: Queryable,
  seals: Seals,
  key: string,
  holdMs: number,
): Promise<EffectRecord> {
  const where = and(
    eq(effects.key, key),
    inArray(effects.state, ['planned', 'sent']),
    sql`coalesce(${effects.leasedUntil} <= clock_timestamp(), true)`,
  );
  const change = { fence: sql`${effects.fence} + 1`, leasedUntil: until(holdMs) };
  const row = await update(db, where, change);
  if (row) return opened(seals, row);
  const found = await read(db, key);
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
): Promise<ReadRow | null> {
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
  const found = await read(db, key);
  if (found && fence !== null && found.fence !== fence) {
    return storeFailure('EFFECT_FENCED', { key, fence, found: found.fence });
  }
  return storeFailure('EFFECT_TRANSITION', { key, wanted, state: stateOf(found) });
}

const stateOf = (found: ReadRow | null): string => found?.state ?? 'not planned';

const until = (holdMs: number): SQL =>
  sql`clock_timestamp() + ${holdMs} * interval '1 millisecond'`;

async function runOnce<T extends Json>(
  db: Queryable,
  seals: Seals,
  planned: Planned,
  change: (tx: Queryable) => Promise<T>,
): Promise<T> {
  const { key } = planned;
  return db.transaction(async (tx) => {
    // The inserted row is locked: a second caller waits here until this transaction ends.
    const { state, response, isErased } = await plan(tx, seals, planned);
    if (isErased) throw storeFailure('EFFECT_ERASED', { key });
    if (state === 'confirmed') return response as T;
    if (state !== 'planned') {
      throw storeFailure('EFFECT_TRANSITION', { key, wanted: 'confirmed', state });
    }
    const result = await change(tx);
    const answer = await answerOf(tx, seals, key, result);
    await update(tx, eq(effects.key, key), { state: 'confirmed', ...answer });
    return result;
  });
}
