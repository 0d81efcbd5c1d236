/** Messages of tickets as they come from a model, and the ids of their rows. */
import * as z from 'zod';
import type { Json } from '../../engine/model/index.js';
import type { RowOf, TICKET_MESSAGE } from '../../store/index.js';
import type { SideEffectDeps } from '../side-effect.js';

/** A message of an event. */
export const MESSAGE = z.object({
  direction: z.enum(['in', 'out']),
  visibility: z.enum(['public', 'internal']),
  auto: z.boolean(),
  author: z.string().max(320),
  subject: z.string().nullish(),
  text: z.string(),
  attachments: z.array(z.json()).nullish(),
  /** Id of the message in its channel: what tells one that was handed over twice. */
  sourceId: z.string().nullish(),
});

/** A message of an event. */
export type Message = z.infer<typeof MESSAGE>;

/** Id of the row of a message that came by a channel: the same whoever writes it, and it tells nothing. */
export async function channelRowId(
  { fingerprint }: SideEffectDeps,
  ticketId: string,
  sourceId: string,
): Promise<string> {
  return `${ticketId}.${(await fingerprint(`message ${sourceId}`)).slice(0, 24)}`;
}

/** The row of a message. */
export function messageRow(
  place: { readonly messageId: string; readonly ticketId: string; readonly customerId: string },
  { direction, visibility, auto, author, subject, text, attachments, sourceId }: Message,
  at: string,
): RowOf<typeof TICKET_MESSAGE> {
  return {
    ...place,
    ...{ direction, visibility, isAuto: auto, at, author, bodyRef: 'row', body: text },
    ...{ subject: subject ?? null, sourceId: sourceId ?? null },
    attachments: (attachments ?? []) as Json as never,
  };
}

/** An instant as the record keeps it. */
export const isoUtc = (text: string): string => new Date(text).toISOString();
