/** What the usage events of a customer come to. Class: pure. */

/** An event as the record has it. */
export interface UsageEvent {
  readonly eventId: string;
  readonly contactId: string | null;
  readonly name: string;
  readonly at: string;
  readonly count: number;
}

/** A metric that is not the name of an event: how many people did something within the days before. */
export const ACTIVE_USERS = 'users.active';

/**
 * The value of a metric: of `users.active` the contacts that did something in the days before `now`, of the name of an
 * event how often it happened.
 *
 * @param since - events before it do not count; ISO 8601
 */
export function metricValue(
  metric: string,
  events: readonly UsageEvent[],
  {
    since,
    now,
    activeDays,
  }: { readonly since: string; readonly now: number; readonly activeDays: number },
): { readonly value: number; readonly evidenceId: string | null } {
  const from = Date.parse(since);
  if (metric === ACTIVE_USERS) {
    const recent = Math.max(from, now - activeDays * DAY_MS);
    const found = events.filter(({ at }) => Date.parse(at) >= recent);
    return { value: peopleIn(found).size, evidenceId: found.at(-1)?.eventId ?? null };
  }
  const found = events.filter(({ name, at }) => name === metric && Date.parse(at) >= from);
  const value = found.reduce((sum, { count }) => sum + count, 0);
  return { value, evidenceId: found.at(-1)?.eventId ?? null };
}

/** The contacts that did something. */
export function peopleIn(events: readonly UsageEvent[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ contactId }) => contactId ?? []));
}

const DAY_MS = 86_400_000;
