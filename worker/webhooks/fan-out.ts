/** Makes deliveries of what happened since, for each webhook that wants it. Class: side effect. */
import { randomUUID } from 'node:crypto';
import { toldEvents } from '../../api/index.js';
import type { EventRow, NewDelivery, Store, Webhook } from '../../store/index.js';

/** Events that are looked at together. */
const PAGE = 500;

/** Goes on for one webhook, by a page. @returns whether there may be more */
export async function fanOut(
  store: Pick<Store, 'events' | 'webhooks' | 'publicKeys'>,
  { webhookId, eventAt, types, processId }: Webhook,
  at: string,
): Promise<boolean> {
  const rows = await store.events.after(eventAt, PAGE);
  const last = rows.at(-1);
  if (!last) return false;
  const wants = (row: EventRow): boolean =>
    types.includes(row.type) && (processId === null || row.processId === processId);
  const wanted = rows.filter(wants);
  const told = await toldEvents(store, wanted);
  const added = wanted.map(
    (row, index): NewDelivery => ({
      deliveryId: `msg_${randomUUID()}`,
      ...{ eventNumber: row.number, type: row.type, body: JSON.stringify(told[index]) },
    }),
  );
  await store.webhooks.enqueue(webhookId, { after: eventAt, upTo: last.number }, added, at);
  return rows.length === PAGE;
}
