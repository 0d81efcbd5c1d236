/** Looking up tickets by what stands in the open. All of it goes through the transaction that it is given. */
import {
  and,
  count,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNull,
  like,
  max,
  ne,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { tableOf } from './customers/columns.js';
import {
  type ReadRow,
  TICKET,
  TICKET_EVENT,
  TICKET_MESSAGE,
  TICKET_SLA_ROW,
} from './customers/index.js';
import type { Queryable } from './database.js';
import { seesCustomer } from './portfolio/conditions.js';
import type { Viewer } from './portfolio/viewer.js';
import { type Page, type Search, search } from './search/index.js';

const TICKETS = tableOf(TICKET);
const EVENTS = tableOf(TICKET_EVENT);
const MESSAGES = tableOf(TICKET_MESSAGE);
const SLA_ROWS = tableOf(TICKET_SLA_ROW);

/** A ticket as it is read; it has nothing sealed. */
export type TicketRow = ReadRow<typeof TICKET>;

/** A clock's row as it is read. */
export type SlaRowRead = ReadRow<typeof TICKET_SLA_ROW>;

/** A ticket with what became of its promises. */
export interface WholeTicket {
  readonly ticket: TicketRow;
  readonly messages: number;
  readonly clocks: readonly SlaRowRead[];
}

/** Tickets as people look them up. */
export interface Tickets {
  /** Newest first. Errors: those of `search`. */
  readonly search: (query: Search) => Promise<Page<TicketRow>>;
  /** Null: there is none. */
  readonly get: (ticketId: string) => Promise<WholeTicket | null>;
  /** Some tickets with what became of their promises, by id. */
  readonly withClocks: (
    ticketIds: readonly string[],
  ) => Promise<ReadonlyMap<string, Omit<WholeTicket, 'messages'>>>;
}

const SEARCHABLE = {
  table: TICKETS,
  fields: getTableColumns(TICKETS) as Readonly<Record<string, AnyPgColumn>>,
  key: ['ticketId'],
  sort: [{ field: 'createdAt', order: 'DESC' }],
} as const;

/** Makes the group. @param seenBy - searches find tickets of customers whom they see; null: all */
export function createTickets(db: Queryable, seenBy: Viewer | null): Tickets {
  const isSeen = seenBy === null ? undefined : seesCustomer(sql`${TICKETS.customerId}`, seenBy);
  return {
    search: (query) => search<TicketRow, string>(db, SEARCHABLE, query, isSeen),
    get: async (ticketId) => {
      const [ticket] = await db.select().from(TICKETS).where(eq(TICKETS.ticketId, ticketId));
      if (!ticket) return null;
      const messages = await countMessages(db, ticketId);
      const clocks = await slaRowsOf(db, ticketId);
      return { ticket: { ...ticket, isErased: false } as unknown as TicketRow, messages, clocks };
    },
    withClocks: async (ticketIds) => {
      if (ticketIds.length === 0) return new Map();
      const rows = await db
        .select()
        .from(TICKETS)
        .where(inArray(TICKETS.ticketId, [...ticketIds]));
      const clocks = await newestRows(db, inArray(SLA_ROWS.ticketId, [...ticketIds]));
      return new Map(
        rows.map((row) => {
          const ticket = { ...row, isErased: false } as unknown as TicketRow;
          const own = clocks.filter(({ ticketId }) => ticketId === ticket.ticketId);
          return [ticket.ticketId, { ticket, clocks: own }];
        }),
      );
    },
  };
}

/** A ticket, locked until the transaction ends; null: there is none. */
export async function lockTicket(tx: Queryable, ticketId: string): Promise<TicketRow | null> {
  const [row] = await tx.select().from(TICKETS).where(eq(TICKETS.ticketId, ticketId)).for('update');
  return row ? ({ ...row, isErased: false } as unknown as TicketRow) : null;
}

/** Id of the ticket of a customer that goes by this number: the end of its id, in capitals or not. Null: none, or several. */
export async function ticketOfNumber(
  tx: Queryable,
  customerId: string,
  number: string,
): Promise<string | null> {
  const [, digits] = /^\[?#?([0-9a-f]{8})\]?$/i.exec(number.trim()) ?? [];
  if (digits === undefined) return null;
  const rows = await tx
    .select({ id: TICKETS.ticketId })
    .from(TICKETS)
    .where(
      and(eq(TICKETS.customerId, customerId), like(TICKETS.ticketId, `%${digits.toLowerCase()}`)),
    )
    .limit(2);
  return rows.length === 1 ? String(rows[0]?.id) : null;
}

/** Ids of what the customer wrote to a ticket. */
export async function customersMessages(
  tx: Queryable,
  ticketId: string,
): Promise<readonly string[]> {
  const rows = await tx
    .select({ id: MESSAGES.messageId })
    .from(MESSAGES)
    .where(
      and(
        eq(MESSAGES.ticketId, ticketId),
        eq(MESSAGES.direction, 'in'),
        eq(MESSAGES.visibility, 'public'),
      ),
    )
    .orderBy(MESSAGES.at, MESSAGES.messageId);
  return rows.map(({ id }) => String(id));
}

/** Those of some messages that are there. */
export async function knownMessages(
  tx: Queryable,
  messageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (messageIds.length === 0) return new Set();
  const rows = await tx
    .select({ id: MESSAGES.messageId })
    .from(MESSAGES)
    .where(inArray(MESSAGES.messageId, [...messageIds]));
  return new Set(rows.map(({ id }) => String(id)));
}

/** How many messages a ticket has. */
export async function countMessages(db: Queryable, ticketId: string): Promise<number> {
  const [row] = await db
    .select({ of: count() })
    .from(MESSAGES)
    .where(eq(MESSAGES.ticketId, ticketId));
  return row?.of ?? 0;
}

/** Number of the last event of a ticket that is written; 0: none. */
export async function lastEvent(tx: Queryable, ticketId: string): Promise<number> {
  const [row] = await tx
    .select({ seq: max(EVENTS.seq) })
    .from(EVENTS)
    .where(eq(EVENTS.ticketId, ticketId));
  return Number(row?.seq ?? 0);
}

/** The newest row of each clock of a ticket, in the order in which they began. */
export function slaRowsOf(db: Queryable, ticketId: string): Promise<readonly SlaRowRead[]> {
  return newestRows(db, eq(SLA_ROWS.ticketId, ticketId));
}

async function newestRows(db: Queryable, where: SQL): Promise<readonly SlaRowRead[]> {
  const rows = await db
    .select()
    .from(SLA_ROWS)
    .where(where)
    .orderBy(SLA_ROWS.startedAt, SLA_ROWS.metric, SLA_ROWS.number, desc(SLA_ROWS.revision));
  const newest = new Map<string, SlaRowRead>();
  for (const row of rows) {
    const key = `${row.ticketId} ${row.metric} ${row.number}`;
    if (!newest.has(key)) newest.set(key, { ...row, isErased: false } as unknown as SlaRowRead);
  }
  return [...newest.values()];
}

/** What an agent has in hand. */
export interface Load {
  readonly agent: string;
  readonly open: number;
  /** When a ticket of the agent last changed; null: never. */
  readonly lastAt: string | null;
}

/** What agents have in hand, in the order in which they are given. */
export async function loadOf(tx: Queryable, agents: readonly string[]): Promise<readonly Load[]> {
  if (agents.length === 0) return [];
  const mine = inArray(TICKETS.assigneeId, [...agents]);
  const rows = await tx
    .select({ agent: TICKETS.assigneeId, open: count(), lastAt: max(TICKETS.updatedAt) })
    .from(TICKETS)
    .where(and(mine, ne(TICKETS.status, 'closed')))
    .groupBy(TICKETS.assigneeId);
  return agents.map((agent) => {
    const found = rows.find((row) => row.agent === agent);
    return { agent, open: found?.open ?? 0, lastAt: found ? String(found.lastAt) : null };
  });
}

/** How many tickets of a kind came in since an instant, spam and what was merged left out. */
export async function countSimilar(
  tx: Queryable,
  { component, type, since }: { component: string | null; type: string; since: string },
): Promise<number> {
  if (component === null) return 0;
  const [row] = await tx
    .select({ of: count() })
    .from(TICKETS)
    .where(
      and(
        eq(TICKETS.component, component),
        eq(TICKETS.type, type as never),
        gte(TICKETS.createdAt, since),
        or(isNull(TICKETS.outcome), notInArray(TICKETS.outcome, ['spam', 'merged'])),
      ),
    );
  return row?.of ?? 0;
}

/** How often the gate let a contact through without training. */
export async function countGrace(tx: Queryable, contactId: string): Promise<number> {
  const [row] = await tx
    .select({ of: count() })
    .from(TICKETS)
    .where(and(eq(TICKETS.contactId, contactId), eq(TICKETS.gateDecision, 'allow_and_enrol')));
  return row?.of ?? 0;
}
