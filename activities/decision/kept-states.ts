/**
 * The states that this worker decided last, so that the next decision need not be sent the whole. Each has a random
 * name of its own decision: a state whose decision was lost is never taken for another. Class: side effect (memory).
 */
import { randomUUID } from 'node:crypto';
import type { InstanceState } from '../../engine/model/index.js';

/** Keeps at most so many states; the longest unused goes first. */
export class KeptStates {
  private readonly states = new Map<string, InstanceState>();

  constructor(private readonly most: number) {}

  /** Takes a state out: whoever has it may change it. */
  take(key: string): InstanceState | null {
    const state = this.states.get(key) ?? null;
    this.states.delete(key);
    return state;
  }

  /** Keeps a state and names it. */
  keep(state: InstanceState): string {
    const key = randomUUID();
    this.states.set(key, state);
    if (this.states.size > this.most) {
      const [oldest] = this.states.keys();
      if (oldest !== undefined) this.states.delete(oldest);
    }
    return key;
  }
}
