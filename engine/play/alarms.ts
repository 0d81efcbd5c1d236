/**
 * What is to happen later in virtual time. Alarms of one instant go off in the order in which they were set.
 * A cancelled alarm stays where it is until its time comes or the cancelled ones are too many, so that
 * cancelling costs nothing however much waits. Class: pure seen from outside.
 */
import { createHeap, type Heap } from './heap.js';

interface Alarm {
  readonly dueMs: number;
  readonly order: number;
  readonly key: string;
  readonly ring: () => void;
}

/** Alarms by key. */
export interface Alarms {
  /** Sets an alarm; it replaces one of the same key. */
  set(key: string, dueMs: number, ring: () => void): void;
  cancel(key: string): void;
  /** The next instant at which something is due, or null. */
  nextMs(): number | null;
  /** Takes out the first alarm and returns what it does. */
  take(): () => void;
}

const isBefore = (one: Alarm, other: Alarm): boolean =>
  one.dueMs === other.dueMs ? one.order < other.order : one.dueMs < other.dueMs;

/** Makes an empty set of alarms. */
export function createAlarms(): Alarms {
  const live = new Map<string, Alarm>();
  let heap: Heap<Alarm> = createHeap(isBefore);
  let order = 0;
  const skipCancelled = (): void => {
    for (let first = heap.peek(); first && live.get(first.key) !== first; first = heap.peek()) {
      heap.pop();
    }
  };
  const compact = (): void => {
    if (heap.size < 2 * live.size + 64) return;
    heap = createHeap(isBefore);
    for (const alarm of live.values()) heap.push(alarm);
  };
  return {
    set: (key, dueMs, ring) => {
      order += 1;
      const alarm = { dueMs, order, key, ring };
      live.set(key, alarm);
      heap.push(alarm);
    },
    cancel: (key) => {
      if (live.delete(key)) compact();
    },
    nextMs: () => {
      skipCancelled();
      return heap.peek()?.dueMs ?? null;
    },
    take: () => {
      skipCancelled();
      const first = heap.pop();
      if (first) live.delete(first.key);
      return first?.ring ?? (() => {});
    },
  };
}
