/** Who looks, as tasks and portfolios know people. Types only. */

/** Somebody who is away, and upon which processes another stands in for them; null: upon all. */
export interface StandIn {
  readonly user: string;
  readonly groups: readonly string[];
  readonly processIds: readonly string[] | null;
}

/** Somebody by the names under which tasks are theirs. */
export interface Viewer {
  /** Login name. */
  readonly user: string;
  readonly groups: readonly string[];
  /** Whose tasks they see as if they were their own. */
  readonly standsFor?: readonly StandIn[];
}
