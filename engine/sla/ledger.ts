/** Every part of a clock's time, counted or not, and why. Class: pure but for the zone rules of the platform. */
import { type Calendars, explainInterval, isOpen } from '../calendars/index.js';
import { pausesOf } from './pauses.js';
import type { SlaClock } from './sla-clock.js';
import type { LedgerLine } from './types.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** The lines of a clock until `end`, in milliseconds. */
export function ledgerOf(clock: SlaClock, end: number): readonly LedgerLine[] {
  const runs = clock.spans.flatMap(({ from, to, calendars }) =>
    linesOf(calendars, from, Math.min(to ?? end, end)),
  );
  const pauses = pausesOf(clock, end).map(({ from, to }) => ({
    from: iso(from),
    to: iso(to),
    isCounted: false,
    reason: 'pause' as const,
  }));
  return [...runs, ...pauses].sort((one, other) => (one.from < other.from ? -1 : 1));
}

function linesOf(calendars: Calendars | null, from: number, to: number): readonly LedgerLine[] {
  if (to <= from) return [];
  if (calendars === null) {
    return [{ from: iso(from), to: iso(to), isCounted: true, reason: 'always' }];
  }
  return explainInterval(calendars, { from, to }).map((stretch) => ({
    from: iso(stretch.from),
    to: iso(stretch.to),
    isCounted: isOpen(stretch),
    reason: stretch.reason,
  }));
}
