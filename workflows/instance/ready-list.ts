/** What may begin, the first that came first: a binary heap. Class: workflow, and pure. */
import type { Waiting } from './waiting.js';

/** Adding and taking the first cost the logarithm of what it holds. */
export interface ReadyList {
  peek(): Waiting | null;
  push(entry: Waiting): void;
  pop(): Waiting | null;
}

/** Makes an empty one. */
export function createReadyList(): ReadyList {
  const items: Waiting[] = [];
  const isBefore = (one: number, other: number): boolean =>
    (items[one] as Waiting).order < (items[other] as Waiting).order;
  const swap = (one: number, other: number): void => {
    const kept = items[one] as Waiting;
    items[one] = items[other] as Waiting;
    items[other] = kept;
  };
  const rise = (): void => {
    for (let at = items.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isBefore(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  };
  const sink = (): void => {
    for (let at = 0; 2 * at + 1 < items.length; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      const least = right < items.length && isBefore(right, left) ? right : left;
      if (!isBefore(least, at)) return;
      swap(least, at);
      at = least;
    }
  };
  return {
    peek: () => items[0] ?? null,
    push: (entry) => {
      items.push(entry);
      rise();
    },
    pop: () => {
      const first = items[0] ?? null;
      const last = items.pop();
      if (items.length > 0 && last !== undefined) {
        items[0] = last;
        sink();
      }
      return first;
    },
  };
}
