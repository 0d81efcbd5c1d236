import {
  armTimer,
  nextTimer,
  type TimerKind,
  type TimerSeries,
} from '../../../engine/triggers/timer/index.js';

/** Arms a timer that must be right. */
export function arm(kind: TimerKind, text: string, at: string, zone = 'UTC'): TimerSeries {
  const armed = armTimer(kind, text, { at, zone });
  if (!armed.ok) throw new Error(armed.fault.message);
  return armed.series;
}

/** The first `count` due times of a series whose firings are each handled `lateMs` late. */
export function dues(series: TimerSeries, count: number, lateMs = 0): string[] {
  const found: string[] = [];
  for (let due: TimerSeries | null = series; due !== null && found.length < count; ) {
    found.push(due.dueAt);
    due = nextTimer(due, new Date(Date.parse(due.dueAt) + lateMs).toISOString()).next;
  }
  return found;
}

/** What the wall shows in a zone, for reading: `2026-03-29T03:00+02:00`. */
export function local(instant: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(new Date(instant));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const offset = of('timeZoneName').replace(/^GMT(\+00:00)?/, '') || 'Z';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}${offset}`;
}
