/** Rows of clocks as they come from a model; a row that says nothing new is not written again. */
import * as z from 'zod';
import { type Queryable, type RecordTables, TICKET_SLA_ROW } from '../../store/index.js';
import { type SlaRowRead, slaRowsOf } from '../../store/tickets.js';

const AT = z.iso.datetime({ offset: true }).nullable();

/** A row of `sla clocks`, with the ledger of its clock. */
export const SLA_ROW = z.object({
  metric: z.string(),
  number: z.number().int().positive(),
  policy: z.string(),
  target: z.number().nonnegative(),
  basis: z.enum(['business', 'calendar']),
  state: z.enum(['running', 'paused', 'met', 'breached', 'withdrawn', 'unreachable']),
  startedAt: z.iso.datetime({ offset: true }),
  dueAt: AT,
  fulfilledAt: AT,
  breachedAt: AT,
  elapsedMinutes: z.number(),
  pausedMinutes: z.number(),
  why: z.array(
    z.object({ from: z.string(), to: z.string(), isCounted: z.boolean(), reason: z.string() }),
  ),
});

/** Adds the rows that differ from the newest of their clocks. @param at - when they were computed, ISO 8601 */
export async function addSlaRows(
  tx: Queryable,
  record: RecordTables,
  place: { readonly ticketId: string; readonly customerId: string },
  rows: readonly z.infer<typeof SLA_ROW>[],
  at: string,
): Promise<void> {
  const before = new Map(
    (await slaRowsOf(tx, place.ticketId)).map((row) => [`${row.metric} ${row.number}`, row]),
  );
  const fresh = rows.flatMap(({ target, elapsedMinutes, pausedMinutes, ...row }) => {
    const last = before.get(`${row.metric} ${row.number}`);
    const targetMs = Math.round(target * 60_000);
    if (last !== undefined && isSame(last, { ...row, targetMs })) return [];
    return [
      {
        ...{ ...place, ...row, targetMs, revision: (last?.revision ?? 0) + 1, at },
        elapsedMs: Math.round(elapsedMinutes * 60_000),
        pausedMs: Math.round(pausedMinutes * 60_000),
      },
    ];
  });
  await record.table(TICKET_SLA_ROW).add(fresh);
}

const TOLD = [
  'policy',
  'targetMs',
  'basis',
  'state',
  'dueAt',
  'fulfilledAt',
  'breachedAt',
] as const;

function isSame(one: SlaRowRead, other: Pick<SlaRowRead, (typeof TOLD)[number]>): boolean {
  return TOLD.every((name) => one[name] === other[name]);
}
