/**
 * How often somebody may try to sign in: ten failures in a quarter of an hour for an account, and for an address, with
 * growing pauses before the last of them. Nobody is locked out for good. Counted in memory, for each process by itself.
 */

/** Failures after which no attempt is let through, */
const MOST = 10;
/** within so long. */
const WINDOW_MS = 15 * 60_000;
/** From this failure on the next attempt has to wait: a second, then twice as long each time. */
const FREE = 5;
/** Accounts and addresses that are remembered; who was quiet longest is forgotten first. */
const REMEMBERED = 10_000;

/** Until when the next attempt has to wait, in milliseconds since the epoch; 0: not at all. Class: pure. */
export function waitUntil(failures: readonly number[], now: number): number {
  const recent = failures.filter((at) => at > now - WINDOW_MS);
  const [first = 0] = recent;
  if (recent.length >= MOST) return first + WINDOW_MS;
  if (recent.length < FREE) return 0;
  const until = (recent.at(-1) ?? 0) + 2 ** (recent.length - FREE) * 1000;
  return until > now ? until : 0;
}

/** The attempts of a process. */
export interface Attempts {
  /**
   * Counts an attempt as failed until it is taken back, so that many at a time get no more tries than one after the other.
   * @returns until when each has to wait; 0: it may be made
   */
  readonly begin: (keys: readonly string[], now: number) => number;
  /** The first of two steps was right: this one is not held against the address, from which others sign in, but against the account. */
  readonly halfway: (address: string) => void;
  /** It did not fail: nothing is held against the account, and this one not against the address. */
  readonly succeeded: (account: string, address: string) => void;
}

/** Makes it. Class: side effect (memory). */
export function createAttempts(): Attempts {
  const failures = new Map<string, number[]>();
  return {
    begin: (keys, now) => {
      const until = Math.max(...keys.map((key) => waitUntil(failures.get(key) ?? [], now)));
      if (until > 0) return until;
      for (const key of keys) {
        const recent = (failures.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
        failures.delete(key);
        failures.set(key, [...recent, now]);
      }
      for (const [oldest] of failures) {
        if (failures.size <= REMEMBERED) break;
        failures.delete(oldest);
      }
      return 0;
    },
    halfway: (address) => {
      failures.get(address)?.pop();
    },
    succeeded: (account, address) => {
      failures.delete(account);
      failures.get(address)?.pop();
    },
  };
}
