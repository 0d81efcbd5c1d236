/**
 * A ticket, followed update by update: who waits for whom, and which clocks that starts, stops and ends.
 * Class: pure but for the zone rules of the platform.
 */
import type { Calendars } from '../calendars/index.js';
import { METRICS, type MetricRule } from './metrics.js';
import { type HoldsTest, policyFor } from './policy.js';
import {
  type AppliedTarget,
  dueAt,
  fulfil,
  noteBreach,
  reopen,
  type SlaClock,
  setRunning,
  setTarget,
  startClock,
} from './sla-clock.js';
import type { FieldValue, Metric, Policy, PolicyList, TicketEvent, TicketStatus } from './types.js';

/** What the clocks of a ticket are counted by. */
export interface Rules {
  readonly lists: readonly PolicyList[];
  /** By name. */
  readonly calendars: Readonly<Record<string, Calendars>>;
  /** Judges the FEEL unary tests of policies; left out where there are none. */
  readonly holds?: HoldsTest;
}

/** A ticket as it stands. */
export interface Ticket {
  readonly clocks: SlaClock[];
  readonly fields: Record<string, FieldValue>;
  status: TicketStatus;
  /** The customer has written to us. */
  hasWritten: boolean;
  /** An agent has answered the customer. */
  hasReplied: boolean;
  /** Since when a message waits for an answer that is not the first; milliseconds. */
  waitingSince: number | null;
}

/** Makes a ticket of which nothing is known. */
export const newTicket = (): Ticket => ({
  clocks: [],
  fields: {},
  status: 'new',
  hasWritten: false,
  hasReplied: false,
  waitingSince: null,
});

/**
 * Applies the events of one update, all of one instant: what the ticket is, then the customer's message, then the
 * agent's reply, then its status. So a reply that also makes it wait for the customer fulfils first and pauses then.
 */
export function applyUpdate(ticket: Ticket, update: readonly TicketEvent[], rules: Rules): void {
  const at = Date.parse(update[0]?.at ?? '');
  for (const clock of ticket.clocks) noteBreach(clock, at);
  const before = new Set(ticket.clocks);
  for (const event of known(update)) learn(ticket, event, at);
  const policy = policyFor(rules.lists, ticket.fields, at, rules.holds);
  retarget(ticket, policy, rules, at);
  if (update.some(({ type }) => type === 'customer_reply')) customerWrites(ticket, at);
  for (const event of update) if (isReply(event)) agentReplies(ticket, at);
  for (const event of update) if (event.type === 'status') becomes(ticket, event.to, at);
  waitAgain(ticket, at);
  dropInstant(ticket, before);
  retarget(ticket, policy, rules, at);
  for (const clock of ticket.clocks) {
    if (clock.target?.appliedAt === at) clock.target.dueWhenApplied = dueAt(clock);
  }
}

const isReply = (event: TicketEvent): boolean =>
  event.type === 'agent_reply' && event.public && event.auto !== true;

/** What an update tells about the ticket itself: its creation first. */
const known = (update: readonly TicketEvent[]): readonly Known[] =>
  (['created', 'field', 'priority'] as const).flatMap((type) =>
    update.filter((event): event is Known => event.type === type),
  );

type Known = Extract<TicketEvent, { readonly type: 'created' | 'field' | 'priority' }>;

function learn(ticket: Ticket, event: Known, at: number): void {
  if (event.type === 'priority') ticket.fields.priority = event.to;
  else if (event.type === 'field') ticket.fields[event.name] = event.to;
  else {
    Object.assign(ticket.fields, event.fields, { priority: event.priority });
    for (const metric of startingWith('created')) start(ticket, metric, at);
    if (event.by === 'customer') customerWrites(ticket, at);
    becomes(ticket, event.status, at);
  }
}

