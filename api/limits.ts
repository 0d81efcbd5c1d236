/** How many requests somebody may make in some time. Counted in memory, for each process by itself. */

const MINUTE_MS = 60_000;
/** Keys that are counted at a time; the one that began first is forgotten first. */
const REMEMBERED = 10_000;

/** Counts requests. */
export interface Limit {
  /** @returns seconds to wait; 0: it may be made */
  readonly take: (key: string, now: number) => number;
}

/** Makes it. @param most - in `windowMs`. Class: side effect (memory). */
export function createLimit(most: number, windowMs: number = MINUTE_MS): Limit {
  const windows = new Map<string, { readonly began: number; count: number }>();
  const current = (key: string, now: number) => {
    const window = windows.get(key);
    return window && window.began > now - windowMs ? window : null;
  };
  const waitOf = (key: string, now: number): number => {
    const window = current(key, now);
    if (!window || window.count < most) return 0;
    return Math.ceil((window.began + windowMs - now) / 1000);
  };
  return {
    take: (key, now) => {
      const wait = waitOf(key, now);
      if (wait > 0) return wait;
      const window = current(key, now);
      if (window) window.count += 1;
      else {
        windows.delete(key);
        windows.set(key, { began: now, count: 1 });
        const [oldest] = windows.keys();
        if (windows.size > REMEMBERED && oldest !== undefined) windows.delete(oldest);
      }
      return 0;
    },
  };
}
