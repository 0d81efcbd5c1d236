/** When a clock stood still. Class: pure. */
import type { Calendars } from '../calendars/index.js';
import type { SlaClock } from './sla-clock.js';

/** A time in which a clock stood still, and by which calendar it would have counted; milliseconds. */
export interface Pause {
  readonly from: number;
  readonly to: number;
  readonly calendars: Calendars | null;
}

/** Times between the spans in which a clock ran, and after the last, until `end`. */
export function pausesOf({ spans, startedAt }: SlaClock, end: number): readonly Pause[] {
  let at = startedAt;
  const pauses: Pause[] = [];
  for (const { from, to, calendars } of spans) {
    if (from > at) pauses.push({ from: at, to: from, calendars });
    at = to ?? end;
  }
  if (end > at) pauses.push({ from: at, to: end, calendars: spans.at(-1)?.calendars ?? null });
  return pauses;
}
