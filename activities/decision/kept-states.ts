/**
 * The states that this worker decided last, so that the next decision need not be sent the whole. Each has a random
 * name of its own decision: a state whose decision was lost is never taken for another. Class: side effect (memory).
 */
import { randomUUID } from 'node:crypto';
import type { InstanceState } from '../../engine/model/index.js';
import type { JournalOwner } from './journal-writer.js';

/** A state, with what a decision on it needs beside the events. */
export interface KeptState {
  readonly state: InstanceState;
  readonly owner: JournalOwner;
  /** Of the decision that made it: see `Basis` of the store. */
  readonly fence: number;
  /** Latest instant used, ISO 8601 UTC. */
  readonly lastAt: string;
}

/** Keeps at most so many states; the longest unused goes first. */
export class KeptStates {
  private readonly states = new Map<string, KeptState>();

  constructor(private readonly most: number) {}

  /** Looks at a state that stays where it is: nobody may change it. */
  peek(key: string): KeptState | null {
    return this.states.get(key) ?? null;
  }

  /** Takes a state out: whoever has it may change it. */
  take(key: string): KeptState | null {
    const kept = this.peek(key);
    this.states.delete(key);
    return kept;
  }

  /** Keeps a state and names it. */
  keep(kept: KeptState): string {
    const key = randomUUID();
    this.states.set(key, kept);
    if (this.states.size > this.most) {
      const [oldest] = this.states.keys();
      if (oldest !== undefined) this.states.delete(oldest);
    }
    return key;
  }
}
