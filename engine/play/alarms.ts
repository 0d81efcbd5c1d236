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
  // A key that is done with stays as null until there are many: V8 walks over every deleted entry of a key
  // that comes and goes, as that of a cycle does.
  let live = new Map<string, Alarm | null>();
  let heap: Heap<Alarm> = createHeap(isBefore);
  let order = 0;
  let count = 0;
  const isLive = (alarm: Alarm): boolean => live.get(alarm.key) === alarm;
  const settle = (key: string): void => {
    live.set(key, null);
    count -= 1;
    const limit = 2 * count + 64;
    if (heap.size > limit) rebuildHeap();
    if (live.size > limit) live = new Map([...live].filter(([, alarm]) => alarm !== null));
  };
  const rebuildHeap = (): void => {
    heap = createHeap(isBefore);
    for (const alarm of live.values()) if (alarm !== null) heap.push(alarm);
  };
  const skipCancelled = (): void => {
    for (let first = heap.peek(); first && !isLive(first); first = heap.peek()) heap.pop();
  };
  return {
    set: (key, dueMs, ring) => {
      order += 1;
      if (!live.get(key)) count += 1;
      const alarm = { dueMs, order, key, ring };
      live.set(key, alarm);
      heap.push(alarm);
    },
    cancel: (key) => {
      if (live.get(key)) settle(key);
    },
    nextMs: () => {
      skipCancelled();
      return heap.peek()?.dueMs ?? null;
    },
    take: () => {
      skipCancelled();
      const first = heap.pop();
      if (first) settle(first.key);
      return first?.ring ?? (() => {});
    },
  };
}
