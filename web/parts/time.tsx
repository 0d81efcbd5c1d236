/** Instants as people read them: how far away, and exactly on hover and for screen readers. */
import type { ReactNode } from 'react';
import { useLocale } from '../texts/texts.js';

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** How far an instant is from another: `in 2 hours`, `há 3 dias`. Class: pure. */
export function farFrom(at: number, now: number, locale: string): string {
  const seconds = (at - now) / 1000;
  const [unit, size] = STEPS.find(([, one]) => Math.abs(seconds) >= one) ?? ['second', 1];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return format.format(Math.trunc(seconds / size), unit);
}

/** An instant in the zone of this machine, exactly. Class: pure. */
export function exactly(at: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  return format.format(new Date(at));
}

/** The time of an instant, to the second; of another day than today with its date. Class: side effect (clock). */
export function timeOf(at: string, locale: string): string {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date().toDateString();
  return isToday ? time.toLocaleTimeString(locale) : exactly(at, locale);
}

/** Shows an instant. `isExact`: exactly, also without hovering. */
export function Time({
  at,
  isExact = false,
}: {
  readonly at: string;
  readonly isExact?: boolean;
}): ReactNode {
  const locale = useLocale();
  const exact = exactly(at, locale);
  return (
    <time dateTime={at} title={exact}>
      {isExact ? exact : farFrom(Date.parse(at), Date.now(), locale)}
    </time>
  );
}
