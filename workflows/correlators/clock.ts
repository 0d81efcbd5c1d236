/** The clock of a correlator, in milliseconds, and never backwards: the workflow's, or a virtual one. Class: workflow. */
export class Clock {
  constructor(
    public lastAt: string,
    private readonly isVirtual = false,
  ) {}

  /** The instant of what happens now, ISO 8601 UTC. */
  stamp(): string {
    if (!this.isVirtual) this.moveTo(new Date(Date.now()).toISOString());
    return this.lastAt;
  }

  /** Takes over the time that a request brought with it; absent: it brought none. */
  moveTo(at: string | undefined): void {
    if (at !== undefined && at > this.lastAt) this.lastAt = at;
  }
}
