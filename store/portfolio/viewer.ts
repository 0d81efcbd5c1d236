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
  /** What they were found to have; not given: they may have either. */
  readonly has?: Reach;
}

/** Through whom somebody sees more than what is theirs; what is looked for where there is nothing costs as well. */
export interface Reach {
  /** Somebody who is away has them stand in. */
  readonly absent: boolean;
  /** Customers whom they, or a group of theirs, look after. */
  readonly customers: boolean;
}
