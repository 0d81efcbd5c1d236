/** The clock of a run: it stands still until it is moved, and then what is due happens, one thing at a time. */
import { createAlarms } from '../../engine/play/alarms.js';

type Act = () => Promise<void>;

/** A virtual clock with what is due by it. Class: pure but for what is due. */
export class VirtualClock {
  readonly alarms = createAlarms();
  nowMs: number;
  /** Its time: ISO 8601 UTC. */
  now: string;
  private due: Act | null = null;

  constructor(now: string) {
    this.now = now;
    this.nowMs = Date.parse(now);
  }

  /** Moves it; never backwards. */
  moveTo(ms: number): void {
    if (ms <= this.nowMs) return;
    this.nowMs = ms;
    this.now = new Date(ms).toISOString();
  }

  /** Sets what happens at an instant, in the place of what was set for this key. */
  set(key: string, at: string, act: Act): void {
    this.alarms.set(key, Date.parse(at), () => this.whenRung(act));
  }

  /** What an alarm does when it rings: its own call cannot wait. */
  whenRung(act: Act): void {
    this.due = act;
  }

  /** Whether something is due by now. */
  get isDue(): boolean {
    const next = this.alarms.nextMs();
    return next !== null && next <= this.nowMs;
  }

  /** Does what is due next, and waits for it. */
  async ring(): Promise<void> {
    this.alarms.take()();
    const { due } = this;
    this.due = null;
    await due?.();
  }
}
