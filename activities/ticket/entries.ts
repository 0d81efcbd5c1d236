/** Events of a ticket and what was written with them, as rows. */
import * as z from 'zod';
import { type Queryable, TICKET_EVENT, TICKET_MESSAGE } from '../../store/index.js';
import { knownMessages, lastEvent } from '../../store/tickets.js';
import type { SideEffectDeps } from '../side-effect.js';
import { channelRowId, isoUtc, MESSAGE, messageRow } from './message.js';

/** One event, and its message. */
export const ENTRY = z.object({
  event: z.object({
    /** Counts the events of the ticket from 1. */
    no: z.number().int().positive(),
    at: z.iso.datetime({ offset: true }),
    type: z.string().min(1),
    /** Name of the field that it changes. */
    name: z.string().nullish(),
    from: z.string().nullish(),
    to: z.string().nullish(),
    by: z.string().nullish(),
  }),
  message: MESSAGE.nullish(),
});

type Entry = z.infer<typeof ENTRY>;

/** Writes those that are not there yet. @returns the number of the last event that is written */
export async function addEntries(
  deps: SideEffectDeps,
  tx: Queryable,
  place: { readonly ticketId: string; readonly customerId: string },
  entries: readonly Entry[],
): Promise<number> {
  const last = await lastEvent(tx, place.ticketId);
  const fresh = entries.filter(({ event }) => event.no > last);
  const record = deps.record.within(tx);
  await record.table(TICKET_EVENT).add(fresh.map(({ event }) => ({ ...place, ...columns(event) })));
  const rows = await Promise.all(
    fresh.flatMap(({ event, message }) => (message ? [rowOf(deps, place, event, message)] : [])),
  );
  const known = await knownMessages(
    tx,
    rows.map(({ messageId }) => messageId),
  );
  await record.table(TICKET_MESSAGE).add(rows.filter(({ messageId }) => !known.has(messageId)));
  return Math.max(last, fresh.at(-1)?.event.no ?? 0);
}

const columns = ({ no, type, name, from, to, by, at }: Entry['event']) => ({
  ...{ seq: no, type: name ?? type, from: from ?? null, to: to ?? null, by: by ?? null },
  at: isoUtc(at),
});

async function rowOf(
  deps: SideEffectDeps,
  place: { readonly ticketId: string; readonly customerId: string },
  { no, at }: Entry['event'],
  message: NonNullable<Entry['message']>,
) {
  const { sourceId } = message;
  const messageId =
    sourceId === null || sourceId === undefined
      ? `${place.ticketId}.${no}`
      : await channelRowId(deps, place.ticketId, sourceId);
  return messageRow({ ...place, messageId }, message, isoUtc(at));
}
