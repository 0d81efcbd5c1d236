/**
 * Webhooks out: events become deliveries, deliveries are sent until they arrive or are given up. All that is to be done stands in
 * the store, so any process goes on where another died. One receiver that is slow or away holds up no other. Class: side effect.
 */
import type { Egress } from '../../activities/http/egress.js';
import type { HeldDelivery, Store, Webhook } from '../../store/index.js';
import { fanOut } from './fan-out.js';
import { send } from './send.js';

export { PAUSES_MS, refusalOf } from './send.js';

/** What it leans on. */
export interface WebhookParts {
  readonly store: Pick<Store, 'events' | 'webhooks' | 'publicKeys'>;
  readonly egress: Egress;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly trouble: (error: unknown) => void;
}

/** Sees to it. */
export interface WebhookCare {
  /** Something was added, changed or replayed. */
  readonly look: () => void;
  /** Waits for what is under way. */
  readonly close: () => Promise<void>;
}

/** Between two looks while there are webhooks, and while there are none: another process may add one. */
const LOOK_MS = 1_000;
const IDLE_MS = 10_000;
/** Deliveries of one webhook at a time. */
const AT_A_TIME = 5;
/** Longer than a try takes: then whoever had it is gone. */
const HOLD_MS = 60_000;

/** Begins. */
export function careForWebhooks(parts: WebhookParts): WebhookCare {
  const { store, trouble } = parts;
  const at = (): string => new Date(parts.now()).toISOString();
  const lanes = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let hasEnded = false;

  /** Sends what is due of one webhook, until nothing is. */
  const sendAll = async (webhook: Webhook): Promise<void> => {
    const { webhookId } = webhook;
    const how = () => ({ at: at(), holdMs: HOLD_MS, limit: AT_A_TIME });
    for (let held = await store.webhooks.hold(webhookId, how()); held.length > 0; ) {
      await Promise.all(held.map((one) => deliver(webhook, one)));
      held = hasEnded ? [] : await store.webhooks.hold(webhookId, how());
    }
  };
  const deliver = async (webhook: Webhook, held: HeldDelivery): Promise<void> => {
    const tried = await send(parts.egress, webhook, held, parts.now);
    await store.webhooks.settle(held, tried, at());
  };
  const begin = (webhook: Webhook): void => {
    const { webhookId } = webhook;
    if (lanes.has(webhookId)) return;
    const lane = sendAll(webhook)
      .catch(trouble)
      .finally(() => lanes.delete(webhookId));
    lanes.set(webhookId, lane);
  };
  /** @returns whether there is any webhook */
  const look = async (): Promise<boolean> => {
    const webhooks = await store.webhooks.active(at());
    if (webhooks.length === 0) return false;
    const { last } = await store.events.advance();
    for (const webhook of webhooks) {
      if (webhook.eventAt < last) await fanOutAll(parts, webhook, at);
      begin(webhook);
    }
    return true;
  };
  const next = (): void => {
    if (hasEnded || looking !== null) return;
    if (timer) clearTimeout(timer);
    looking = look()
      .catch((error: unknown) => {
        trouble(error);
        return true;
      })
      .then((isAny) => {
        looking = null;
        if (!hasEnded) timer = setTimeout(next, isAny ? LOOK_MS : IDLE_MS).unref();
      });
  };
  next();
  return {
    look: next,
    close: async () => {
      hasEnded = true;
      if (timer) clearTimeout(timer);
      await looking;
      await Promise.all(lanes.values());
    },
  };
}

/** The webhook as it stands is read again with the next look: what another process took meanwhile is not taken twice. */
async function fanOutAll(
  { store }: WebhookParts,
  webhook: Webhook,
  at: () => string,
): Promise<void> {
  for (let current: Webhook | null = webhook; current; ) {
    const isMore: boolean = await fanOut(store, current, at());
    current = isMore ? await store.webhooks.get(webhook.webhookId, at()) : null;
  }
}
