/**
 * What is promised, as the rows of a decision table: one row a policy, metric and priority. Which policy counts, the
 * ticket's field `policy` says, so that another contract is an event like any other. Class: pure.
 */
import type { Calendars } from '../calendars/index.js';
import type { Rules } from './ticket.js';
import type { Metric, MetricPolicy, Policy, Target } from './types.js';

/** One promise. */
export interface TargetRow {
  /** Title of its policy; it counts for tickets whose field `policy` is this. */
  readonly policy: string;
  readonly metric: Metric;
  readonly priority: string;
  readonly minutes: number;
  readonly hours: Target['hours'];
  /** Name of the calendar of business hours. */
  readonly calendar: string;
  /** Percentages of the target at which somebody is told. */
  readonly warnAt: readonly number[];
}

/** The rules that rows make. */
export function rulesOf(
  rows: readonly TargetRow[],
  calendars: Readonly<Record<string, Calendars>>,
): Rules {
  const titles = [...new Set(rows.map(({ policy }) => policy))];
  const policies = titles.map((title) =>
    policyOf(
      title,
      rows.filter(({ policy }) => policy === title),
    ),
  );
  return { lists: [{ validFrom: '1970-01-01T00:00:00Z', policies }], calendars };
}

function policyOf(title: string, rows: readonly TargetRow[]): Policy {
  const metrics: Partial<Record<Metric, MetricPolicy>> = {};
  for (const { metric, priority, minutes, hours, warnAt } of rows) {
    const targets = { ...metrics[metric]?.targets, [priority]: { minutes, hours } };
    metrics[metric] = { targets, warnPercent: warnAt };
  }
  const calendar = rows[0]?.calendar ?? '';
  return { title, version: 1, calendar, when: { policy: title }, metrics };
}
