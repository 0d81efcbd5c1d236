/**
 * `ticket.close`: closes a ticket, unless the customer wrote something that its process does not know: that is what
 * `ticket.join` put there in between, and it is handed back instead.
 */
import * as z from 'zod';
import type { Json } from '../engine/model/index.js';
import { type Queryable, TICKET, TICKET_MESSAGE } from '../store/index.js';
import { countSimilar, customersMessages, lockTicket } from '../store/tickets.js';
import { once, type SideEffectDeps, sideEffect } from './side-effect.js';
import { channelRowId } from './ticket/message.js';
import { TICKET_TYPE } from './ticket-open.js';

const INPUT = z.object({
  ticketId: z.string().min(1),
  /** Messages of channels that the process has taken. */
  known: z.array(z.string()),
  component: z.string().nullish(),
  type: TICKET_TYPE,
  /** Days in which tickets of a kind are counted. */
  days: z.number().int().positive(),
});

/** What the customer wrote and nobody has read, oldest first. */
async function missedMessages(
  deps: SideEffectDeps,
  tx: Queryable,
  ticketId: string,
  known: readonly string[],
): Promise<readonly Json[]> {
  const taken = new Set(await Promise.all(known.map((id) => channelRowId(deps, ticketId, id))));
  const table = deps.record.within(tx).table(TICKET_MESSAGE);
  const found: Json[] = [];
  for (const id of await customersMessages(tx, ticketId)) {
    const row = taken.has(id) ? null : await table.get(id);
    if (row === null || row.isErased || row.sourceId === null) continue;
    const { author, body, sourceId, attachments, at } = row;
    found.push({ author, text: body ?? '', sourceId, attachments: attachments as Json, at });
  }
  return found;
}

/** `ticket.close`: → `{isClosed, missed, similar}`; `similar` counts tickets of its kind, this one among them. */
export const ticketClose = sideEffect({
  type: 'ticket.close',
  describes: {
    title: 'Close ticket',
    says: 'Closes a ticket, unless somebody wrote meanwhile.',
    output: {
      isClosed: 'whether it is closed',
      missed: 'what was not read',
      similar: 'tickets of its kind',
    },
  },
  input: INPUT,
  run: async ({ ticketId, known, component, type, days }, job, deps) =>
    once(deps, job, 'ticket.close', { ticketId }, async (tx) => {
      const ticket = await lockTicket(tx, ticketId);
      const missed = await missedMessages(deps, tx, ticketId, known);
      if (missed.length > 0) return { isClosed: false, missed: [...missed], similar: 0 };
      if (ticket) {
        const change = { status: 'closed', outcome: 'closed' } as const;
        await deps.record.within(tx).table(TICKET).change([ticketId], ticket.version, change);
      }
      const since = new Date(deps.now() - days * 86_400_000).toISOString();
      const similar = await countSimilar(tx, { component: component ?? null, type, since });
      return { isClosed: true, missed: [], similar };
    }),
});
