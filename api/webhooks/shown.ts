/** Webhooks as they are answered: nothing of their secrets but how many. Class: pure. */
import type { DeliveryRow, HookRow, WebhookRow } from '../../contracts/webhooks.js';
import type { CountedWebhook, Delivery, Hook } from '../../store/index.js';

export const shownWebhook = ({
  processId: processDefinitionId,
  eventAt: _eventAt,
  secrets,
  ...rest
}: CountedWebhook): WebhookRow => ({ ...rest, processDefinitionId, secrets: secrets.length });

export const shownDelivery = ({ webhookId: _webhook, eventNumber: _number, ...rest }: Delivery) =>
  ({ ...rest, body: JSON.parse(rest.body) as unknown }) satisfies DeliveryRow;

export const shownHook = ({ secrets, ...rest }: Hook): HookRow => ({
  ...{ ...rest, secrets: secrets.length },
});
