/** Webhooks out and in, as the API speaks of them. Instants are ISO 8601 UTC. Source: Standard Webhooks. */
import { z } from 'zod';
import { eventType } from './events.js';

const line = z.string().regex(/^\P{Cc}*$/u, 'no control characters, line ends included');
const name = line.min(1).max(100);
const url = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .describe('Where to: of the public internet, or allowed by the operator.');
const types = z.array(eventType).min(1).max(50);
const processDefinitionId = z.string().min(1).max(500).nullable();

/** A webhook out that is to be. */
export const newWebhook = z.strictObject({
  ...{ name, url, types },
  /** Events of instances of this process alone; null: of all. */
  processDefinitionId: processDefinitionId.default(null),
});

/** What is changed of one; what is left out stays. */
export const webhookChange = z.strictObject({
  name: name.exactOptional(),
  url: url.exactOptional(),
  types: types.exactOptional(),
  processDefinitionId: processDefinitionId.exactOptional(),
  /** What happens while it is not active is not told afterwards. */
  isActive: z.boolean().exactOptional(),
});

/** A webhook out, without its secrets. */
export const webhookRow = z.strictObject({
  webhookId: z.string(),
  ...{ name: z.string(), url: z.string(), types: z.array(eventType).readonly() },
  ...{ processDefinitionId: z.string().nullable(), isActive: z.boolean(), createdAt: z.string() },
  /** Secrets that it signs with now: two, for a day after a new one was made. */
  secrets: z.int(),
  /** Deliveries that wait for another try, and that were given up. */
  ...{ waiting: z.int(), dead: z.int() },
});

/** Where a delivery stands: given up means that no try is left, and a replay begins anew. */
export const deliveryState = z.enum(['WAITING', 'DELIVERED', 'DEAD']);

/** One event on its way to one webhook. */
export const deliveryRow = z.strictObject({
  /** As the receiver gets it, in `webhook-id`: the same in each try. */
  deliveryId: z.string(),
  ...{ type: eventType, state: deliveryState, attempts: z.int() },
  ...{ createdAt: z.string(), nextAt: z.string().nullable(), endedAt: z.string().nullable() },
  /** What came of the last try: the status, or a code of ours; null: there was none. */
  last: z.string().nullable(),
  body: z.unknown(),
});

const FEEL = z.string().min(1).max(2_000);
/** Milliseconds, of at most 30 days. */
const timeToLiveMs = z.int().min(0).max(2_592_000_000);

/** A webhook in that is to be: whoever has its secret publishes one message by it. */
export const newHook = z.strictObject({
  name,
  messageName: z.string().min(1).max(500),
  correlationKey: FEEL.describe('FEEL over `body` and `webhook.id`; gives a text or a number.'),
  variables: FEEL.nullable().default(null).describe('FEEL that gives a context; null: none.'),
  timeToLiveMs: timeToLiveMs.default(3_600_000),
});

/** What is changed of one; what is left out stays. */
export const hookChange = z.strictObject({
  name: name.exactOptional(),
  messageName: z.string().min(1).max(500).exactOptional(),
  correlationKey: FEEL.exactOptional(),
  variables: FEEL.nullable().exactOptional(),
  timeToLiveMs: timeToLiveMs.exactOptional(),
  isActive: z.boolean().exactOptional(),
});

/** A webhook in, without its secrets. */
export const hookRow = z.strictObject({
  hookId: z.string(),
  ...{ name: z.string(), messageName: z.string(), correlationKey: z.string() },
  ...{ variables: z.string().nullable(), timeToLiveMs: z.int(), isActive: z.boolean() },
  ...{ secrets: z.int(), createdAt: z.string(), lastTakenAt: z.string().nullable() },
});

export type NewWebhook = z.output<typeof newWebhook>;
export type WebhookChange = z.output<typeof webhookChange>;
export type WebhookRow = z.infer<typeof webhookRow>;
export type DeliveryRow = z.infer<typeof deliveryRow>;
export type DeliveryState = z.infer<typeof deliveryState>;
export type NewHook = z.output<typeof newHook>;
export type HookChange = z.output<typeof hookChange>;
export type HookRow = z.infer<typeof hookRow>;
