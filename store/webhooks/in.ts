/** Webhooks in: who may publish which message, and what they published. Acts are in the audit. Class: side effect (database). */
import { asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { HookChange, NewHook } from '../../contracts/webhooks.js';
import { instantFromText } from '../columns.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { acting, type By } from '../identities/acts.js';
import type { Seals } from '../sealing/index.js';
import { openSecrets, rotated, sealSecrets, secretsAt } from './secrets.js';
import { hooks } from './tables.js';

type Row = Readonly<typeof hooks.$inferSelect>;

/** A webhook in, with the secrets that count now. */
export interface Hook extends Omit<Row, 'sealed'> {
  readonly secrets: readonly string[];
  readonly lastTakenAt: string | null;
}

/** There are so many at most. */
export const MOST_HOOKS = 50;
/** An id of a sender is remembered for so long. */
export const RECEIPT_DAYS = 7;

/** The webhooks in. */
export interface Hooks {
  readonly list: (at: string) => Promise<readonly Hook[]>;
  readonly get: (hookId: string, at: string) => Promise<Hook | null>;
  /** Errors: `WEBHOOKS_TOO_MANY`. */
  readonly add: (
    hook: NewHook & { readonly hookId: string; readonly secret: string },
    by: By,
  ) => Promise<void>;
  /** @returns false: there is none */
  readonly change: (hookId: string, change: HookChange, by: By) => Promise<boolean>;
  readonly rotate: (hookId: string, secret: string, by: By) => Promise<boolean>;
  readonly remove: (hookId: string, by: By) => Promise<boolean>;
  /** Whether an id was taken before. */
  readonly wasTaken: (hookId: string, webhookId: string) => Promise<boolean>;
  readonly noteTaken: (hookId: string, webhookId: string, at: string) => Promise<void>;
  readonly prune: (at: string) => Promise<void>;
}

/** Makes the group. */
export function createHooks(db: Queryable, seals: Seals): Hooks {
  const opened = async ({ sealed, ...row }: Row & { taken: string | null }, at: string) => {
    const { taken, ...rest } = row;
    const plain = await openSecrets(seals, 'hooks', row.hookId, sealed);
    const lastTakenAt = taken === null ? null : instantFromText(taken);
    return { ...rest, secrets: secretsAt(plain, at), lastTakenAt };
  };
  const taken = sql<string | null>`(select max(taken_at)::text from hook_receipts receipt
    where receipt.hook_id = hooks.hook_id)`;
  const read = (hookId: string | null) =>
    db
      .select({ ...getTableColumns(hooks), taken })
      .from(hooks)
      .where(hookId === null ? undefined : eq(hooks.hookId, hookId))
      .orderBy(asc(hooks.createdAt), asc(hooks.hookId));
  const isThere = async (hookId: string): Promise<boolean> =>
    (await db.$count(hooks, eq(hooks.hookId, hookId))) > 0;
  return {
    list: async (at) => Promise.all((await read(null)).map((row) => opened(row, at))),
    get: async (hookId, at) => {
      const [row] = await read(hookId);
      return row ? opened(row, at) : null;
    },
    add: async ({ hookId, secret, ...hook }, by) => {
      const plain = { url: '', secrets: [{ secret, until: null }] };
      const sealed = await sealSecrets(seals, 'hooks', hookId, plain);
      await acting(
        db,
        by,
        { action: 'addHook', object: ofHook(hookId), data: hook },
        async (tx) => {
          await tx.execute(sql`lock table hooks in share row exclusive mode`);
          if ((await tx.$count(hooks)) >= MOST_HOOKS) {
            throw storeFailure('WEBHOOKS_TOO_MANY', { most: MOST_HOOKS });
          }
          await tx
            .insert(hooks)
            .values({ ...hook, hookId, sealed, isActive: true, createdAt: by.at });
        },
      );
    },
    change: async (hookId, change, by) => {
      if (!(await isThere(hookId))) return false;
      const data = JSON.parse(JSON.stringify(change)) as Readonly<Record<string, never>>;
      return acting(db, by, { action: 'changeHook', object: ofHook(hookId), data }, async (tx) => {
        if (Object.keys(change).length === 0) return true;
        await tx.update(hooks).set(change).where(eq(hooks.hookId, hookId));
        return true;
      });
    },
    rotate: async (hookId, secret, by) =>
      (await isThere(hookId)) &&
      acting(db, by, { action: 'rotateHookSecret', object: ofHook(hookId) }, async (tx) => {
        const [row] = await tx.select().from(hooks).where(eq(hooks.hookId, hookId)).for('update');
        if (!row) return false;
        const plain = await openSecrets(seals, 'hooks', hookId, row.sealed);
        const after = rotated(plain, secret, by.at);
        const sealed = await sealSecrets(seals, 'hooks', hookId, after);
        await tx.update(hooks).set({ sealed }).where(eq(hooks.hookId, hookId));
        return true;
      }),
    remove: async (hookId, by) =>
      (await isThere(hookId)) &&
      acting(
        db,
        by,
        { action: 'removeHook', object: ofHook(hookId) },
        async (tx) =>
          (await tx.delete(hooks).where(eq(hooks.hookId, hookId)).returning()).length > 0,
      ),
    wasTaken: async (hookId, webhookId) => {
      const { rows } = await db.execute(sql`select 1 from hook_receipts
        where hook_id = ${hookId} and webhook_id = ${webhookId}`);
      return rows.length > 0;
    },
    noteTaken: async (hookId, webhookId, at) => {
      await db.execute(sql`insert into hook_receipts (hook_id, webhook_id, taken_at)
        values (${hookId}, ${webhookId}, ${at}::timestamptz) on conflict do nothing`);
    },
    prune: async (at) => {
      await db.execute(sql`delete from hook_receipts
        where taken_at < ${at}::timestamptz - make_interval(days => ${RECEIPT_DAYS}::int)`);
    },
  };
}

const ofHook = (hookId: string): string => `hook:${hookId}`;
