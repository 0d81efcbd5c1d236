import type { Calendar } from '../../engine/calendars/index.js';
import { evaluateUnaryTests } from '../../engine/expressions/index.js';
import type {
  Metric,
  Policy,
  Rules,
  SlaRow,
  Target,
  TicketEvent,
  TicketStatus,
} from '../../engine/sla/index.js';
import { slaRows } from '../../engine/sla/index.js';

/** Monday; times of day in tests are of this date, in UTC. */
const DAY = '2026-03-02';

/** `10:30` → an instant of the day; `+1 10:30` of a day later. */
export function instant(text: string): string {
  const [, days = '0', time = ''] = /^(?:\+(\d+) )?(\d\d:\d\d)$/.exec(text) ?? [];
  const date = new Date(`${DAY}T${time}:00Z`);
  date.setUTCDate(date.getUTCDate() + Number(days));
  return date.toISOString();
}

/** One update: a time, and what happened: `created high`, `reply`, `note`, `auto`, `customer`, `status pending`, … */
export type Update = readonly [time: string, ...events: string[]];

/** The events of updates, numbered in their order. */
export const ticket = (...updates: readonly Update[]): readonly TicketEvent[] =>
  updates.flatMap(([time, ...events], index) =>
    events.map((text) => ({ seq: index + 1, at: instant(time), ...eventOf(text) }) as TicketEvent),
  );

function eventOf(text: string): object {
  const [word = '', first = '', second = ''] = text.split(' ');
  const status = (second || 'new') as TicketStatus;
  const table: Readonly<Record<string, object>> = {
    created: { type: 'created', priority: first || 'normal', status, by: 'customer' },
    'created-by-us': { type: 'created', priority: first || 'normal', status, by: 'us' },
    reply: { type: 'agent_reply', public: true },
    note: { type: 'agent_reply', public: false },
    auto: { type: 'agent_reply', public: true, auto: true },
    customer: { type: 'customer_reply' },
    status: { type: 'status', to: first },
    priority: { type: 'priority', to: first },
    field: { type: 'field', name: first, to: second },
  };
  const found = table[word];
  if (found === undefined) throw new Error(`no event '${text}'`);
  return found;
}

/** Mondays to Fridays from nine to five, UTC. */
export const DESK: Calendar = {
  tz: 'UTC',
  version: 3,
  validFrom: '2026-01-01T00:00:00Z',
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]),
  ),
  dateOverrides: {},
  holidays: [],
};

/** A policy of one metric; minutes by priority, calendar hours where the number is followed by `c`. */
export const policy = (
  metric: Metric,
  targets: Readonly<Record<string, number | `${number}c`>>,
  more: Partial<Policy> & { readonly warnPercent?: readonly number[] } = {},
): Policy => {
  const { warnPercent = [], ...rest } = more;
  const read = (text: number | string): Target => ({
    minutes: Number.parseInt(String(text), 10),
    hours: String(text).endsWith('c') ? 'calendar' : 'business',
  });
  const byPriority = Object.entries(targets).map(([name, text]) => [name, read(text)] as const);
  return {
    title: 'standard',
    version: 1,
    calendar: 'desk',
    when: {},
    metrics: { [metric]: { targets: Object.fromEntries(byPriority), warnPercent } },
    ...rest,
  };
};

/** Rules of some policies on the desk's calendar. */
export const rules = (...policies: readonly Policy[]): Rules => ({
  lists: [{ validFrom: '2026-01-01T00:00:00Z', policies }],
  calendars: { desk: [DESK] },
  holds: (test, value, fields, at) => {
    const lookup = (name: string) => fields[name];
    const verdict = evaluateUnaryTests(test, value, { at, zone: 'UTC', seed: 'sla', lookup });
    return 'value' in verdict && verdict.value === true;
  },
});

/** The rows at a time. */
export const rowsAt = (
  events: readonly TicketEvent[],
  of: Rules,
  time: string,
): readonly SlaRow[] => slaRows(events, of, instant(time));
