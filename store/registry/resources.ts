/** What is set up for customers: made under an attempt, and undone with it. */
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Json } from '../../engine/model/index.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { refuseFrozen } from './freezes.js';
import { barredAttempts, plans, type ResourceKind, resources } from './tables.js';

/** Kinds by which people get in. A tenant holds data, and goes only when data are deleted. */
export const LETS_IN: readonly ResourceKind[] = ['access', 'licence', 'entitlement'];

/** One resource. */
export type Resource = Readonly<typeof resources.$inferSelect>;

/** A resource to be made. */
export interface NewResource {
  readonly resourceId: string;
  readonly kind: ResourceKind;
  readonly customerId: string;
  readonly attempt: string;
  readonly detail: Readonly<Record<string, Json>>;
  readonly effectKey: string;
}

/** A plan that customers can have. */
export interface Plan {
  readonly planId: string;
  readonly name: string;
  readonly mostSeats: number;
}

/** The plan of an id; null when there is none. */
export async function findPlan(db: Queryable, planId: string): Promise<Plan | null> {
  const [found] = await db.select().from(plans).where(eq(plans.planId, planId));
  return found ?? null;
}

const PAGE = 500;

/** All that was set up for a customer until some instant, in the order of its ids; at most one page is held. */
export async function* resourcePages(
  db: Queryable,
  customerId: string,
  until: string,
): AsyncGenerator<readonly Resource[]> {
  for (let behind = ''; ; ) {
    const rows = await db
      .select()
      .from(resources)
      .where(
        and(
          eq(resources.customerId, customerId),
          sql`${resources.createdAt} <= ${until}::timestamptz`,
          sql`${resources.resourceId} > ${behind}`,
        ),
      )
      .orderBy(asc(resources.resourceId))
      .limit(PAGE);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    behind = last.resourceId;
  }
}

/**
 * Makes resources of one kind for an attempt. Errors: `PROVISIONING_BARRED` when the attempt was undone,
 * `ACCESS_FROZEN` when what lets people in is made for a customer whose accesses are being revoked.
 * The bar and the making exclude each other: both lock the same number.
 */
export async function createResources(tx: Queryable, rows: readonly NewResource[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { attempt, kind } = first;
  await lockAttempt(tx, attempt, kind);
  const bar = and(eq(barredAttempts.attempt, attempt), eq(barredAttempts.kind, kind));
  const [barred] = await tx.select().from(barredAttempts).where(bar);
  if (barred) throw storeFailure('PROVISIONING_BARRED', { attempt, kind });
  if (LETS_IN.includes(kind)) {
    const contacts = new Set(rows.map(({ detail }) => String(detail.contactId ?? '')));
    for (const contactId of contacts) await refuseFrozen(tx, first.customerId, contactId);
  }
  const made = rows.map((row) => ({ ...row, state: 'active' as const, createdAt: now() }));
  await tx.insert(resources).values(made as never);
}

/** Active resources of a kind, by attempt or by customer, oldest first. */
export function activeResources(
  db: Queryable,
  kind: ResourceKind,
  of: { readonly attempt: string } | { readonly customerId: string },
): Promise<readonly Resource[]> {
  const owner =
    'attempt' in of ? eq(resources.attempt, of.attempt) : eq(resources.customerId, of.customerId);
  return db
    .select()
    .from(resources)
    .where(and(eq(resources.kind, kind), eq(resources.state, 'active'), owner))
    .orderBy(asc(resources.createdAt), asc(resources.resourceId));
}

/** Ends what an attempt has of a kind, and bars it from making more. @returns ids of what was ended */
export async function endResources(
  tx: Queryable,
  attempt: string,
  kind: ResourceKind,
): Promise<readonly string[]> {
  await lockAttempt(tx, attempt, kind);
  await tx.insert(barredAttempts).values({ attempt, kind }).onConflictDoNothing();
  return leave(tx, 'ended', attempt, kind);
}

/** Revokes what stands of one kind, of an attempt or one by its id; what was revoked is given back by `restoreResources`. */
export const revokeResources = (tx: Queryable, of: Revocable): Promise<void> =>
  turn(tx, of, 'active', { state: 'revoked', endedAt: now() });

/** Gives back what was revoked. */
export const restoreResources = (tx: Queryable, of: Revocable): Promise<void> =>
  turn(tx, of, 'revoked', { state: 'active', endedAt: null });

/** Resources of a customer: one, or those of a kind under one attempt. */
export type Revocable = { readonly customerId: string } & (
  | { readonly resourceId: string }
  | { readonly kind: ResourceKind; readonly attempt: string }
);

async function turn(
  tx: Queryable,
  of: Revocable,
  from: 'active' | 'revoked',
  change: object,
): Promise<void> {
  const which =
    'resourceId' in of
      ? eq(resources.resourceId, of.resourceId)
      : and(eq(resources.kind, of.kind), eq(resources.attempt, of.attempt));
  const where = and(eq(resources.customerId, of.customerId), which, eq(resources.state, from));
  await tx.update(resources).set(change).where(where);
}

/** Puts what an attempt has of a kind out of use, because something newer takes its place. */
export function supersede(
  tx: Queryable,
  attempt: string,
  kind: ResourceKind,
): Promise<readonly string[]> {
  return leave(tx, 'superseded', attempt, kind);
}

async function leave(
  tx: Queryable,
  state: 'ended' | 'superseded',
  attempt: string,
  kind: ResourceKind,
): Promise<readonly string[]> {
  const rows = await tx
    .update(resources)
    .set({ state, endedAt: now() })
    .where(
      and(eq(resources.attempt, attempt), eq(resources.kind, kind), eq(resources.state, 'active')),
    )
    .returning({ resourceId: resources.resourceId });
  return rows.map(({ resourceId }) => resourceId).sort();
}

const now = () => sql`clock_timestamp()`;

async function lockAttempt(tx: Queryable, attempt: string, kind: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${attempt}`}, 0))`);
}
