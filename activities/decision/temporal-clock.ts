/**
 * Temporal's clock, as a worker can know it. Decisions are dated by it, never by the worker's own: clocks of machines
 * differ, and an instance that was dated ahead would stay there.
 */

/** Reads and learns Temporal's clock; all in milliseconds since the epoch. */
export interface TemporalClock {
  /** Now, or a little before: never ahead of Temporal. */
  readonly now: () => number;
  /** Hears an instant that Temporal named and that is past by now. */
  readonly hear: (instant: number) => void;
}

/** What was heard longer ago counts no more: clocks drift, and are set. */
const REMEMBERED_MS = 5 * 60_000;

/**
 * Makes a clock that runs with `elapsed` and is set by what it hears. Of all that it heard lately, what was news the
 * soonest counts: the least was added to it on the way. Source: Cristian, "Probabilistic clock synchronization", 1989.
 *
 * @param elapsed - milliseconds of a clock that nobody sets
 */
export function createTemporalClock(elapsed: () => number): TemporalClock {
  let lead = Number.POSITIVE_INFINITY;
  let leadBefore = Number.POSITIVE_INFINITY;
  let since = elapsed();
  return {
    now: () => Math.floor(elapsed() - Math.min(lead, leadBefore)),
    hear: (instant) => {
      const now = elapsed();
      if (now - since > REMEMBERED_MS) {
        leadBefore = now - since > 2 * REMEMBERED_MS ? Number.POSITIVE_INFINITY : lead;
        lead = Number.POSITIVE_INFINITY;
        since = now;
      }
      lead = Math.min(lead, now - instant);
    },
  };
}
