/**
 * `ticket.record`: writes what happened to a ticket into the record: its state, its events, what was written, and the
 * rows of its clocks that have changed. What is there already is left alone, so that nothing is lost or written twice
 * when two of these overlap.
 */
import * as z from 'zod';
import { TICKET } from '../store/index.js';
import { lockTicket } from '../store/tickets.js';
import { once, sideEffect } from './side-effect.js';
import { addEntries, ENTRY } from './ticket/entries.js';
import { addSlaRows, SLA_ROW } from './ticket/sla-rows.js';
import { TICKET_PRIORITY, TICKET_TYPE } from './ticket-open.js';

const STATUS = z.enum(['new', 'open', 'pending', 'on_hold', 'solved', 'closed']);

const INPUT = z.object({
  ticketId: z.string().min(1),
  customerId: z.string().min(1),
  entries: z.array(ENTRY),
  slaRows: z.array(SLA_ROW),
  ticket: z.object({
    type: TICKET_TYPE,
    component: z.string().nullable(),
    priority: TICKET_PRIORITY,
    status: STATUS,
    assigneeId: z.string().nullable(),
    incidentId: z.string().nullable(),
    gateDecision: z.string().nullable(),
    mergedInto: z.string().nullable(),
    outcome: z.enum(['closed', 'deflected', 'merged', 'spam']).nullable(),
  }),
});

/** `ticket.record`: → `{recordedUpTo}`, the number of the last event that is written. Errors: `CUSTOMER_ERASED`. */
export const ticketRecord = sideEffect({
  type: 'ticket.record',
  describes: {
    title: 'Record ticket',
    says: 'Writes what happened to a ticket.',
    output: { recordedUpTo: 'number of the last event' },
  },
  input: INPUT,
  run: async ({ ticketId, customerId, entries, slaRows, ticket }, job, deps) => {
    const request = { ticketId, upTo: entries.at(-1)?.event.no ?? 0 };
    return once(deps, job, 'ticket.record', request, async (tx) => {
      const record = deps.record.within(tx);
      const found = await lockTicket(tx, ticketId);
      const status = ticket.status === 'on_hold' ? ('on-hold' as const) : ticket.status;
      if (found)
        await record.table(TICKET).change([ticketId], found.version, { ...ticket, status });
      const place = { ticketId, customerId };
      const recordedUpTo = await addEntries(deps, tx, place, entries);
      await addSlaRows(tx, record, place, slaRows, new Date(deps.now()).toISOString());
      return { recordedUpTo };
    });
  },
});
