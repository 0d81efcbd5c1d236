/** How far workflows under a virtual clock are from rest: who moves the clock asks before it does. */

/** The answer of the query `pulse` of a process instance. */
export interface InstancePulse {
  /** Events, moves and news that go on by themselves; 0 when it waits for others alone. */
  readonly pending: number;
  /** Activities under way: jobs that take virtual time among them. */
  readonly open: number;
  /** Grows with all that reaches it: equal twice, nothing happened between. */
  readonly turns: number;
}

/** The answer of the query `pulse` of a message correlator. */
export interface CorrelatorPulse {
  readonly pending: number;
  readonly turns: number;
  /** When it wants to be woken, ISO 8601 UTC; null: never. */
  readonly wakeAt: string | null;
}
