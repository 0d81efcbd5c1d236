/**
 * Wall times to instants. A wall time that clocks skip is the first instant after the gap; one that they repeat is its
 * first occurrence. Class: pure but for the zone rules of the platform. Source: RFC 9557; docs/sla-clocks.md.
 */
import { Temporal } from 'temporal-polyfill/implementation';

/** A civil date. */
export type PlainDate = Temporal.PlainDate;

const EPOCH = Temporal.PlainDate.from('1970-01-01');

/** A date, by the number of days since 1970-01-01. */
export const dateOf = (number: number): PlainDate => EPOCH.add({ days: number });

/** The number of the civil date of an instant, in milliseconds, in a zone. */
export function dateNumberAt(ms: number, zone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return EPOCH.until(local.toPlainDate()).days;
}

/** First instant of a date in a zone, in milliseconds. */
export function startOfDate(date: PlainDate, zone: string): number {
  return date.toZonedDateTime(zone).epochMilliseconds;
}

/**
 * The instant of a wall time of a date, in milliseconds.
 *
 * @param time - `HH:MM`; `24:00` is the start of the next date
 */
export function instantOf(date: PlainDate, time: string, zone: string): number {
  if (time === '24:00') return startOfDate(date.add({ days: 1 }), zone);
  const wanted = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const earlier = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(wanted)) return earlier.epochMilliseconds;
  const end = earlier.getTimeZoneTransition('next');
  return (end ?? earlier).epochMilliseconds;
}

/** The instant on a date at which clocks show what they show at another instant; both in milliseconds. */
export function sameTimeOn(number: number, at: number, zone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return dateOf(number).toZonedDateTime({ timeZone: zone, plainTime: local.toPlainTime() })
    .epochMilliseconds;
}
