/** What people type and read of calendars: hours of a day, times in their zone, years. Class: pure but for zone rules. */
import { dateOf, instantOf } from '../../../engine/calendars/wall-time.js';
import type { OpenWindow } from '../../../engine/model/index.js';

const WINDOW = /^((?:[01]\d|2[0-3]):[0-5]\d)\s*[-–]\s*((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** `09:00-13:00, 14:00-18:00` as windows; null: it is none. Nothing is a day that is closed. */
export function windowsIn(text: string): readonly OpenWindow[] | null {
  if (text.trim() === '') return [];
  const windows: OpenWindow[] = [];
  for (const part of text.split(',')) {
    const [, from, to] = WINDOW.exec(part.trim()) ?? [];
    if (from === undefined || to === undefined) return null;
    windows.push([from, to]);
  }
  return windows;
}

/** Windows as they are typed. */
export const windowsText = (windows: readonly OpenWindow[] = []): string =>
  windows.map(([from, to]) => `${from}-${to}`).join(', ');

/** Whether a zone is one that this machine knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone.includes('/') || zone === 'UTC';
  } catch {
    return false;
  }
}

/** Whether a text is a date that there is. */
export function isDate(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

const DAY_MS = 86_400_000;

/** The instant of a wall time in a zone, in milliseconds. @param local - `2026-03-02T10:00` */
export function instantIn(local: string, zone: string): number {
  const [date = '', time = '00:00'] = local.split('T');
  return instantOf(dateOf(Date.parse(`${date}T00:00:00Z`) / DAY_MS), time.slice(0, 5), zone);
}

/** An instant as clocks show it in a zone. */
export function shownIn(ms: number, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    ...({
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    } as const),
    ...({ hour: '2-digit', minute: '2-digit' } as const),
  }).format(ms);
}

/** Dates of another year; 29 February has none in most. */
export const inYear = (date: string, year: number): string | null => {
  const moved = `${year}${date.slice(4)}`;
  return isDate(moved) ? moved : null;
};