function customerWrites(ticket: Ticket, at: number): void {
  if (ticket.hasReplied) ticket.waitingSince ??= at;
  else if (!ticket.hasWritten) {
    for (const metric of startingWith('customer-waits-first')) start(ticket, metric, at);
  }
  ticket.hasWritten = true;
}

function agentReplies(ticket: Ticket, at: number): void {
  endWhere(ticket, ({ byReply }) => byReply, at);
  ticket.waitingSince = null;
  ticket.hasReplied ||= ticket.hasWritten;
  if (ticket.status === 'solved') return;
  for (const metric of startingWith('public-reply')) start(ticket, metric, at);
}

function becomes(ticket: Ticket, status: TicketStatus, at: number): void {
  const wasSolved = ticket.status === 'solved';
  ticket.status = status;
  if (status === 'solved') {
    endWhere(ticket, ({ bySolving }) => bySolving, at);
    if (!wasSolved) ticket.waitingSince = null;
  }
  for (const clock of ticket.clocks) {
    const { resumes, pausedIn } = METRICS[clock.metric];
    if (wasSolved && status !== 'solved' && resumes) reopen(clock);
    if (clock.fulfilledAt === null) setRunning(clock, !pausedIn.includes(status), at);
  }
}

/** A message that waits makes a clock once the ticket is not solved. */
function waitAgain(ticket: Ticket, at: number): void {
  const { waitingSince, status } = ticket;
  if (waitingSince === null || status === 'solved') return;
  for (const metric of startingWith('customer-waits-again')) {
    const runs = ticket.clocks.some((one) => one.metric === metric && one.fulfilledAt === null);
    if (!runs) start(ticket, metric, Math.min(waitingSince, at));
  }
}

const startingWith = (start: MetricRule['start']): readonly Metric[] =>
  (Object.keys(METRICS) as Metric[]).filter((metric) => METRICS[metric].start === start);

function start(ticket: Ticket, metric: Metric, at: number): void {
  const number = ticket.clocks.filter((clock) => clock.metric === metric).length + 1;
  const clock = startClock(metric, number, at);
  setRunning(clock, !METRICS[metric].pausedIn.includes(ticket.status), at);
  ticket.clocks.push(clock);
}

function endWhere(ticket: Ticket, ends: (rule: MetricRule) => boolean, at: number): void {
  for (const clock of ticket.clocks) {
    if (clock.fulfilledAt === null && ends(METRICS[clock.metric])) fulfil(clock, at);
  }
}

/** A clock that would start and end in one update is none. */
function dropInstant({ clocks }: Ticket, before: ReadonlySet<SlaClock>): void {
  const kept = clocks.filter((clock) => before.has(clock) || clock.fulfilledAt === null);
  clocks.splice(0, clocks.length, ...kept);
}

function retarget(ticket: Ticket, policy: Policy | null, rules: Rules, at: number): void {
  for (const clock of ticket.clocks) {
    if (clock.fulfilledAt !== null) continue;
    const target = policy === null ? null : targetOf(policy, clock.metric, ticket, rules, at);
    if (!isSame(clock.target, target)) setTarget(clock, target, at);
  }
}

function targetOf(
  { title, version, calendar, metrics }: Policy,
  metric: Metric,
  { fields }: Ticket,
  { calendars }: Rules,
  at: number,
): AppliedTarget | null {
  const promise = metrics[metric];
  const target = promise?.targets[String(fields.priority ?? '')];
  if (promise === undefined || target === undefined) return null;
  const { warnPercent } = promise;
  const counted = target.hours === 'calendar' ? null : (calendars[calendar] ?? []);
  return {
    ...target,
    title,
    version,
    calendars: counted,
    warnPercent,
    appliedAt: at,
    dueWhenApplied: null,
  };
}

const isSame = (one: AppliedTarget | null, other: AppliedTarget | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    one.title === other.title &&
    one.version === other.version &&
    one.minutes === other.minutes &&
    one.hours === other.hours &&
    one.calendars === other.calendars);
