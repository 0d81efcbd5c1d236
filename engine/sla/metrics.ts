/** The metrics, as a table: what starts a clock, what fulfils it, where it stands still. Class: pure. */
import type { Metric, TicketStatus } from './types.js';

/** What starts a clock. */
type Start = 'created' | 'customer-waits-first' | 'customer-waits-again' | 'public-reply';

/** What a metric counts. */
export interface MetricRule {
  readonly start: Start;
  /** A public reply of an agent fulfils it. */
  readonly byReply: boolean;
  /** Being solved fulfils it. */
  readonly bySolving: boolean;
  readonly pausedIn: readonly TicketStatus[];
  /** Whether reopening the ticket makes the same clock go on. */
  readonly resumes: boolean;
}

const of = (
  start: Start,
  fulfilled: 'reply' | 'solving' | 'both',
  pausedIn: readonly TicketStatus[],
  resumes = false,
): MetricRule => ({
  start,
  byReply: fulfilled !== 'solving',
  bySolving: fulfilled !== 'reply',
  pausedIn,
  resumes,
});

/** The rule of each metric, in the order in which rows come. */
export const METRICS: Readonly<Record<Metric, MetricRule>> = {
  first_reply: of('customer-waits-first', 'reply', []),
  next_reply: of('customer-waits-again', 'both', []),
  periodic_update: of('public-reply', 'both', []),
  pausable_update: of('public-reply', 'both', ['pending']),
  requester_wait: of('created', 'solving', ['pending', 'solved'], true),
  agent_work: of('created', 'solving', ['pending', 'on_hold', 'solved'], true),
  resolution: of('created', 'solving', ['solved'], true),
  first_resolution: of('created', 'solving', []),
};
