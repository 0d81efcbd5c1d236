/**
 * The window through which activities and calls are started: so many at a time, the others wait in order. Things
 * of one lane go one after the other. Class: workflow.
 */
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { HostEffect } from '../../contracts/decision.js';
import { bytesOf, type Waiting, WaitingEffects } from './waiting.js';

/** What is to be done with what came of an effect, if anything is. */
// biome-ignore lint/suspicious/noConfusingVoidType: most carriers simply return
export type Outcome = (() => void) | void;

/** What carries one effect out. It resolves when its slot is free again. */
export type Carrier = (effect: HostEffect) => Promise<Outcome>;

/** Starts what has room and keeps the rest in order. */
export class Window {
  private readonly open = new Map<string, CancellationScope>();
  /**
   * Scopes of jobs that ended by themselves serve other effects: each new one costs three promises. That of a call
   * does not: a called instance that runs on would be cancelled with it.
   */
  private readonly unused: CancellationScope[] = [];
  private readonly waiting = new WaitingEffects();
  private openCalls = 0;
  private openBytes = 0;
  isDraining = false;
  private carrier: Carrier = () => Promise.resolve();

  constructor(
    private readonly size: number,
    private readonly bytes: number,
    private readonly calls: number,
  ) {}

  /** Tells how effects are carried out; once, before the first. */
  use(carrier: Carrier): void {
    this.carrier = carrier;
  }

  /** Starts the effect, or puts it behind the others. */
  submit(effect: HostEffect): void {
    this.waiting.add(effect);
    this.fill();
  }

  /** Takes an effect back: out of the queue, or by cancelling it. Nothing to take back is no matter. */
  cancel(kind: 'startJob' | 'openSubscription' | 'startChild', id: string): boolean {
    if (this.waiting.takeBack(kind, id)) return true;
    if (kind === 'startJob') this.open.get(`${kind} ${id}`)?.cancel();
    return false;
  }

  /** Whether an effect waits to be started. */
  isWaiting(kind: HostEffect['kind'], id: string): boolean {
    return this.waiting.has(kind, id);
  }

  /** A called instance has ended: another may start. */
  callEnded(): void {
    if (this.openCalls > 0) this.openCalls -= 1;
    this.fill();
  }

  /** Starts nothing more, so that a new run can begin; or starts again. */
  drain(isDraining: boolean): void {
    this.isDraining = isDraining;
    this.fill();
  }

  /** Whether what is submitted next is begun at once. */
  get isOpen(): boolean {
    return this.waiting.size === 0 && this.hasRoom();
  }

  /** How many are under way. */
  get openCount(): number {
    return this.open.size;
  }

  /** Effects that were not started, in order. */
  get waitingEffects(): readonly HostEffect[] {
    return this.waiting.effects;
  }

  /** How many were not started. */
  get waitingCount(): number {
    return this.waiting.size;
  }

  private fill(): void {
    while (this.hasRoom()) {
      const next = this.waiting.take(this.openCalls < this.calls);
      if (next === null) return;
      this.begin(next);
    }
  }

  /** About how many bytes wait. */
  get waitingBytes(): number {
    return this.waiting.bytes;
  }

  private hasRoom(): boolean {
    if (this.isDraining || this.open.size >= this.size) return false;
    return this.open.size === 0 || this.openBytes < this.bytes;
  }

  private begin(begun: Waiting): void {
    const { effect, lane } = begun;
    if (effect.kind === 'startChild') this.openCalls += 1;
    this.openBytes += bytesOf(effect);
    const scope = this.unused.pop() ?? new CancellationScope();
    this.open.set(lane, scope);
    // Here the effect's scope has been left: what follows is not begun as a part of it.
    const done = (outcome: Outcome): void => {
      this.open.delete(lane);
      this.waiting.free(begun);
      this.openBytes -= bytesOf(effect);
      if (effect.kind === 'startJob' && !scope.consideredCancelled) this.unused.push(scope);
      outcome?.();
      this.fill();
    };
    void scope
      .run(() => this.carrier(effect))
      .then(done, (error: unknown) => {
        if (!isCancellation(error)) throw error;
        done();
      });
  }
}
