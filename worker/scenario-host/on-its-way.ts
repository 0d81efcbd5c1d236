/**
 * What was sent and has not been seen to arrive: a hint at when it pays to ask whether all is at rest, and what makes
 * jobs answer one after the other. That nothing is on its way is proven by the pulses of the workflows alone.
 */
export class OnItsWay {
  private readonly counts = new Map<string, number>();
  private waiting: (() => void)[] = [];

  get isEmpty(): boolean {
    return this.counts.size === 0;
  }

  add(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** One of them has arrived; one that nobody sent is no matter. */
  arrived(key: string): void {
    const left = (this.counts.get(key) ?? 0) - 1;
    if (left > 0) this.counts.set(key, left);
    else this.counts.delete(key);
    if (this.isEmpty) this.tell();
  }

  /** Forgets what was expected and never came. */
  clear(): void {
    this.counts.clear();
    this.tell();
  }

  /** Waits until all has arrived, or `withinMs` have passed. */
  untilEmpty(withinMs: number): Promise<void> {
    if (this.isEmpty) return Promise.resolve();
    return new Promise((resolve) => {
      const late = setTimeout(resolve, withinMs);
      this.waiting.push(() => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  private tell(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
