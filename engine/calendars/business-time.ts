/**
 * Business time: real time that passes inside the windows of a calendar, to the millisecond.
 * Class: pure but for the zone rules of the platform.
 */
import type { Calendars } from '../model/index.js';
import { type Interval, isOpen, type Stretch, stretches } from './open-hours.js';

const DAY_MS = 86_400_000;

/** A calendar in which nothing is open for so long has nothing open at all. */
export const SEARCHED_DAYS = 400;

/** Milliseconds of an interval that count; without a calendar all do. */
export function businessMsIn(calendars: Calendars | null, { from, to }: Interval): number {
  if (calendars === null) return Math.max(0, to - from);
  let sum = 0;
  for (const stretch of cut(calendars, { from, to })) {
    if (isOpen(stretch)) sum += stretch.to - stretch.from;
  }
  return sum;
}

/**
 * First instant at which so much business time has passed since `from`; reached exactly at closing, it is the closing
 * instant. Null: nothing is open within `SEARCHED_DAYS` on the way there.
 *
 * @param from - milliseconds
 * @param amount - milliseconds; what is not above zero is reached at once
 */
export function businessTimeAfter(
  calendars: Calendars | null,
  from: number,
  amount: number,
): number | null {
  if (calendars === null || amount <= 0) return from + Math.max(0, amount);
  let left = amount;
  let lastOpen = from;
  for (const stretch of stretches(calendars, from)) {
    const length = stretch.to - stretch.from;
    if (isOpen(stretch)) {
      if (length >= left) return stretch.from + left;
      left -= length;
      lastOpen = stretch.to;
    } else if (stretch.to - lastOpen > SEARCHED_DAYS * DAY_MS) return null;
  }
  return null;
}

/** An interval, cut into what is open and what is closed, with the reasons; neighbours of one reason are one. */
export function explainInterval(calendars: Calendars, interval: Interval): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of cut(calendars, interval)) {
    const last = all.at(-1);
    if (last?.reason === stretch.reason) all[all.length - 1] = { ...last, to: stretch.to };
    else all.push(stretch);
  }
  return all;
}

function* cut(calendars: Calendars, { from, to }: Interval): Generator<Stretch> {
  if (to <= from) return;
  for (const stretch of stretches(calendars, from)) {
    yield stretch.to > to ? { ...stretch, to } : stretch;
    if (stretch.to >= to) return;
  }
}
