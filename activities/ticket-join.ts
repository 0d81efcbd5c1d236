/**
 * `ticket.join`: puts a message into a ticket that is open. The ticket is locked meanwhile, and so is it by
 * `ticket.close`: whichever comes first, the message is answered in this ticket or starts one that goes on from it.
 */
import * as z from 'zod';
import type { Queryable } from '../store/index.js';
import { TICKET_MESSAGE } from '../store/index.js';
import { knownMessages, lockTicket, type TicketRow, ticketOfNumber } from '../store/tickets.js';
import { once, sideEffect } from './side-effect.js';
import { channelRowId, isoUtc, messageRow } from './ticket/message.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  /** Ticket that it is put into. */
  into: z.string(),
  /** Ticket that it comes from, if any. */
  fromTicket: z.string().nullish(),
  sourceId: z.string().min(1),
  author: z.string(),
  subject: z.string().nullish(),
  text: z.string(),
  attachments: z.array(z.json()).nullish(),
  at: z.iso.datetime({ offset: true }),
});

const MOST_MERGES = 10;

/** The ticket of an id, or of a number as mails show it, or the one that it became part of. */
async function livingTicket(
  tx: Queryable,
  customerId: string,
  named: string,
): Promise<TicketRow | null> {
  const byNumber = async (): Promise<TicketRow | null> => {
    const ticketId = await ticketOfNumber(tx, customerId, named);
    return ticketId === null ? null : lockTicket(tx, ticketId);
  };
  let ticket = (await lockTicket(tx, named)) ?? (await byNumber());
  for (let step = 0; step < MOST_MERGES && ticket?.mergedInto; step += 1) {
    ticket = await lockTicket(tx, ticket.mergedInto);
  }
  return ticket;
}

/**
 * `ticket.join`: → `{joined, joinedTo, closedId}`. It is not joined when there is no such ticket, when that is closed
 * (`closedId` names it), another customer's, or the one that it comes from.
 */
export const ticketJoin = sideEffect({
  type: 'ticket.join',
  describes: {
    title: 'Join tickets',
    says: 'Makes a ticket part of another.',
    output: {
      joined: 'whether it is',
      joinedTo: 'the other ticket',
      closedId: 'the closed one that it follows',
    },
  },
  input: INPUT,
  run: async ({ customerId, into, fromTicket, at, ...message }, job, deps) =>
    once(deps, job, 'ticket.join', { customerId, into }, async (tx) => {
      const ticket = await livingTicket(tx, customerId, into);
      const isTheirs = ticket !== null && ticket.customerId === customerId;
      if (!isTheirs || ticket.status === 'closed' || ticket.ticketId === fromTicket) {
        const closedId = isTheirs && ticket.status === 'closed' ? ticket.ticketId : null;
        return { joined: false, joinedTo: null, closedId };
      }
      const { ticketId } = ticket;
      const messageId = await channelRowId(deps, ticketId, message.sourceId);
      if (!(await knownMessages(tx, [messageId])).has(messageId)) {
        const place = { messageId, ticketId, customerId };
        const whole = {
          ...{ direction: 'in' as const, visibility: 'public' as const, auto: false },
          ...message,
        };
        await deps.record
          .within(tx)
          .table(TICKET_MESSAGE)
          .add([messageRow(place, whole, isoUtc(at))]);
      }
      return { joined: true, joinedTo: ticketId, closedId: null };
    }),
});
