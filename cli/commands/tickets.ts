/** `jornada search tickets`, `jornada get tickets KEY`. Exit codes: those of `search` and `get`. */
import type { ClockRow, TicketRow } from '../../contracts/control.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { plain, printOne, printRows } from '../output.js';
import { type Column, shownInstant, tableLines } from '../table.js';
import { pairs } from './get.js';
import { common, customerOption, given } from './search.js';

const STATUSES = ['new', 'open', 'pending', 'on-hold', 'solved', 'closed'];

/** Tickets, newest first. */
export async function searchTickets(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const status = textOption(options, 'status');
  if (status !== null && !STATUSES.includes(status)) {
    throw misuse(`--status to be of ${STATUSES.join(', ')}`, `it is '${status}'`);
  }
  const query = common(context, TICKET_COLUMNS, {
    ...given(options.status, 'status'),
    ...given(options.assignee, 'assigneeId'),
    ...given(options.priority, 'priority'),
    ...(await customerOption(context)),
  });
  await printRows(context, await client.call('searchTickets', query), TICKET_COLUMNS);
  return EXIT.done;
}

/** A ticket, and each of its clocks with the ledger of its time. */
export async function getTicket(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const answer = await context.client.call('getTicket', { key });
  const { ticket, messages, clocks } = answer;
  await printOne(context, answer, () => [
    ...pairs([
      ['Ticket', ticket.ticketId],
      ['Customer', ticket.customerId],
      ['Contact', ticket.contactId],
      ['Came by', ticket.channel],
      ['Type', ticket.type],
      ['Component', plain(ticket.component)],
      ['Priority', ticket.priority],
      ['Status', ticket.status],
      ['Outcome', plain(ticket.outcome)],
      ['Agent', plain(ticket.assigneeId)],
      ['Incident', plain(ticket.incidentId)],
      ['Merged into', plain(ticket.mergedInto)],
      ['Follows', plain(ticket.followUpOf)],
      ['Messages', String(messages)],
      ['Opened', shownInstant(ticket.createdAt)],
      ['Written', shownInstant(ticket.updatedAt)],
    ]),
    '',
    ...tableLines(CLOCK_COLUMNS, clocks, context.terminal),
    ...clocks.flatMap((clock) => [
      '',
      `${named(clock)}, as of ${shownInstant(clock.at)}:`,
      ...clock.why.map(explained),
    ]),
  ]);
  return EXIT.done;
}

const TICKET_COLUMNS: readonly Column<TicketRow>[] = [
  { title: 'KEY', field: 'ticketId', text: ({ ticketId }) => ticketId.slice(-8) },
  { title: 'STATUS', text: ({ status }) => status },
  { title: 'PRIORITY', text: ({ priority }) => priority },
  { title: 'TYPE', text: ({ type }) => type },
  { title: 'COMPONENT', text: ({ component }) => plain(component) },
  { title: 'AGENT', field: 'assigneeId', text: ({ assigneeId }) => plain(assigneeId) },
  { title: 'CUSTOMER', field: 'customerId', text: ({ customerId }) => customerId.slice(-8) },
  { title: 'OPENED', field: 'createdAt', text: ({ createdAt }) => shownInstant(createdAt) },
  { title: 'OUTCOME', text: ({ outcome }) => plain(outcome) },
];

const CLOCK_COLUMNS: readonly Column<ClockRow>[] = [
  { title: 'PROMISE', text: named },
  { title: 'POLICY', text: ({ policy }) => policy },
  { title: 'TARGET', text: ({ targetMs, basis }) => `${time(targetMs)} ${basis}` },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'DUE', text: ({ dueAt }) => shownInstant(dueAt) },
  { title: 'DONE', text: ({ fulfilledAt }) => shownInstant(fulfilledAt) },
  { title: 'MISSED', text: ({ breachedAt }) => shownInstant(breachedAt) },
  { title: 'COUNTED', text: ({ elapsedMs }) => time(elapsedMs) },
  { title: 'PAUSED', text: ({ pausedMs }) => time(pausedMs) },
];

function named({ metric, number }: ClockRow): string {
  return number === 1 ? metric : `${metric} ${number}`;
}

const REASONS: Readonly<Record<string, string>> = {
  weekly: 'open',
  override: 'open or closed on this date alone',
  holiday: 'holiday',
  closed: 'closed',
  always: 'every minute counts',
  pause: 'waits for the customer, or for somebody else',
};

function explained({ from, to, isCounted, reason }: ClockRow['why'][number]): string {
  const length = time(Date.parse(to) - Date.parse(from)).padStart(10);
  const why = REASONS[reason] ?? reason;
  return `  ${shownInstant(from)} to ${shownInstant(to)} ${length}  ${isCounted ? '+' : ' '} ${why}`;
}

/** Whole minutes as hours and minutes; less than an hour with its seconds. */
function time(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}
