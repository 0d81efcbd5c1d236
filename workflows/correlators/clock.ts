/** The clock of a correlator: the workflow's, in milliseconds, and never backwards. Class: workflow. */
export class Clock {
  constructor(public lastAt: string) {}

  /** The instant of what happens now, ISO 8601 UTC. */
  stamp(): string {
    const now = new Date(Date.now()).toISOString();
    if (now > this.lastAt) this.lastAt = now;
    return this.lastAt;
  }
}
