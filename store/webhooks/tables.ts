/** The tables of webhooks. */
import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { EventType } from '../../contracts/events.js';
import type { DeliveryState } from '../../contracts/webhooks.js';
import { bytes, count, instant } from '../columns.js';

export const webhooks = pgTable('webhooks', {
  webhookId: text('webhook_id').primaryKey(),
  name: text('name').notNull(),
  types: text('types').array().$type<readonly EventType[]>().notNull(),
  processId: text('process_id'),
  isActive: boolean('is_active').notNull(),
  sealed: bytes('sealed').notNull(),
  eventAt: count('event_at').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const deliveries = pgTable('webhook_deliveries', {
  deliveryId: text('delivery_id').primaryKey(),
  webhookId: text('webhook_id').notNull(),
  eventNumber: count('event_number').notNull(),
  type: text('type').$type<EventType>().notNull(),
  body: text('body').notNull(),
  state: text('state').$type<DeliveryState>().notNull(),
  attempts: integer('attempts').notNull(),
  nextAt: instant('next_at'),
  heldUntil: instant('held_until'),
  lease: text('lease'),
  last: text('last'),
  createdAt: instant('created_at').notNull(),
  endedAt: instant('ended_at'),
});

export const hooks = pgTable('hooks', {
  hookId: text('hook_id').primaryKey(),
  name: text('name').notNull(),
  messageName: text('message_name').notNull(),
  correlationKey: text('correlation_key').notNull(),
  variables: text('variables'),
  timeToLiveMs: count('time_to_live_ms').notNull(),
  isActive: boolean('is_active').notNull(),
  sealed: bytes('sealed').notNull(),
  createdAt: instant('created_at').notNull(),
});
