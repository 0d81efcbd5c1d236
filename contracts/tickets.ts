/** What is said over the control socket of tickets: rows of the record, which hold nothing personal. */
import { z } from 'zod';

const maybe = z.string().nullable();

/** A ticket. */
export const ticketRow = z.object({
  ticketId: z.string(),
  customerId: z.string(),
  contactId: z.string(),
  type: z.string(),
  component: maybe,
  priority: z.string(),
  status: z.string(),
  assigneeId: maybe,
  channel: z.string(),
  gateDecision: maybe,
  incidentId: maybe,
  mergedInto: maybe,
  followUpOf: maybe,
  outcome: maybe,
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** A part of a clock's time, and why it counts or does not. */
export const ledgerLine = z.object({
  from: z.string(),
  to: z.string(),
  isCounted: z.boolean(),
  reason: z.string(),
});

/** What became of a promise, as of `at`. */
export const clockRow = z.object({
  metric: z.string(),
  number: z.number(),
  policy: z.string(),
  targetMs: z.number(),
  basis: z.string(),
  state: z.string(),
  startedAt: z.string(),
  dueAt: maybe,
  fulfilledAt: maybe,
  breachedAt: maybe,
  elapsedMs: z.number(),
  pausedMs: z.number(),
  at: z.string(),
  why: z.array(ledgerLine).readonly(),
});

export type TicketRow = z.infer<typeof ticketRow>;
export type ClockRow = z.infer<typeof clockRow>;
