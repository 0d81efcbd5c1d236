/** Webhooks out: what is told to whom. Acts are in the audit, in the transaction that carries them out. */
import { asc, eq, sql } from 'drizzle-orm';
import type { NewWebhook, WebhookChange } from '../../contracts/webhooks.js';
import { jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { acting, type By } from '../identities/acts.js';
import type { Seals } from '../sealing/index.js';
import * as outbox from './deliveries.js';
import { openSecrets, rotated, type Sealed, sealSecrets, secretsAt } from './secrets.js';
import { webhooks } from './tables.js';

type Row = Readonly<typeof webhooks.$inferSelect>;

/** A webhook with what it is signed by. */
export interface Webhook extends Omit<Row, 'sealed'> {
  readonly url: string;
  /** Those that count now, the newest first. */
  readonly secrets: readonly string[];
}

/** A webhook with what became of what it was to tell. */
export type CountedWebhook = Webhook & { readonly waiting: number; readonly dead: number };

/** There are so many at most. */
export const MOST_WEBHOOKS = 50;
const DAY_MS = 86_400_000;

/** The webhooks out. */
export interface Webhooks {
  /** All, by their age. */
  readonly list: (at: string) => Promise<readonly CountedWebhook[]>;
  readonly get: (webhookId: string, at: string) => Promise<CountedWebhook | null>;
  /** Adds one that tells what happens from now on. Errors: `WEBHOOKS_TOO_MANY`. */
  readonly add: (
    webhook: NewWebhook & { readonly webhookId: string; readonly secret: string },
    from: number,
    by: By,
  ) => Promise<void>;
  /** @param from - number of the event behind which one goes on that is active again. @returns false: there is none */
  readonly change: (
    webhookId: string,
    change: WebhookChange,
    from: number,
    by: By,
  ) => Promise<boolean>;
  readonly rotate: (webhookId: string, secret: string, by: By) => Promise<boolean>;
  readonly remove: (webhookId: string, by: By) => Promise<boolean>;
  /** Those that are active. */
  readonly active: (at: string) => Promise<readonly Webhook[]>;
  readonly enqueue: (
    webhookId: string,
    between: { readonly after: number; readonly upTo: number },
    added: readonly outbox.NewDelivery[],
    at: string,
  ) => Promise<boolean>;
  readonly hold: (
    webhookId: string,
    how: { readonly at: string; readonly holdMs: number; readonly limit: number },
  ) => Promise<readonly outbox.HeldDelivery[]>;
  readonly settle: (
    held: Pick<outbox.HeldDelivery, 'deliveryId' | 'lease'>,
    tried: outbox.Tried,
    at: string,
  ) => Promise<void>;
  readonly deliveries: (
    webhookId: string,
    query: Parameters<typeof outbox.list>[2],
  ) => Promise<readonly outbox.Delivery[]>;
  readonly hasDelivery: (webhookId: string, deliveryId: string) => Promise<boolean>;
  /** Sends again what was given up: one, or all. @returns how many */
  readonly replay: (webhookId: string, deliveryId: string | null, by: By) => Promise<number>;
  readonly prune: (at: string) => Promise<void>;
}

/** Makes the group. Class: side effect (database). */
export function createWebhooks(db: Queryable, seals: Seals): Webhooks {
  const opened = async (row: Row, at: string): Promise<Webhook> => {
    const { sealed, ...rest } = row;
    const plain = await openSecrets(seals, 'webhooks', row.webhookId, sealed);
    return { ...rest, url: plain.url, secrets: secretsAt(plain, at) };
  };
  const counted = async (rows: readonly Row[], at: string): Promise<readonly CountedWebhook[]> => {
    const counts = await countsOf(db, rows);
    const none = { waiting: 0, dead: 0 };
    return Promise.all(
      rows.map(async (row) => ({
        ...(await opened(row, at)),
        ...(counts.get(row.webhookId) ?? none),
      })),
    );
  };
  /** Changes the row of one and what is sealed of it. */
  const revise = (
    webhookId: string,
    by: By,
    told: { readonly action: string; readonly data?: Readonly<Record<string, never>> },
    revised: (row: Row, plain: Sealed) => readonly [Partial<Row>, Sealed],
  ): Promise<boolean> =>
    acting(db, by, { ...told, object: ofWebhook(webhookId) }, async (tx) => {
      const [row] = await tx
        .select()
        .from(webhooks)
        .where(eq(webhooks.webhookId, webhookId))
        .for('update');
      if (!row) return false;
      const plain = await openSecrets(seals, 'webhooks', webhookId, row.sealed);
      const [columns, after] = revised(row, plain);
      const sealed = await sealSecrets(seals, 'webhooks', webhookId, after);
      await tx
        .update(webhooks)
        .set({ ...columns, sealed })
        .where(eq(webhooks.webhookId, webhookId));
      return true;
    });
  const isThere = async (webhookId: string): Promise<boolean> =>
    (await db.$count(webhooks, eq(webhooks.webhookId, webhookId))) > 0;
  return {
    list: async (at) =>
      counted(
        await db.select().from(webhooks).orderBy(asc(webhooks.createdAt), asc(webhooks.webhookId)),
        at,
      ),
    get: async (webhookId, at) => {
      const rows = await db.select().from(webhooks).where(eq(webhooks.webhookId, webhookId));
      return (await counted(rows, at))[0] ?? null;
    },
    add: async (
      { webhookId, secret, url, processDefinitionId: processId, name, types },
      from,
      by,
    ) => {
      const plain = { url, secrets: [{ secret, until: null }] };
      const sealed = await sealSecrets(seals, 'webhooks', webhookId, plain);
      const told = { action: 'addWebhook', object: ofWebhook(webhookId) };
      const data = { name, url, types: [...types], processDefinitionId: processId };
      await acting(db, by, { ...told, data }, async (tx) => {
        // One at a time, so that the most is the most.
        await tx.execute(sql`lock table webhooks in share row exclusive mode`);
        if ((await tx.$count(webhooks)) >= MOST_WEBHOOKS) {
          throw storeFailure('WEBHOOKS_TOO_MANY', { most: MOST_WEBHOOKS });
        }
        const row = { webhookId, name, types, processId, sealed, eventAt: from };
        await tx.insert(webhooks).values({ ...row, isActive: true, createdAt: by.at });
      });
    },
    change: async (webhookId, change, from, by) => {
      if (!(await isThere(webhookId))) return false;
      const { url, processDefinitionId: processId, ...rest } = change;
      const data = JSON.parse(JSON.stringify(change)) as Readonly<Record<string, never>>;
      return revise(webhookId, by, { action: 'changeWebhook', data }, (row, plain) => [
        {
          ...rest,
          ...(processId !== undefined && { processId }),
          ...(change.isActive === true && !row.isActive && { eventAt: from }),
        },
        url === undefined ? plain : { ...plain, url },
      ]);
    },
    rotate: async (webhookId, secret, by) =>
      (await isThere(webhookId)) &&
      revise(webhookId, by, { action: 'rotateWebhookSecret' }, (_row, plain) => [
        {},
        rotated(plain, secret, by.at),
      ]),
    remove: async (webhookId, by) =>
      (await isThere(webhookId)) &&
      acting(
        db,
        by,
        { action: 'removeWebhook', object: ofWebhook(webhookId) },
        async (tx) =>
          (await tx.delete(webhooks).where(eq(webhooks.webhookId, webhookId)).returning()).length >
          0,
      ),
    active: async (at) => {
      const rows = await db.select().from(webhooks).where(eq(webhooks.isActive, true));
      return Promise.all(rows.map((row) => opened(row, at)));
    },
    enqueue: (webhookId, between, added, at) => outbox.enqueue(db, webhookId, between, added, at),
    hold: (webhookId, how) => outbox.hold(db, webhookId, how),
    settle: (held, tried, at) => outbox.settle(db, held, tried, at),
    deliveries: (webhookId, query) => outbox.list(db, webhookId, query),
    hasDelivery: (webhookId, deliveryId) => outbox.isThere(db, webhookId, deliveryId),
    replay: (webhookId, deliveryId, by) => {
      const of = deliveryId === null ? '' : ` delivery:${deliveryId}`;
      const told = { action: 'replayWebhook', object: `${ofWebhook(webhookId)}${of}` };
      return acting(db, by, told, (tx) => outbox.replay(tx, webhookId, deliveryId, by.at));
    },
    prune: (at) => {
      const before = (days: number) => new Date(Date.parse(at) - days * DAY_MS).toISOString();
      return outbox.prune(db, { delivered: before(7), dead: before(30) });
    },
  };
}

const ofWebhook = (webhookId: string): string => `webhook:${webhookId}`;

/** Of these alone: events are told one webhook after the other, and each is read again for every part of them. */
async function countsOf(
  db: Queryable,
  of: readonly Row[],
): Promise<ReadonlyMap<string, { readonly waiting: number; readonly dead: number }>> {
  const ids = of.map(({ webhookId }) => webhookId);
  const { rows } = await db.execute<{ webhook_id: string; waiting: string; dead: string }>(sql`
    select webhook_id, count(*) filter (where state = 'WAITING') as waiting,
      count(*) filter (where state = 'DEAD') as dead
    from webhook_deliveries where state <> 'DELIVERED'
      and webhook_id in (select jsonb_array_elements_text(${jsonText(ids)}::jsonb))
    group by 1`);
  return new Map(
    rows.map(({ webhook_id, waiting, dead }) => [
      webhook_id,
      { waiting: Number(waiting), dead: Number(dead) },
    ]),
  );
}
