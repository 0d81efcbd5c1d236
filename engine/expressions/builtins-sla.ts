/**
 * Built-ins about SLA clocks, which count by the calendars of the package. Not of the standard; see docs/feel.md and
 * docs/sla-clocks.md.
 */
import {
  METRICS,
  rulesOf,
  slaLedger,
  slaRows,
  slaSteps,
  type TargetRow,
  type TicketEvent,
} from '../sla/index.js';
import { type Builtins, builtin, invalid, listOf, text, whole } from './builtin.js';
import { FeelDateTime } from './feelin.js';
import { toJson } from './json.js';
import { type Runtime, TEMPORAL_STEPS, type Value } from './runtime.js';
import { instantIn, parseDateTime } from './temporal.js';
import { type Context, describe, isContext } from './values.js';

/** What one event of a ticket costs, in steps: it may look at months of a calendar. */
const EVENT_STEPS = 2 * TEMPORAL_STEPS;

/** ISO 8601 UTC of a date and time, or of its text. */
function instant(name: string, value: Value): string {
  const found = value instanceof FeelDateTime ? value : parseDateTime(text(name, value));
  if (found === null) return invalid(name, `${describe(value)} is no date and time`);
  return new Date(instantIn(found, 'UTC')).toISOString();
}

/** Items of a list as JSON, each a context with the fields that are named. */
function contexts(name: string, what: string, value: Value, needed: readonly string[]): Context[] {
  return listOf(name, value).map((item, index) => {
    if (!isContext(item)) return invalid(name, `${what} ${index + 1} is ${describe(item)}`);
    const missing = needed.find((field) => item[field] === undefined || item[field] === null);
    if (missing !== undefined) return invalid(name, `${what} ${index + 1} has no '${missing}'`);
    return item;
  });
}

/** What becomes of each kind of event that a clock knows; others count for nothing. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  created: ['priority', 'status', 'by'],
  agent_reply: ['public'],
  customer_reply: [],
  status: ['to'],
  priority: ['to'],
  field: ['name'],
};

const STATUSES: readonly unknown[] = ['new', 'open', 'pending', 'on_hold', 'solved'];

function eventsOf(name: string, value: Value, runtime: Runtime): readonly TicketEvent[] {
  const events = contexts(name, 'event', value, ['seq', 'at', 'type']);
  runtime.spend(EVENT_STEPS * (events.length + 1));
  return events.flatMap((event) => {
    const needed = NEEDED[String(event.type)];
    if (needed === undefined) return [];
    contexts(name, 'an event', [event], needed);
    const { type, status, to } = event;
    const told = type === 'created' ? status : type === 'status' ? to : 'new';
    if (!STATUSES.includes(told)) invalid(name, 'an event tells a status that there is not');
    const plain = toJson(event, runtime) as object;
    return [{ ...plain, at: instant(name, event.at) } as TicketEvent];
  });
}

const TARGET = ['policy', 'metric', 'priority', 'minutes', 'hours', 'calendar', 'warnAt'];

function rules(name: string, value: Value, runtime: Runtime) {
  const rows = contexts(name, 'target', value, TARGET);
  const { calendars = {} } = runtime.scope;
  for (const { metric, minutes, hours, calendar, warnAt } of rows) {
    if (!Object.hasOwn(METRICS, String(metric))) invalid(name, `'${metric}' is no metric`);
    if (typeof minutes !== 'number' || minutes < 0) invalid(name, 'minutes are no amount');
    if (hours !== 'business' && hours !== 'calendar') invalid(name, `'${hours}' are no hours`);
    if (!Object.hasOwn(calendars, String(calendar))) {
      invalid(name, `there is no calendar '${calendar}'`);
    }
    if (!Array.isArray(warnAt) || warnAt.some((percent) => typeof percent !== 'number')) {
      invalid(name, 'warnAt is no list of percentages');
    }
  }
  return rulesOf(toJson(rows, runtime) as unknown as readonly TargetRow[], calendars);
}

/** The table of these built-ins. */
export const SLA_BUILTINS: Builtins = {
  'sla clocks': builtin(['events', 'targets', 'at'], ([events, targets, at], runtime) => {
    const name = 'sla clocks';
    const now = instant(name, at);
    const rows = slaRows(eventsOf(name, events, runtime), rules(name, targets, runtime), now);
    const { reached, nextAt } = slaSteps(rows, now);
    return { rows, reached, nextAt };
  }),
  'sla ledger': builtin(
    ['events', 'targets', 'at', 'metric', 'number'],
    ([events, targets, at, metric, number], runtime) => {
      const name = 'sla ledger';
      const of = {
        metric: text(name, metric) as keyof typeof METRICS,
        number: whole(name, number),
      };
      const ticket = eventsOf(name, events, runtime);
      return slaLedger(ticket, rules(name, targets, runtime), instant(name, at), of);
    },
  ),
};
