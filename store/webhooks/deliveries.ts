/**
 * What is on its way by webhooks: an outbox that survives whoever sends. A delivery is in one pair of hands at a time, and
 * is free again when these hold it for too long. Class: side effect (database).
 */
import { randomUUID } from 'node:crypto';
import { and, desc, eq, getTableColumns, lt, lte, sql } from 'drizzle-orm';
import type { EventType } from '../../contracts/events.js';
import type { DeliveryState } from '../../contracts/webhooks.js';
import { jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { deliveries, webhooks } from './tables.js';

/** A delivery. */
export type Delivery = Omit<Readonly<typeof deliveries.$inferSelect>, 'heldUntil' | 'lease'>;

/** A delivery that is in our hands. */
export type HeldDelivery = Delivery & { readonly lease: string };

/** One that is to be. */
export interface NewDelivery {
  readonly deliveryId: string;
  readonly eventNumber: number;
  readonly type: EventType;
  readonly body: string;
}

/** What came of a try. */
export type Tried =
  | { readonly kind: 'delivered'; readonly last: string }
  /** `nextAt` null: there is no other try. */
  | { readonly kind: 'failed'; readonly last: string; readonly nextAt: string | null };

const { heldUntil: _held, lease: _lease, ...SHOWN } = getTableColumns(deliveries);

/**
 * Puts deliveries of the events between two numbers in, once: who finds the webhook elsewhere was too late.
 * @returns whether it was us
 */
export function enqueue(
  db: Queryable,
  webhookId: string,
  between: { readonly after: number; readonly upTo: number },
  added: readonly NewDelivery[],
  at: string,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const moved = await tx
      .update(webhooks)
      .set({ eventAt: between.upTo })
      .where(
        and(
          eq(webhooks.webhookId, webhookId),
          eq(webhooks.eventAt, between.after),
          eq(webhooks.isActive, true),
        ),
      )
      .returning({ webhookId: webhooks.webhookId });
    if (moved.length === 0) return false;
    if (added.length === 0) return true;
    const rows = added.map(({ deliveryId: delivery_id, eventNumber: event_number, ...rest }) => ({
      ...{ ...rest, delivery_id, event_number },
    }));
    await tx.execute(sql`
      insert into webhook_deliveries (delivery_id, webhook_id, event_number, type, body, next_at, created_at)
      select delivery_id, ${webhookId}, event_number, type, body, ${at}::timestamptz, ${at}::timestamptz
      from jsonb_to_recordset(${jsonText(rows)}::jsonb)
        as g (delivery_id text, event_number bigint, type text, body text)`);
    return true;
  });
}

/** Takes deliveries of a webhook that are due into our hands, for so long. */
export async function hold(
  db: Queryable,
  webhookId: string,
  { at, holdMs, limit }: { readonly at: string; readonly holdMs: number; readonly limit: number },
): Promise<readonly HeldDelivery[]> {
  const lease = randomUUID();
  const until = new Date(Date.parse(at) + holdMs).toISOString();
  const rows = await db
    .update(deliveries)
    .set({ heldUntil: until, lease, attempts: sql`${deliveries.attempts} + 1` })
    .where(
      sql`${deliveries.deliveryId} in (
        select due.delivery_id from webhook_deliveries due
        where due.webhook_id = ${webhookId} and due.state = 'WAITING' and due.next_at <= ${at}::timestamptz
          and (due.held_until is null or due.held_until <= ${at}::timestamptz)
        order by due.next_at, due.event_number limit ${limit}::int for update skip locked)`,
    )
    .returning(SHOWN);
  return rows.map((row) => ({ ...row, lease }));
}

/** Notes what came of a try; of one that is in other hands by now, nothing. */
export async function settle(
  db: Queryable,
  { deliveryId, lease }: Pick<HeldDelivery, 'deliveryId' | 'lease'>,
  tried: Tried,
  at: string,
): Promise<void> {
  const nextAt = tried.kind === 'failed' ? tried.nextAt : null;
  const isOver = nextAt === null;
  const state: DeliveryState =
    tried.kind === 'delivered' ? 'DELIVERED' : isOver ? 'DEAD' : 'WAITING';
  await db
    .update(deliveries)
    .set({ ...{ state, nextAt, last: tried.last, endedAt: isOver ? at : null }, ...FREE })
    .where(and(eq(deliveries.deliveryId, deliveryId), eq(deliveries.lease, lease)));
}

const FREE = { heldUntil: null, lease: null };

/** Sends again what was given up: one, or all of a webhook. Tries are counted anew. @returns how many */
export async function replay(
  tx: Queryable,
  webhookId: string,
  deliveryId: string | null,
  at: string,
): Promise<number> {
  const rows = await tx
    .update(deliveries)
    .set({ ...{ state: 'WAITING' as const, attempts: 0, nextAt: at, endedAt: null }, ...FREE })
    .where(
      and(
        eq(deliveries.webhookId, webhookId),
        eq(deliveries.state, 'DEAD'),
        deliveryId === null ? undefined : eq(deliveries.deliveryId, deliveryId),
      ),
    )
    .returning({ deliveryId: deliveries.deliveryId });
  return rows.length;
}

/** Deliveries of a webhook, the newest first; those before an event. */
export function list(
  db: Queryable,
  webhookId: string,
  {
    state,
    before,
    limit,
  }: {
    readonly state: DeliveryState | null;
    readonly before: number | null;
    readonly limit: number;
  },
): Promise<readonly Delivery[]> {
  return db
    .select(SHOWN)
    .from(deliveries)
    .where(
      and(
        eq(deliveries.webhookId, webhookId),
        state === null ? undefined : eq(deliveries.state, state),
        before === null ? undefined : lt(deliveries.eventNumber, before),
      ),
    )
    .orderBy(desc(deliveries.eventNumber))
    .limit(limit);
}

/** Whether there is a delivery of that id. */
export async function isThere(
  db: Queryable,
  webhookId: string,
  deliveryId: string,
): Promise<boolean> {
  const rows = await db
    .select({ deliveryId: deliveries.deliveryId })
    .from(deliveries)
    .where(and(eq(deliveries.webhookId, webhookId), eq(deliveries.deliveryId, deliveryId)));
  return rows.length > 0;
}

/** Forgets what was delivered, and later what was given up. */
export async function prune(
  db: Queryable,
  before: { readonly delivered: string; readonly dead: string },
): Promise<void> {
  const { state, endedAt } = deliveries;
  await db.delete(deliveries).where(and(eq(state, 'DELIVERED'), lte(endedAt, before.delivered)));
  await db.delete(deliveries).where(and(eq(state, 'DEAD'), lte(endedAt, before.dead)));
}
