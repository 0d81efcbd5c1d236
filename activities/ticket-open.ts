/** `ticket.open`: makes a ticket of a customer in the record. What was written comes with `ticket.record`. */
import * as z from 'zod';
import { TICKET } from '../store/index.js';
import { newId } from './identifiers.js';
import { once, sideEffect } from './side-effect.js';

/** What a ticket is, as the record takes it. */
export const TICKET_TYPE = z.enum(['question', 'incident', 'problem', 'request']);

/** How urgent it is, from urgent to low. */
export const TICKET_PRIORITY = z.enum(['P1', 'P2', 'P3', 'P4']);

const INPUT = z.object({
  customerId: z.string().min(1),
  contactId: z.string().min(1),
  type: TICKET_TYPE,
  component: z.string().nullish(),
  priority: TICKET_PRIORITY,
  channel: z.enum(['mail', 'web', 'chat', 'phone', 'api']),
  gateDecision: z.string().nullish(),
  followUpOf: z.string().nullish(),
});

/** `ticket.open`: → `{ticketId}`. Errors: `CUSTOMER_UNKNOWN`. */
export const ticketOpen = sideEffect({
  type: 'ticket.open',
  describes: {
    title: 'Open ticket',
    says: 'Makes a ticket of a customer.',
    output: { ticketId: 'the ticket' },
  },
  input: INPUT,
  run: async ({ component, gateDecision, followUpOf, ...ticket }, job, deps) =>
    once(deps, job, 'ticket.open', { customerId: ticket.customerId }, async (tx) => {
      const ticketId = newId(deps.now());
      const row = {
        ...{ ticketId, ...ticket, component: component ?? null, status: 'new' as const },
        ...{ assigneeId: null, gateDecision: gateDecision ?? null, incidentId: null },
        ...{ mergedInto: null, followUpOf: followUpOf ?? null, outcome: null },
        instanceId: job.instanceId,
      };
      await deps.record.within(tx).table(TICKET).add([row]);
      return { ticketId };
    }),
});
