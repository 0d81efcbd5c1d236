/**
 * SLA clocks: from the events of a ticket to what was promised, kept and missed. The same inputs give the same rows,
 * whenever they are computed; a timer is only an alarm that asks again.
 * Class: pure but for the zone rules of the platform. Source: docs/sla-clocks.md.
 */

import { ledgerOf } from './ledger.js';
import { METRICS } from './metrics.js';
import { rowOf } from './row.js';
import { noteBreach, type SlaClock } from './sla-clock.js';
import { applyUpdate, newTicket, type Rules } from './ticket.js';
import type { LedgerLine, SlaRow, TicketEvent } from './types.js';

/**
 * The clocks of a ticket at an instant, in the order of the metrics and of their beginnings. Events after it do not
 * count. A clock that was never promised anything is left out.
 *
 * @param now - ISO 8601
 */
export function slaRows(
  events: readonly TicketEvent[],
  rules: Rules,
  now: string,
): readonly SlaRow[] {
  const at = Date.parse(now);
  return clocksAt(events, rules, at)
    .filter(({ applied }) => applied.length > 0)
    .map((clock) => rowOf(clock, at));
}

/**
 * Every part of a clock's time until an instant: counted or not, and why. Empty: there is no such clock.
 *
 * @param of - metric and number of a row
 * @param now - ISO 8601
 */
export function slaLedger(
  events: readonly TicketEvent[],
  rules: Rules,
  now: string,
  of: Pick<SlaRow, 'metric' | 'number'>,
): readonly LedgerLine[] {
  const at = Date.parse(now);
  const clock = clocksAt(events, rules, at).find(
    ({ metric, number }) => metric === of.metric && number === of.number,
  );
  return clock === undefined ? [] : ledgerOf(clock, Math.min(at, clock.fulfilledAt ?? at));
}

const METRIC_ORDER = Object.keys(METRICS);

function clocksAt(events: readonly TicketEvent[], rules: Rules, now: number): readonly SlaClock[] {
  const ticket = newTicket();
  for (const update of updatesOf(events, now)) applyUpdate(ticket, update, rules);
  for (const clock of ticket.clocks) noteBreach(clock, now);
  const place = ({ metric }: SlaClock): number => METRIC_ORDER.indexOf(metric);
  return [...ticket.clocks].sort((one, other) => place(one) - place(other));
}

/** Events until an instant, by update, in the order in which they happened. */
function updatesOf(
  events: readonly TicketEvent[],
  until: number,
): readonly (readonly TicketEvent[])[] {
  const past = events
    .filter(({ at }) => Date.parse(at) <= until)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at) || one.seq - other.seq);
  const updates: TicketEvent[][] = [];
  for (const event of past) {
    const last = updates.at(-1);
    if (last?.[0]?.seq === event.seq) last.push(event);
    else updates.push([event]);
  }
  return updates;
}
