/**
 * `expect` for checks that are made tens of thousands of times: what holds passes without vitest's matchers, what
 * does not fails through them.
 */
import { expect as slow } from 'vitest';

/** The few matchers that the checks of the core need. */
interface Matchers {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toContain(item: unknown): void;
  toBeDefined(): void;
  toBeNull(): void;
  toBeLessThan(bound: number): void;
  toBeGreaterThan(bound: number): void;
}

/** As vitest's `expect(actual, what)`. */
export const expect = (actual: unknown, what?: string): Matchers => ({
  toBe: (expected) => {
    if (!Object.is(actual, expected)) slow(actual, what).toBe(expected);
  },
  toEqual: (expected) => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) slow(actual, what).toEqual(expected);
  },
  toContain: (item) => {
    if (!(actual as readonly unknown[]).includes(item)) slow(actual, what).toContain(item);
  },
  toBeDefined: () => {
    if (actual === undefined) slow(actual, what).toBeDefined();
  },
  toBeNull: () => {
    if (actual !== null) slow(actual, what).toBeNull();
  },
  toBeLessThan: (bound) => {
    if (!((actual as number) < bound)) slow(actual, what).toBeLessThan(bound);
  },
  toBeGreaterThan: (bound) => {
    if (!((actual as number) > bound)) slow(actual, what).toBeGreaterThan(bound);
  },
});
