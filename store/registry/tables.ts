import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Json } from '../../engine/model/index.js';
import { instant, json } from '../columns.js';

/** What a mark is made of. */
export type MarkKind = 'order' | 'tax-id' | 'mail-domain' | 'national-tax-id' | 'mail';

/** What is set up for a customer. */
export type ResourceKind =
  | 'contract'
  | 'tenant'
  | 'billing-account'
  | 'licence'
  | 'entitlement'
  | 'access'
  | 'suspension';

export const customerMarks = pgTable(
  'customer_marks',
  {
    customerId: text('customer_id').notNull(),
    kind: text('kind').$type<MarkKind>().notNull(),
    mark: text('mark').notNull(),
  },
  ({ kind, mark, customerId }) => [primaryKey({ columns: [kind, mark, customerId] })],
);

export const plans = pgTable('plans', {
  planId: text('plan_id').primaryKey(),
  name: text('name').notNull(),
  mostSeats: integer('most_seats').notNull(),
});

export const resources = pgTable('resources', {
  resourceId: text('resource_id').primaryKey(),
  kind: text('kind').$type<ResourceKind>().notNull(),
  customerId: text('customer_id').notNull(),
  attempt: text('attempt').notNull(),
  state: text('state').$type<'active' | 'superseded' | 'ended' | 'revoked'>().notNull(),
  detail: json<Readonly<Record<string, Json>>>()('detail').notNull(),
  effectKey: text('effect_key').notNull(),
  createdAt: instant('created_at').notNull(),
  endedAt: instant('ended_at'),
});

export const barredAttempts = pgTable(
  'barred_attempts',
  { attempt: text('attempt').notNull(), kind: text('kind').$type<ResourceKind>().notNull() },
  ({ attempt, kind }) => [primaryKey({ columns: [attempt, kind] })],
);

export const customerRecordings = pgTable('customer_recordings', {
  attempt: text('attempt').primaryKey(),
  state: text('state').$type<'planned' | 'recorded' | 'withdrawn'>().notNull(),
  customerId: text('customer_id'),
  how: text('how').$type<'added' | 'returned' | 'kept'>(),
  subscriptionId: text('subscription_id'),
  contactIds: json<readonly string[]>()('contact_ids').notNull(),
  notedAt: instant('noted_at').notNull(),
});

export const accessLinks = pgTable('access_links', {
  tokenHash: text('token_hash').primaryKey(),
  customerId: text('customer_id').notNull(),
  contactId: text('contact_id').notNull(),
  attempt: text('attempt').notNull(),
  state: text('state').$type<'live' | 'dead' | 'used'>().notNull(),
  expiresAt: instant('expires_at').notNull(),
  settledAt: instant('settled_at'),
});

/** An empty contact means all contacts of the customer. */
export const accessFreezes = pgTable(
  'access_freezes',
  {
    customerId: text('customer_id').notNull(),
    contactId: text('contact_id').notNull(),
    effectKey: text('effect_key').notNull(),
    frozenAt: instant('frozen_at').notNull(),
  },
  ({ customerId, contactId }) => [primaryKey({ columns: [customerId, contactId] })],
);

export const leavings = pgTable('leavings', {
  customerId: text('customer_id').primaryKey(),
  instanceId: text('instance_id').notNull(),
});
